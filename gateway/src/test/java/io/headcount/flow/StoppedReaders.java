package io.headcount.flow;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Readers that are stopped (SIGSTOP) while cameras post: intake must not notice, and each must read everything once it goes on.
 * Phases without readers and with stopped ones take turns, so that a machine that gets slower does not count against either.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar:HDRHISTOGRAM \
 *   io.headcount.flow.StoppedReaders [READERS [POSTS_PER_SEC [SECONDS [PAIRS]]]]   # 10 1000 20 5
 * </pre>
 */
final class StoppedReaders {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SEC = 20;
    private static final int QUIET_SEC = 2;
    private static final int WAIT_SEC = 120;
    private static final int LAST_BYTES = 4_096;

    private final Path dir;
    private final SteadyCameras cameras;

    private StoppedReaders(Path dir, SteadyCameras cameras) {
        this.dir = dir;
        this.cameras = cameras;
    }

    public static void main(String[] arguments) throws Exception {
        int readers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int postsPerSec = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        int pairs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        double[] ratios =
                run(Files.createTempDirectory("headcount-readers"), readers, postsPerSec, WARM_UP_SEC, seconds, pairs);
        Arrays.sort(ratios);
        System.out.printf("ratio of p99, median of %d pairs: %.2f%n", pairs, ratios[pairs / 2]);
        System.exit(0);
    }

    /** The ratios of the intake's p99 with stopped readers to that without any; throws when one does not read everything. */
    static double[] run(Path dir, int readers, int postsPerSec, int warmUpSec, int seconds, int pairs)
            throws Exception {
        double[] ratios = new double[pairs];
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                SteadyCameras cameras = new SteadyCameras(gateway.httpPort(), CONNECTIONS, postsPerSec)) {
            StoppedReaders run = new StoppedReaders(dir, cameras);
            cameras.start();
            TimeUnit.SECONDS.sleep(warmUpSec);
            for (int pair = 0; pair < pairs; pair++) {
                Histogram without = run.phase("no readers", seconds);
                Histogram with = run.phaseWithStopped(readers, seconds);
                ratios[pair] = (double) with.getValueAtPercentile(99) / without.getValueAtPercentile(99);
                System.out.printf("pair %d: ratio of p99 %.2f%n", pair + 1, ratios[pair]);
            }
            cameras.stop(TimeUnit.SECONDS.toMillis(WAIT_SEC));
            System.out.printf("%d posts accepted, %d refused%n", cameras.accepted(), cameras.refused());
            if (cameras.refused() > 0) {
                throw new AssertionError(cameras.refused() + " posts were refused");
            }
        }
        return ratios;
    }

    private Histogram phase(String name, int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(QUIET_SEC);
        cameras.latencies();
        TimeUnit.SECONDS.sleep(seconds);
        Histogram latencies = cameras.latencies();
        System.out.printf(
                "%-18s %6d answers, p50 %d, p99 %d, p99.9 %d, max %d us%n",
                name,
                latencies.getTotalCount(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9),
                latencies.getMaxValue());
        return latencies;
    }

    private Histogram phaseWithStopped(int count, int seconds) throws Exception {
        List<Reader> readers = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                readers.add(new Reader(dir, number));
                readers.get(number).awaitSequence(cameras.accepted());
            }
            signal(readers, "STOP");
            Histogram latencies = phase(count + " stopped", seconds);
            signal(readers, "CONT");
            long reached = cameras.accepted();
            for (Reader reader : readers) {
                reader.awaitSequence(reached);
                reader.requireNoGap();
            }
            System.out.printf("all %d readers have caught up with sequence %d%n", count, reached);
            return latencies;
        } finally {
            readers.forEach(Reader::close);
        }
    }

    private static void signal(List<Reader> readers, String signal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        readers.forEach(reader -> command.add(Long.toString(reader.process.pid())));
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IOException("no signal " + signal);
        }
    }

    /** {@code headcount tail --follow} into a file. */
    private static final class Reader {
        private final Path lines;
        private final Process process;

        Reader(Path dir, int number) throws IOException {
            lines = Files.createTempFile(dir, "reader" + number + "-", ".csv");
            process = new ProcessBuilder(
                            "nice",
                            "-n",
                            "19",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-jar",
                            System.getProperty("headcount.jar"),
                            "tail",
                            "--journal",
                            dir.resolve("journal").toString(),
                            "--from",
                            "end",
                            "--follow",
                            "--format",
                            "csv")
                    .redirectOutput(lines.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        void awaitSequence(long sequence) throws IOException, InterruptedException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SEC);
            while (lastSequence() < sequence) {
                if (System.nanoTime() - until > 0) {
                    throw new AssertionError(lines + " stays behind " + sequence);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        private long lastSequence() throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(lines.toFile(), "r")) {
                byte[] end = new byte[(int) Math.min(file.length(), LAST_BYTES)];
                file.seek(file.length() - end.length);
                file.readFully(end);
                String text = new String(end, StandardCharsets.UTF_8);
                int to = text.lastIndexOf('\n');
                int from = text.lastIndexOf('\n', to - 1);
                return from < 0 || text.startsWith("seq", from + 1) ? 0 : sequence(text.substring(from + 1, to));
            }
        }

        void requireNoGap() throws IOException {
            long expected = 0;
            String text = Files.readString(lines);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1); // the last line may be on its way
            for (String line : whole.lines().toList()) {
                if (!line.startsWith("seq,")) {
                    long sequence = sequence(line);
                    if (expected > 0 && sequence != expected) {
                        throw new AssertionError(lines + ": " + sequence + " instead of " + expected);
                    }
                    expected = sequence + 1;
                }
            }
        }

        private static long sequence(String line) {
            return Long.parseLong(line.substring(0, line.indexOf(',')));
        }

        void close() {
            process.destroyForcibly();
        }
    }
}
