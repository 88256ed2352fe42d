package io.headcount.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short forms of the rig's commands, on the real jar; what they measure means nothing here. */
class LoadRigTest {
    private static final Path JAR = Path.of("..", "gateway", "target", "headcount.jar");

    @TempDir
    private Path work;

    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void needTheJar() {
        assumeTrue(Files.exists(JAR), "gateway/target/headcount.jar is there from the package phase on");
    }

    private int run(String command, String servers, String... options) {
        List<String> all =
                new ArrayList<>(List.of(command, "--servers", servers, "--server-cores", "", "--load-cores", ""));
        all.addAll(List.of("--java-options", "-Xmx256m", "--work", work.toString(), "--set", "journal.min-free=0 B"));
        all.addAll(List.of(options));
        return LoadRig.commandLine().setErr(new PrintWriter(errors, true)).execute(all.toArray(new String[0]));
    }

    @Test
    void shouldCompareTheGatewayWithTheFloor() {
        int exit =
                run("compare", "floor," + JAR, "--warm-up", "1", "--seconds", "1", "--runs", "1", "--devices", "100");

        assertThat(exit).as(errors.toString()).isZero();
    }

    @Test
    void shouldLoadAtARateOverConnectionsPerPost() {
        int exit = run(
                "compare",
                JAR.toString(),
                "--warm-up",
                "1",
                "--seconds",
                "1",
                "--runs",
                "1",
                "--settle",
                "1",
                "--rate",
                "50",
                "--per-post");

        assertThat(exit).as(errors.toString()).isZero();
    }

    @Test
    void shouldNotSumUpARunThatMissesItsRate() {
        int exit = run(
                "compare",
                "floor",
                "--warm-up",
                "1",
                "--seconds",
                "1",
                "--runs",
                "1",
                "--settle",
                "0",
                "--rate",
                "100000000",
                "--connections",
                "1");

        assertThat(exit).isEqualTo(1);
    }

    @Test
    void shouldForceAFileAndDeleteIt() throws IOException {
        int exit = LoadRig.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute("force", "--work", work.toString(), "--cores", "", "--seconds", "1");

        assertThat(exit).as(errors.toString()).isZero();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void shouldNotForceAFileThatIsInMemory() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"));

        int exit = LoadRig.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute("force", "--work", memory.toString(), "--cores", "", "--seconds", "1");

        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString()).contains("/dev/shm is in memory, on tmpfs");
    }

    @Test
    void shouldTellWhatIdleConnectionsHold() {
        int exit = run("idle", JAR.toString(), "--connections", "100", "--bound", Long.toString(1L << 30));

        assertThat(exit).as(errors.toString()).isZero();
    }

    @Test
    void shouldTellWhenAServerCanNotStart() {
        int exit = run("start", work.resolve("missing.jar").toString(), "--runs", "1");

        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString()).contains("missing.jar serve").contains("log");
    }
}
