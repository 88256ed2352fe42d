package io.headcount.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a gateway holds.
 *
 * @param files open file descriptors
 * @param heapBytes used heap after a collection
 * @param connections open connections
 */
record GatewayVitals(long files, long heapBytes, long connections) {
    static GatewayVitals of(GatewayProcess gateway) throws IOException, InterruptedException {
        collect(gateway.pid());
        try (Stream<Path> files = Files.list(Path.of("/proc/" + gateway.pid() + "/fd"))) {
            return new GatewayVitals(
                    files.count(),
                    metric(gateway, "jvm_memory_used_bytes{area=\"heap\"}"),
                    metric(gateway, "headcount_connections_open"));
        }
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** A sample of {@code /metrics}. */
    static long metric(GatewayProcess gateway, String name) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
