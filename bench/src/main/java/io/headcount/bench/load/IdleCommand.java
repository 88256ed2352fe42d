package io.headcount.bench.load;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code idle}: what open connections that have nothing to say cost the server in memory, outside the kernel. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description =
                "Opens connections, has each deliver a post, and prints what the process holds for them. Servers get"
                        + " -XX:+AlwaysPreTouch, so that the heap's pages are counted from the beginning.")
final class IdleCommand implements Callable<Integer> {
    private static final int FILES_BESIDE = 2_000;
    private static final int WARM_UP = 2_000;
    private static final int MOST_CONNECTIONS = PostBytes.MAX_DEVICES - WARM_UP;

    @Mixin
    private Servers servers;

    @Option(names = "--connections", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--tls", description = "Over TLS, with a certificate made by openssl")
    private boolean tls;

    @Option(
            names = "--own-heads",
            description = "Each connection's post has a head of its own, as with a token in each camera's URL")
    private boolean ownHeads;

    @Option(
            names = "--bound",
            defaultValue = "8192",
            description = "Bytes for each at most, or exit 1. Default: ${DEFAULT-VALUE}")
    private long boundBytes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InvalidSetting.inRange("--connections", connections, 1, MOST_CONNECTIONS);
        if (servers.names().stream().allMatch(Servers::isFloor)) {
            throw new InvalidSetting("--servers", String.join(",", servers.names()), "a jar of the gateway");
        }
        servers.addJavaOption("-XX:+AlwaysPreTouch");
        System.out.println(servers.describe());
        servers.pinLoad();
        Pinning.allowFiles(connections + FILES_BESIDE);
        boolean holds = true;
        for (String server : servers.names()) {
            if (!Servers.isFloor(server)) {
                holds &= measure(server) <= boundBytes;
            }
        }
        return holds ? 0 : 1;
    }

    private double measure(String server) throws IOException, InterruptedException {
        Path dir = servers.newDirectory();
        PostBytes posts = new PostBytes(connections + WARM_UP, 1, true, ownHeads, Instant.now());
        try (ServerProcess process = servers.start(server, dir, settings(dir));
                VitalsProbe probe = VitalsProbe.attach(process.pid());
                HeldConnections held = new HeldConnections(tls ? process.https() : process.http(), tls, posts)) {
            held.open(WARM_UP);
            long before = memoryBytes(probe);
            held.open(connections);
            long after = memoryBytes(probe);
            double each = (double) (after - before) / connections;
            System.out.printf(
                    "%-30s %d %s connections held: %.0f bytes each (process %d MiB before, %d MiB after)%n",
                    server, held.held(), tls ? "TLS" : "plain", each, before >> 20, after >> 20);
            if (each <= 0) {
                throw new IOException(
                        "memory became less meanwhile: " + connections + " connections are too few to tell");
            }
            return held.held() == connections + WARM_UP ? each : Double.MAX_VALUE;
        } finally {
            servers.discard(dir);
        }
    }

    private List<String> settings(Path dir) throws IOException, InterruptedException {
        return tls ? tlsSettings(dir) : List.of("http.idle-timeout=1h");
    }

    private static List<String> tlsSettings(Path dir) throws IOException, InterruptedException {
        Path key = dir.resolve("key.pem");
        Path certificate = dir.resolve("certificate.pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "1",
                        "-subj",
                        "/CN=localhost",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (openssl.waitFor() != 0 || !Files.exists(certificate)) {
            throw new IOException("openssl made no certificate");
        }
        return List.of(
                "http.idle-timeout=1h",
                "http.tls.enabled=true",
                "http.tls.port=0",
                "http.tls.certificate=" + certificate,
                "http.tls.key=" + key);
    }

    /** What lives on the heap, and what the process has beside it: the heap's own pages are there from the beginning. */
    private static long memoryBytes(VitalsProbe probe) throws IOException {
        long heap = probe.heapAfterCollection();
        return heap + probe.read().rssBytes();
    }
}
