package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.flow.PostClient;
import io.headcount.quarantine.KeptBodies;
import io.headcount.quarantine.KeptBody;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator does with refused bodies: list, replay, dry run. */
class QuarantineCommandsTest {
    private static final long NOW_MS = 1_667_806_920_123L;

    /** Refused while {@code xml.max-objects} is 1. */
    private static final String TWO_OBJECTS = """
            <Metrics DeviceId="%s"><Properties><WifiPassword>secret</WifiPassword></Properties>
            <ReportData><Report><Object Id="0"/><Object Id="1"/></Report></ReportData></Metrics>""";

    @TempDir
    private Path dir;

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = HeadcountCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private Result quarantine(String... arguments) {
        List<String> all = new ArrayList<>(List.of("quarantine"));
        all.add(arguments[0]);
        Collections.addAll(all, "--dir", dir.resolve("quarantine").toString());
        all.addAll(List.of(arguments).subList(1, arguments.length));
        return run(all.toArray(String[]::new));
    }

    private List<KeptBody> kept() throws IOException {
        return new KeptBodies(dir.resolve("quarantine")).list();
    }

    /** A gateway that is stricter than the next one has refused these. */
    @BeforeEach
    void refuse() throws Exception {
        try (RunningGateway strict =
                        new RunningGateway(dir, NOW_MS, "xml.max-objects=1", "journal.quarantine.max-body=1 KiB");
                PostClient camera = new PostClient(strict.port())) {
            for (String document : List.of(
                    TWO_OBJECTS.formatted("1"),
                    "<Metrics/>",
                    "<Metrics>" + "x".repeat(1100) + "</Metrics>",
                    "<?xml version='1.0' encoding='utf-7'?><Metrics/>",
                    "<Metrics><WifiPassword>secret<b/></WifiPassword></Metrics>",
                    TWO_OBJECTS.formatted("2"))) {
                assertThat(camera.post(document.getBytes(StandardCharsets.UTF_8))
                                .status())
                        .isIn(400, 422);
            }
        }
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/t/TOKEN";
    }

    // list

