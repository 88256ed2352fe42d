package io.headcount.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.quarantine.KeptBodies;
import io.headcount.quarantine.KeptBody;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quarantine of the real process. */
class QuarantineIT {
    private static final String REFUSED = "<Metrics>\n<Properties/>%d\u00e4</Metrics>\n";

    @TempDir
    private Path dir;

    private List<KeptBody> kept() throws Exception {
        return new KeptBodies(dir.resolve("quarantine")).list();
    }

    @Test
    void shouldHaveEveryBodyThatWasAnswered200AfterAKill() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(
                        dir, "journal.quarantine.reply=accept", "journal.quarantine.max-per-second=100000");
                PostClient camera = new PostClient(gateway.httpPort())) {
            for (int i = 0; i < 200; i++) {
                assertThat(camera.post(REFUSED.formatted(i).getBytes(UTF_8)).status())
                        .isEqualTo(200);
            }
            gateway.kill();
        }

        KeptBodies bodies = new KeptBodies(dir.resolve("quarantine"));
        for (int i = 0; i < 200; i++) {
            assertThat(bodies.bytesOf(kept().get(i)))
                    .isEqualTo(REFUSED.formatted(i).getBytes(UTF_8));
        }
    }

    @Test
    void shouldShowABodyOnStdoutAndWhatIsKnownOfItOnStderr() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            assertThat(camera.post(REFUSED.formatted(1).getBytes(UTF_8)).status())
                    .isEqualTo(422);
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
        String id = kept().get(0).id();
        GatewayProcess.Output shown = GatewayProcess.run(
                "quarantine", "show", id, "--dir", dir.resolve("quarantine").toString());

        assertThat(shown.exitCode()).isZero();
        assertThat(String.join("\n", shown.lines()) + "\n").isEqualTo(REFUSED.formatted(1));
        assertThat(shown.errors())
                .startsWith("headcount-quarantine: 1\nreceived-at: ")
                .contains("\nreason: missing\n");
    }

    @Test
    void shouldRefuseASecondGatewayOnTheSameDirectory() throws Exception {
        String quarantine = dir.resolve("quarantine").toString();
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            GatewayProcess.Output second = GatewayProcess.run(
                    "serve",
                    "--set",
                    "http.port=0",
                    "--set",
                    "admin.port=0",
                    "--set",
                    "journal.min-free=1 MiB",
                    "--set",
                    "journal.dir=" + dir.resolve("other"),
                    "--set",
                    "journal.quarantine.dir=" + quarantine);

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors())
                    .contains("journal.quarantine.dir: " + quarantine + " is in use by another gateway");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }
}
