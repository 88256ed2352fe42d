package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RowSource;
import io.headcount.simulate.AckLogReader;
import io.headcount.tail.CountRow;
import io.headcount.tail.Counts;
import io.headcount.tail.RecordHead;
import io.headcount.tail.RowHead;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AckedRowsTest {
    private static final long START = 1_700_000_040L;

    private final AckedRows table = new AckedRows();
    private long sequence;

    private void sent(long number, long transmitSec, int enters) {
        table.onSent(number, "SIM-1", "201", transmitSec);
        table.onRow(new AckLogReader.Row("0", 0, START, 60, enters, 0, 0, 0));
    }

    private void acknowledged(long number, long transmitSec, int enters) {
        sent(number, transmitSec, enters);
        table.onAcknowledged(number);
    }

    private void journaled(String deviceId, String serialNumber, long version, int enters) {
        sequence++;
        RecordHead head = new RecordHead(
                sequence, null, null, deviceId, null, serialNumber, null, version, version, 0, version * 1000);
        RowHead row = new RowHead(RowSource.INTERVAL, null, "0", "count", 0, START, 60, 0, 1, 0);
        table.onCount(new CountRow(head, row, new Counts(enters, 0, 0, 0), Optional.empty()));
    }

    private void journaled(long version, int enters) {
        journaled("SIM-1", "201", version, enters);
    }

    private String outcome() {
        AckedRows.Result result = table.result();
        List<String> lines = result.lines();
        return (result.good() ? "good " : "bad ") + lines.get(lines.size() - 1);
    }

    @Test
    void shouldFindNothingWrongWhenTheJournalHasWhatWasAcknowledged() {
        acknowledged(1, START + 60, 5);
        acknowledged(2, START + 61, 6);
        journaled(START + 60, 5);
        journaled(START + 61, 6);

        assertThat(outcome()).isEqualTo("good rows     0 lost, 0 duplicated, 0 wrong");
    }

    @Test
    void shouldAskOnlyForTheVersionThatCounts() {
        acknowledged(1, START + 60, 5);
        acknowledged(2, START + 60, 6);
        journaled(START + 60, 6);

        assertThat(outcome()).isEqualTo("good rows     0 lost, 0 duplicated, 0 wrong");
    }

    @Test
    void shouldFindAnAcknowledgedRowThatIsNotThere() {
        acknowledged(1, START + 60, 5);

        assertThat(outcome()).isEqualTo("bad rows     1 lost, 0 duplicated, 0 wrong");
    }

    @Test
    void shouldFindAnAcknowledgedVersionOfWhichOnlyAnOlderOneIsThere() {
        sent(1, START + 60, 5);
        acknowledged(2, START + 60, 6);
        journaled(START + 60, 5);

        assertThat(outcome()).isEqualTo("bad rows     1 lost, 0 duplicated, 0 wrong");
    }

    @Test
    void shouldNotAskForWhatWasNotAcknowledgedButAllowIt() {
        acknowledged(1, START + 60, 5);
        sent(2, START + 61, 6);
        sent(3, START + 62, 7);
        journaled(START + 60, 5);
        journaled(START + 61, 6);

        assertThat(outcome()).isEqualTo("good rows     0 lost, 0 duplicated, 0 wrong");
    }

    @Test
    void shouldFindAVersionThatWasJournaledTwice() {
        acknowledged(1, START + 60, 5);
        acknowledged(2, START + 60, 5);
        journaled(START + 60, 5);
        journaled(START + 60, 5);

        assertThat(outcome()).isEqualTo("bad rows     0 lost, 1 duplicated, 0 wrong");
    }

    @Test
    void shouldFindCountsThatNobodySent() {
        acknowledged(1, START + 60, 5);
        journaled(START + 60, 5);
        journaled(START + 61, 50);

        assertThat(outcome()).isEqualTo("bad rows     0 lost, 0 duplicated, 1 wrong");
    }

    @Test
    void shouldTellWhenThereIsNothingToCompare() {
        sent(1, START + 60, 5);

        assertThat(table.result().good()).isFalse();
        assertThat(table.result().lines())
                .anyMatch(line -> line.contains("nothing was acknowledged"))
                .anyMatch(line -> line.contains("no rows at all"));
    }

    @Test
    void shouldTellHowRowsMayHaveComeThatNobodySent() {
        acknowledged(1, START + 60, 5);
        journaled(START + 60, 5);

        assertThat(table.result().lines()).noneMatch(line -> line.contains("--seed"));

        journaled(START + 61, 50);

        assertThat(table.result().lines()).anyMatch(line -> line.contains("another run with the same --seed"));
    }

    @Test
    void shouldNotMixCamerasThatShareADeviceId() {
        acknowledged(1, START + 60, 5);
        journaled("SIM-1", "202", START + 60, 5);

        assertThat(outcome()).isEqualTo("bad rows     1 lost, 0 duplicated, 0 wrong");
    }
}
