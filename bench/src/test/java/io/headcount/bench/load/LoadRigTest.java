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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        int exit = run(
                "idle",
                JAR.toString(),
                "--connections",
                "1000",
                "--bound",
                Long.toString(1L << 30),
                "--java-options",
                "-Xms256m"); // a heap that shrinks meanwhile would be told as less than nothing

        assertThat(exit).as(errors.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare --rate -5",
                "compare --rate NaN",
                "compare --connections 0",
                "compare --devices 0",
                "compare --devices 1000001",
                "compare --minutes 0",
                "compare --minutes 100000",
                "compare --seconds 0",
                "compare --warm-up -1",
                "compare --settle -1",
                "compare --runs 0",
                "start --runs 0",
                "idle --connections 0",
                "idle --servers floor",
                "force --seconds 0",
                "force --bytes 0",
                "force --rate 0"
            })
    void shouldRefuseWhatMakesNoSense(String words) {
        int exit = LoadRig.commandLine().setErr(new PrintWriter(errors, true)).execute(words.split(" "));

        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString()).startsWith("--").contains("expected: ");
    }

    @Test
    void shouldTellWhenAServerCanNotStart() {
        int exit = run("start", work.resolve("missing.jar").toString(), "--runs", "1");

        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString()).contains("missing.jar serve").contains("Unable to access jarfile");
    }
}
