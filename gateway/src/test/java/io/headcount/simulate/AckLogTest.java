package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AckLogTest {
    @TempDir
    private Path dir;

    private static final class Recorder implements AckLogReader.Listener {
        private final List<String> told = new ArrayList<>();

        @Override
        public void onSent(long number, String deviceId, String serialNumber, long transmitSec) {
            told.add("sent " + number + " " + deviceId.replaceFirst("-.*-", "-") + " " + transmitSec);
        }

        @Override
        public void onRow(AckLogReader.Row row) {
            told.add("row " + row.objectType() + " " + row.startSec() + "+" + row.seconds() + " " + row.enters() + " "
                    + row.exits() + " " + row.passings() + " " + row.returns());
        }

        @Override
        public void onAcknowledged(long number) {
            told.add("ack " + number);
        }
    }

    private Path log() {
        return dir.resolve("ack.csv");
    }

    private static FleetPost post(int... people) {
        return new FleetPost(
                Fleets.cameras(1)[0], FleetPost.Kind.METRICS, FleetPost.Extra.NONE, 1_000_060, 1_000_000, people, 0);
    }

    @Test
    void shouldReadWhatWasWritten() throws Exception {
        try (AckLog log = new AckLog(log(), new CameraNames(Fleets.SEED), 60)) {
            assertThat(log.sent(post(10))).isEqualTo(1);
            log.acknowledged(1);
        }

        Recorder recorder = new Recorder();
        AckLogReader.read(log(), recorder);
        assertThat(recorder.told)
                .containsExactly(
                        "sent 1 SIM-000000 1000060",
                        "row 0 1000000+60 5 5 1 0",
                        "row 1 1000000+60 4 4 1 0",
                        "row 2 1000000+60 1 1 0 0",
                        "ack 1");
    }

    @Test
    void shouldWriteMoreThanItsBufferHolds() throws Exception {
        try (AckLog log = new AckLog(log(), new CameraNames(Fleets.SEED), 60)) {
            for (int i = 0; i < 1_000; i++) {
                log.acknowledged(log.sent(post(new int[62])));
            }
        }

        Recorder recorder = new Recorder();
        AckLogReader.read(log(), recorder);
        assertThat(recorder.told).hasSize(1_000 * (1 + 62 * 3 + 1)).endsWith("ack 1000");
    }

    private static final String HEAD = "headcount-ack-log,1\n";
    private static final String SENT = "sent,1,SIM-1,201,1000060\n";
    private static final String ROW = "row,0,0,1000000,60,5,5,1,0\n";

    private void assertOdd(String text, String message) throws IOException {
        Files.writeString(log(), text);
        assertThatThrownBy(() -> AckLogReader.read(log(), new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessage(log() + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {SENT, SENT + ROW, SENT + "row,0,0,10000", SENT + ROW + "ack,", SENT + ROW + "ac"})
    void shouldRefuseALogWithoutItsEnd(String lines) throws Exception {
        long last = (HEAD + lines).lines().count();
        assertOdd(
                HEAD + lines,
                ":" + (lines.endsWith("\n") ? last + 1 : last)
                        + ": ends here (expected: the line end; the simulator was killed, or is still running)");
    }

    @Test
    void shouldNameTheLineThatCantBeRead() throws Exception {
        assertOdd(HEAD + SENT + "ack,one\nend\n", ":3: ack,one (expected: whole numbers)");
        assertOdd(HEAD + "what\nend\n", ":2: what (expected: sent, row, ack or end, with their fields)");
    }

    @Test
    void shouldRefuseRowsOfNoPost() throws Exception {
        assertOdd(
                HEAD + ROW + "end\n", ":2: a row of no post (expected: rows right behind the sent line of their post)");
        assertOdd(
                HEAD + SENT + "ack,1\n" + ROW + "end\n",
                ":4: a row of no post (expected: rows right behind the sent line of their post)");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, -1})
    void shouldRefuseAnAcknowledgementOfNoPost(long number) throws Exception {
        assertOdd(
                HEAD + SENT + ROW + "ack," + number + "\nend\n",
                ":4: ack," + number + " (expected: the number of a post that was sent before, 1 to 1)");
    }

    @Test
    void shouldRefuseALogOfWhichLinesAreMissing() throws Exception {
        assertOdd(
                HEAD + SENT + "sent,3,SIM-1,201,1000060\nend\n",
                ":3: sent,3 (expected: sent,2, as posts are numbered from 1 without gaps)");
    }

    @Test
    void shouldRefuseTwoLogsInOneFile() throws Exception {
        assertOdd(HEAD + "end\n" + HEAD + "end\n", ":3: more behind the line end (expected: one run's log)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Metrics/>", "", "headcount-ack-log,2\n", "\u00e9\n"})
    void shouldRefuseAnotherFile(String text) throws Exception {
        assertOdd(
                text,
                ":1: not such a log (expected: headcount-ack-log,1, the first line of a file that --ack-log has written)");
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        assertThatThrownBy(() -> AckLogReader.read(log(), new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessage(log() + ": can't be read (expected: a file that --ack-log has written)");
    }

    @Test
    void shouldTellAtTheStartThatItCantBeWritten() {
        assertThatThrownBy(() -> new AckLog(dir, new CameraNames(Fleets.SEED), 60))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("--ack-log: " + dir + " (expected: a file that can be written)");
    }
}
