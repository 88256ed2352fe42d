package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.JournalFixture.Place;
import io.headcount.journal.JournalWriter.RolledFile;
import io.headcount.journal.RoomAhead.Shortage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoomAheadTest {
    private static final long BYTES = 1 << 20;
    private static final Path FILE = Path.of("journal", "20221107-0742.cq4");

    private final List<String> taken = new ArrayList<>();
    private Shortage shortage;

    @TempDir
    private Path dir;

    private RoomAhead room() {
        return new RoomAhead(BYTES, new RoomAhead.Calls() {
            @Override
            public Shortage take(Path file, long from, long bytes) {
                taken.add(file.getFileName() + " " + from + " " + bytes);
                return shortage;
            }

            @Override
            public void giveBack(RolledFile file) {
                taken.add("back " + file.file().getFileName() + " " + file.end());
            }
        });
    }

    @Test
    void shouldTakeMoreOnceHalfIsUsed() {
        RoomAhead room = room();
        assertThat(room.look(FILE, 5000)).isNull();
        assertThat(taken).containsExactly("20221107-0742.cq4 4096 1048576");
        assertThat(room.left()).isEqualTo(4096 + BYTES - 5000);

        room.look(FILE, 400_000);
        assertThat(taken).hasSize(1);
        room.look(FILE, 600_000);
        assertThat(taken).hasSize(2).last().isEqualTo("20221107-0742.cq4 598016 1048576");
    }

    @Test
    void shouldBeginAnewInTheNextFile() {
        RoomAhead room = room();
        room.look(FILE, 5_000_000);
        room.look(Path.of("journal", "20221107-0743.cq4"), 300);
        assertThat(taken).hasSize(2).last().isEqualTo("20221107-0743.cq4 0 1048576");
    }

    @Test
    void shouldRefuseWhileTheDiskIsFullAndRecoverByItself() {
        RoomAhead room = room();
        shortage = new Shortage(true, "No space left on device");
        assertThat(room.look(FILE, 300)).isEqualTo("No space left on device");
        assertThat(room.left()).isZero();

        shortage = null;
        assertThat(room.look(FILE, 300)).isNull();
        assertThat(room.left()).isEqualTo(BYTES - 300);
    }

    @Test
    void shouldGoOnWhereNoRoomCanBeTakenAhead() {
        RoomAhead room = room();
        shortage = new Shortage(false, "Operation not supported");
        assertThat(room.look(FILE, 300)).isNull();
        room.look(FILE, 300);
        assertThat(taken).hasSize(1);
    }

    @Test
    void shouldTakeNothingWhenToldSo() {
        RoomAhead none = new RoomAhead(0, new RoomCalls());
        assertThat(none.look(FILE, 300)).isNull();
        assertThat(none.left()).isZero();
    }

    @Test
    void shouldTakeAtMostASixteenthOfTheDisk() {
        assertThat(RoomAhead.sizeFor(64, 1024)).isEqualTo(64);
        assertThat(RoomAhead.sizeFor(65, 1024)).isEqualTo(64);
    }

    @Test
    void shouldReallyTakeRoomAndGiveItBackAtTheRoll() throws Exception {
        long bytes = 32L << 20;
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        HandClock clock = journal.clock();
        try (JournalWriter writer = journal.open()) {
            writer.onPost(Posts.total("camera", clock.millis(), 1));
            Path file = writer.appending().file();
            long length = Files.size(file);
            assertThat(writer.writtenTo()).isBetween(100L, length);
            assertThat(new RoomCalls().take(file, writer.writtenTo() & ~4095, bytes))
                    .isNull();
            assertThat(Files.size(file)).isEqualTo(length);
            assertThat(onDisk(file)).isGreaterThan(bytes);

            journal.append(writer, 3000);
            clock.pass(Duration.ofMinutes(1));
            journal.append(writer, 3);

            RolledFile rolled = writer.rolled();
            assertThat(rolled.file())
                    .isEqualTo(file)
                    .isNotEqualTo(writer.appending().file());
            new RoomCalls().giveBack(rolled);
            assertThat(onDisk(file)).isLessThan(bytes / 8);
            assertThat(Files.size(file)).isEqualTo(length);
            List<Place> places = journal.places();
            assertThat(places).hasSize(3004);
            assertThat(places.get(3000).offset()).isBetween(rolled.end() - 400, rolled.end() - 100);
        }
    }

    @Test
    void shouldGiveNothingBackThatIsNotBehindTheEnd() throws Exception {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        try (JournalWriter writer = journal.open()) {
            journal.append(writer, 3000);
            Path file = writer.appending().file();
            long onDisk = onDisk(file);
            long somewhere = journal.places().get(10).offset();

            new RoomCalls().giveBack(new RolledFile(file, somewhere));
            new RoomCalls().giveBack(new RolledFile(file, writer.writtenTo())); // not sealed yet
            new RoomCalls().giveBack(new RolledFile(dir.resolve("20221107-0701.cq4"), 300));

            assertThat(onDisk(file)).isEqualTo(onDisk);
            assertThat(journal.places()).hasSize(3000);
        }
    }

    @Test
    void shouldGiveBackOnce() {
        RoomAhead room = room();
        room.roll(null);
        room.roll(new RolledFile(FILE, 300));
        room.roll(new RolledFile(FILE, 300));
        assertThat(taken).containsExactly("back 20221107-0742.cq4 300");
    }

    @Test
    void shouldLeaveFilesThatAreGoneToOthers() {
        assertThat(new RoomCalls().take(dir.resolve("gone"), 0, BYTES)).isNull();
    }

    private static long onDisk(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(text.substring(0, text.indexOf('\t')));
    }
}
