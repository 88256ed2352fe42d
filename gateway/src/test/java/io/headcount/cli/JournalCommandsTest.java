package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.JournalFixture;
import io.headcount.tail.NamedTailer;
import io.headcount.tail.StartAt;
import io.headcount.tail.TailListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator does with a journal's files and tailers: info, prune, forget. All its records are of 2022. */
class JournalCommandsTest {
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

    private Path journal() {
        return dir.resolve("journal");
    }

    private void write() {
        new JournalFixture(journal(), Roll.MINUTELY).write(3, 10);
    }

    private void read(String name, int records) {
        try (NamedTailer tailer = NamedTailer.open(journal(), name, StartAt.start())) {
            tailer.poll(new TailListener() {}, records);
        }
    }

    private Result prune(String... arguments) {
        List<String> all = new ArrayList<>(List.of("journal", "prune", "--set", "journal.dir=" + journal()));
        Collections.addAll(all, "--set", "journal.min-free=0 B");
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    @Test
    void shouldPrintFilesAndTailers() throws Exception {
        write();
        read("billing", 14);
        read("audit", 30);
        Files.writeString(journal().resolve("tailers/broken.position"), "x");

        Result result = run("journal", "info", "--journal", journal().toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("FILE +FIRST +LAST +OLDEST +NEWEST +USED +SIZE"),
                        line -> assertThat(line)
                                .matches(
                                        "20221107-0742.cq4 +1 +10 +2022-11-07T07:42:00Z +2022-11-07T07:42:00Z +\\d+ +\\d+"),
                        line -> assertThat(line).startsWith("20221107-0743.cq4  11     20 "),
                        line -> assertThat(line).startsWith("20221107-0744.cq4  21     30 "),
                        line -> assertThat(line).matches("3 files, \\d+ bytes written, records 1 to 30"),
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).isEqualTo("TAILER   NEXT     LAG  FILES  FROM"),
                        line -> assertThat(line).isEqualTo("audit    31       0    0      -"),
                        line -> assertThat(line).isEqualTo("billing  15       16   2      20221107-0743.cq4"),
                        line -> assertThat(line).isEqualTo("broken   damaged  30   3      20221107-0742.cq4"));
    }

    @Test
    void shouldSayThatThereIsNoJournal() {
        Result result = run("journal", "info", "--journal", journal().toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("headcount journal info: journal " + journal() + ": no such directory\n");
    }

    @Test
    void shouldTellAndThenDeleteWhatIsDue() {
        write();
        read("billing", 14);

        Result dry = prune("--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out())
                .startsWith("20221107-0742.cq4 age, records 1 to 10\n1 files with ")
                .endsWith(" bytes would go\n20221107-0743.cq4 is due, too, but has still to be read by: billing\n");
        assertThat(journal().resolve("20221107-0742.cq4")).exists();

        assertThat(prune().out())
                .startsWith("20221107-0742.cq4 age, records 1 to 10\n")
                .contains(" bytes deleted\n");
        assertThat(journal().resolve("20221107-0742.cq4")).doesNotExist();
        assertThat(prune("--set", "journal.retention=36000 d").out()).isEqualTo("0 files with 0 bytes deleted\n");
    }

    @Test
    void shouldTellWhatATailerLoses() {
        write();
        read("billing", 14);

        Result result = prune("--dry-run", "--set", "journal.min-free=" + Long.MAX_VALUE + " B");

        assertThat(result.out())
                .contains("20221107-0743.cq4 age, records 11 to 20\n  not read by tailer billing: records 15 to 20\n");
    }

    @Test
    void shouldForgetATailer() {
        write();
        read("billing", 14);

        assertThat(forget("billing").exitCode()).isZero();
        Result again = forget("billing");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("headcount journal forget: billing: no such tailer\n");
        assertThat(forget("a/b").exitCode()).isEqualTo(2);
        assertThat(prune().out()).contains("2 files with ");
    }

    private Result forget(String name) {
        return run("journal", "forget", "--journal", journal().toString(), name);
    }

    @Test
    void shouldDeleteAndMeasureWhileTheGatewayRuns() throws Exception {
        JournalFixture fixture = new JournalFixture(journal(), Roll.HOURLY);
        fixture.write(64, 10); // no gap that would make the clock doubtful
        read("billing", 14);
        try (RunningGateway gateway =
                new RunningGateway(dir, fixture.clock().millis(), "journal.retention=54 h", "admin.enabled=true")) {
            await().until(() -> gateway.metrics().contains("headcount_journal_oldest_sequence 11.0"));
            assertThat(gateway.metrics())
                    .contains(
                            "headcount_journal_files 63.0",
                            "headcount_tailer_lag_records{tailer=\"billing\"} 626.0",
                            "headcount_journal_files_deleted_total 1.0");
        }
    }

    @Test
    void shouldRefuseTailOptionsThatDoNotGoTogether() {
        assertThat(run("tail", "--skip-missed").exitCode()).isEqualTo(2);
        assertThat(run("tail", "--name", "a", "--from", "end", "--skip-missed").exitCode())
                .isEqualTo(2);
        Result badName = run("tail", "--name", "a/b");
        assertThat(badName.exitCode()).isEqualTo(2);
        assertThat(badName.err()).startsWith("--name: a/b (expected: 1 to 64 of ");
    }

    private Result repairReport() {
        return run("verify", "--repair-report", "--journal", journal().toString());
    }

    @Test
    void shouldReportAJournalThatHasLostItsBeginning() throws Exception {
        write();
        Path oldest = new JournalFixture(journal(), Roll.MINUTELY).files().get(0);
        byte[] file = Files.readAllBytes(oldest);
        Files.write(oldest, new byte[file.length]);

        Result result = repairReport();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "before sequence 11: damaged from the beginning; whether records were lost there can't be told");

        Files.write(oldest, file);
        prune("--set", "journal.retention=20000 d"); // nothing is due, but that is noted
        Files.write(oldest, new byte[file.length]);

        result = repairReport();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("sequence 1 to 10: 10 records are missing, received before 2022-11-07T07:43:00Z")
                .doesNotContain("can't be told");
    }

    @Test
    void shouldSayThatAFileToPruneHoldsNoRecords() throws Exception {
        write();
        Files.createFile(journal().resolve("20221107-0741.cq4"));
        assertThat(prune("--dry-run").out())
                .startsWith("20221107-0741.cq4 age, no records\n20221107-0742.cq4 age, records 1 to 10\n");
    }

    @Test
    void shouldVerifyThatTailersCanGoOn() throws Exception {
        write();
        read("billing", 30);
        assertThat(run("verify", "--journal", journal().toString()).exitCode()).isZero();

        Files.delete(new JournalFixture(journal(), Roll.MINUTELY).files().get(2));
        Result result = run("verify", "--journal", journal().toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("tailer billing: has read up to record 30, but the last one here is 20: ")
                .endsWith("2 files, 20 records, sequence 1 to 20, 0 of a newer version, 1 faults\n");
    }
}
