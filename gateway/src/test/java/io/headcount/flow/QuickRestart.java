package io.headcount.flow;

import io.headcount.journal.LargeJournal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long a gateway takes from its start to the first 200 over a large journal that kill -9 left behind.
 *
 * <pre>
 * mvn package -DskipTests
 * java OPENINGS -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.QuickRestart [MINUTES [LIVES [CAMERAS [HOURS]]]]      # 334 5 10000 0: 10 million rows
 * </pre>
 *
 * HOURS: one camera's clock is ahead by as many. OPENINGS are those of {@code ClockJumps}: the journal is written in this process.
 */
final class QuickRestart {
    private QuickRestart() {}

    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 334;
        int lives = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int cameras = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
        int hoursAhead = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        Path dir = Files.createTempDirectory("headcount-restart");
        long rows = LargeJournal.write(dir.resolve("journal"), cameras, minutes, hoursAhead, Instant.now());
        System.out.printf(
                "%d cameras, %d minutes, %d hours ahead, %d rows, in %s%n", cameras, minutes, hoursAhead, rows, dir);
        List<Long> times = new ArrayList<>();
        for (int life = 0; life < lives; life++) {
            times.add(firstAnswerMs(dir, life));
            System.out.println("first 200 after " + times.get(life) + " ms");
        }
        Collections.sort(times);
        System.out.printf("median %d ms, greatest %d ms%n", times.get(lives / 2), times.get(lives - 1));
        Files.readAllLines(dir.resolve("gateway.log")).stream()
                .filter(line -> line.contains("replayed"))
                .forEach(System.out::println);
        System.exit(0);
    }

    private static long firstAnswerMs(Path dir, int life) throws Exception {
        long nowSec = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        CameraPost post = new CameraPost(life, nowSec / 60 * 60, nowSec, 1, 0);
        long began = System.nanoTime();
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            URI uri = URI.create("http://127.0.0.1:" + gateway.httpPort() + "/");
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(10))
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(post.document()))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() != 200) {
                throw new AssertionError("answered " + answer.statusCode());
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            gateway.cpu().ifPresent(cpu -> System.out.println("CPU " + cpu.toMillis() + " ms"));
            gateway.kill();
            return took;
        }
    }
}
