package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void shouldRefuseALogWithoutItsEnd() throws Exception {
        Files.writeString(log(), "headcount-ack-log,1\nack,1\n");

        assertThatThrownBy(() -> AckLogReader.read(log(), new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends in line 3 without its last line");
    }

    @Test
    void shouldNameTheLineThatCantBeRead() throws Exception {
        Files.writeString(log(), "headcount-ack-log,1\nack,one\nend\n");

        assertThatThrownBy(() -> AckLogReader.read(log(), new Recorder())).hasMessageContaining("ack.csv:2: ack,one");
    }

    @Test
    void shouldRefuseAnotherFile() throws Exception {
        Files.writeString(log(), "<Metrics/>");

        assertThatThrownBy(() -> AckLogReader.read(log(), new Recorder()))
                .hasMessageContaining("expected: a file that was written by --ack-log");
    }
}