    @Test
    void shouldListTheOldestFirst() {
        Result result = quarantine("list");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                        ID                                           TIME                      PEER       STATUS  REASON            FIELD     BYTES  BODY   MASKED
                        20221107T074200123Z-000000-too-many-rows     2022-11-07T07:42:00.123Z  127.0.0.1  422     too-many-rows     Object    164    whole  values
                        20221107T074200123Z-000001-missing           2022-11-07T07:42:00.123Z  127.0.0.1  422     missing           DeviceId  10     whole  no
                        20221107T074200123Z-000002-missing           2022-11-07T07:42:00.123Z  127.0.0.1  422     missing           DeviceId  1024   cut    no
                        20221107T074200123Z-000003-encoding-unknown  2022-11-07T07:42:00.123Z  127.0.0.1  400     encoding-unknown  -         0      none   all
                        20221107T074200123Z-000004-missing           2022-11-07T07:42:00.123Z  127.0.0.1  422     missing           DeviceId  25     whole  rest
                        20221107T074200123Z-000005-too-many-rows     2022-11-07T07:42:00.123Z  127.0.0.1  422     too-many-rows     Object    164    whole  values
                        """);
    }

    @Test
    void shouldFindTheDirectoryInTheConfiguration() {
        String setting = "journal.quarantine.dir=" + dir.resolve("quarantine");

        assertThat(run("quarantine", "list", "--set", setting).out())
                .isEqualTo(quarantine("list").out());
    }

    @Test
    void shouldListAFileThatIsDamaged() throws IOException {
        Files.writeString(kept().get(3).file(), "\u001b[2J");

        assertThat(quarantine("list").out())
                .containsPattern("000003-encoding-unknown +- +- +- +damaged +- +- +- +-\n")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldSayWhatIsMissing() {
        Result noDirectory =
                run("quarantine", "list", "--dir", dir.resolve("nowhere").toString());
        assertThat(noDirectory.exitCode()).isEqualTo(1);
        assertThat(noDirectory.err())
                .isEqualTo("headcount quarantine list: " + dir.resolve("nowhere") + ": no such directory\n");

        Result off = run("quarantine", "list", "--set", "journal.quarantine.dir=");
        assertThat(off.exitCode()).isEqualTo(2);
        assertThat(off.err())
                .startsWith("headcount quarantine list: journal.quarantine.dir: \"\" (expected: a directory");
    }

    // show

    @Test
    void shouldNotShowWhatIsNotThere() throws IOException {
        assertThat(quarantine("show", "../../etc/passwd").err())
                .startsWith("headcount quarantine show: ../../etc/passwd: not an id (expected: ");
        assertThat(quarantine("show", "20221107T074200123Z-000009-missing").exitCode())
                .isEqualTo(1);

        KeptBody damaged = kept().get(0);
        Files.writeString(damaged.file(), "x");
        assertThat(quarantine("show", damaged.id()).err()).endsWith(damaged.id() + ": its file is damaged\n");
    }

    // replay

    @Test
    void shouldReplayWhatIsAcceptedNow() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS, "journal.quarantine.reply=accept")) {
            Result result = quarantine("replay", "--all", "--url", url(gateway.port()));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).isEqualTo("""
                            20221107T074200123Z-000000-too-many-rows accepted
                            20221107T074200123Z-000001-missing refused again: 422 DeviceId: missing
                            20221107T074200123Z-000002-missing skipped: only its beginning was kept
                            20221107T074200123Z-000003-encoding-unknown skipped: its body was not kept
                            20221107T074200123Z-000004-missing skipped: more than the values of secrets is masked
                            20221107T074200123Z-000005-too-many-rows accepted
                            2 accepted, 1 refused again, 3 skipped, of 6
                            """);
            assertThat(kept()).hasSize(4).noneMatch(body -> body.id().endsWith("-too-many-rows"));
            assertThat(gateway.lines()).hasSize(2);
        }
    }

    @Test
    void shouldReplayWhatIsNamed() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS)) {
            Result result = quarantine(
                    "replay", "--url", url(gateway.port()), kept().get(5).id());

            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).endsWith("too-many-rows accepted\n1 accepted, 0 refused again, 0 skipped, of 1\n");
            assertThat(kept()).hasSize(5);
            assertThat(gateway.lines()).hasSize(1);
        }
    }

    @Test
    void shouldTellWithoutAGatewayWhatWouldBecomeOfThem() throws IOException {
        Result result = quarantine("replay", "--all", "--dry-run");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("000000-too-many-rows would be accepted\n")
                .contains("000001-missing would be refused again: 422 DeviceId: missing\n")
                .contains("000002-missing skipped: ")
                .endsWith("2 accepted, 1 refused again, 3 skipped, of 6\n");
        assertThat(quarantine("replay", "--all", "--dry-run", "--set", "xml.max-objects=1")
                        .out())
                .contains("000000-too-many-rows would be refused again: 422 Object: too many in one post\n");
        assertThat(kept()).hasSize(6);
    }

    @Test
    void shouldStopWhenNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Result result = quarantine("replay", "--all", "--url", url(port));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("headcount quarantine replay: no answer from 127.0.0.1:" + port)
                .doesNotContain("TOKEN");
        assertThat(result.out()).isEqualTo("0 accepted, 0 refused again, 0 skipped, of 6\n");
        assertThat(kept()).hasSize(6);
    }

    @Test
    void shouldTellHowFarItIs() throws IOException {
        KeptBody one = kept().get(1);
        byte[] file = Files.readAllBytes(one.file());
        for (int i = 0; i < 200; i++) {
            Files.write(dir.resolve("quarantine/20211107T074200123Z-000%03d-missing.body".formatted(i)), file);
        }

        assertThat(quarantine("replay", "--all", "--dry-run").err())
                .isEqualTo("headcount quarantine replay: 100 of 206\nheadcount quarantine replay: 200 of 206\n");
    }

    @Test
    void shouldSkipWhatIsGoneOrDamaged() throws Exception {
        KeptBody twice = kept().get(0);
        KeptBody damaged = kept().get(1);
        Files.writeString(damaged.file(), "x");

        assertThat(quarantine("replay", "--dry-run", damaged.id()).out()).contains(" skipped: its file is damaged\n");
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS)) {
            assertThat(quarantine("replay", "--url", url(gateway.port()), twice.id(), twice.id())
                            .out())
                    .contains(" accepted\n")
                    .contains(" skipped: it was deleted meanwhile\n");
        }
    }

    @Test
    void shouldAskForIdsOrAll() throws IOException {
        for (String[] wrong : new String[][] {
            {"replay"},
            {"replay", "--all", kept().get(0).id()},
            {"replay", "--all", "--url", "127.0.0.1:8080"},
            {"replay", "--all", "--url", "ftp://127.0.0.1/"},
            {"replay", "--all", "--url", "http:///x"}
        }) {
            assertThat(quarantine(wrong).exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
        }
        assertThat(run("quarantine").exitCode()).isEqualTo(2);
        assertThat(kept()).hasSize(6);
    }
}
