package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.FileWindow.ReadCall;
import io.headcount.model.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalReaderTest {
    private final List<Fault> faults = new ArrayList<>();

    @TempDir
    private Path dir;

    private JournalFixture journal;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
    }

    private JournalReader reader() {
        return JournalReader.open(dir, faults::add);
    }

    private List<Long> rest(JournalReader reader) {
        List<Long> sequences = new ArrayList<>();
        while (reader.nextBeforeEnd()) {
            sequences.add(reader.sequence());
        }
        return sequences;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** What {@link JournalReader#next()} alone delivers, as a follower uses it. */
    private List<Long> await(JournalReader reader, int records) {
        List<Long> sequences = new ArrayList<>();
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> {
            while (reader.next()) {
                sequences.add(reader.sequence());
            }
            return sequences.size() >= records;
        });
        return sequences;
    }

    @Test
    void shouldReadAllFilesInOrder() {
        journal.write(5, 20);
        try (JournalReader reader = reader()) {
            assertThat(rest(reader)).isEqualTo(range(1, 100));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldFindEverySequenceOverSeveralFiles() {
        journal.write(7, 3);
        for (long sequence = 1; sequence <= 21; sequence++) {
            try (JournalReader reader = reader()) {
                reader.seek(sequence);
                assertThat(rest(reader)).isEqualTo(range(sequence, 21));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldFindASequenceInAFileTooLargeToWalk() {
        journal.write(1, 30_000);
        for (long sequence = 1; sequence < 30_000; sequence += 997) {
            try (JournalReader reader = reader()) {
                reader.seek(sequence);
                assertThat(reader.next()).isTrue();
                assertThat(reader.sequence()).isEqualTo(sequence);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldWaitForASequenceThatIsNotWrittenYet() {
        journal.write(1, 3);
        try (JournalReader reader = reader()) {
            reader.seek(6);
            assertThat(rest(reader)).isEmpty();
            journal.write(2, 4);

            assertThat(rest(reader)).isEqualTo(range(6, 11));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldTellTheGapWhenTheSequenceIsNoLongerKept() throws IOException {
        journal.write(3, 3);
        Files.delete(journal.files().get(0));
        try (JournalReader reader = reader()) {
            reader.seek(2);

            assertThat(rest(reader)).isEqualTo(range(4, 9));
        }
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).kind()).isEqualTo(FaultKind.GAP);
        assertThat(faults.get(0).expected()).isEqualTo(2);
        assertThat(faults.get(0).found()).isEqualTo(4);
    }

    @Test
    void shouldReadOnlyWhatComesAfterTheEnd() {
        journal.write(3, 3);
        try (JournalReader reader = reader()) {
            reader.seekEnd();
            assertThat(rest(reader)).isEmpty();
            journal.write(2, 2);

            assertThat(rest(reader)).isEqualTo(range(10, 13));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldFollowAWriterOverItsRolls() {
        try (JournalReader reader = reader();
                JournalWriter writer = journal.open()) {
            for (int file = 0; file < 4; file++) {
                for (int batch = 0; batch < 3; batch++) {
                    journal.append(writer, 5);
                    long last = writer.lastSequence();
                    assertThat(await(reader, 5)).isEqualTo(range(last - 4, last));
                }
                journal.clock().pass(Duration.ofMinutes(1));
            }
        }
        assertThat(journal.files()).hasSize(4);
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldWaitForADirectoryThatDoesNotExistYet() {
        dir = dir.resolve("later");
        journal = new JournalFixture(dir, Roll.MINUTELY);
        try (JournalReader reader = reader()) {
            assertThat(reader.next()).isFalse();
            journal.write(2, 2);

            assertThat(await(reader, 4)).isEqualTo(range(1, 4));
        }
    }

    @Test
    void shouldFindNothingInAnEmptyDirectory() {
        try (JournalReader reader = reader()) {
            reader.seek(5);
            assertThat(rest(reader)).isEmpty();
            reader.seekEnd();
            assertThat(rest(reader)).isEmpty();
        }
    }

    @Test
    void shouldListTheDirectoryNoOftenerThanItGetsToTheEndOfWhatItKnows() {
        journal.write(30, 3);
        AtomicInteger listings = new AtomicInteger();
        Supplier<List<RollFile>> listing = () -> {
            listings.incrementAndGet();
            return JournalDirectory.rollFiles(dir);
        };
        try (JournalReader reader = JournalReader.open(dir, faults::add, ReadCall.SYSTEM, listing)) {
            assertThat(rest(reader)).isEqualTo(range(1, 90));
            assertThat(listings).hasValueLessThanOrEqualTo(3);
            journal.write(30, 3);

            assertThat(rest(reader)).isEqualTo(range(91, 180));
            assertThat(listings).hasValueLessThanOrEqualTo(6);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldReadAFileThatWasSetAsideSinceItWasListed() {
        journal.write(3, 3);
        try (JournalReader reader = reader()) {
            assertThat(reader.next()).isTrue();
            assertThat(JournalDirectory.setNewestAside(dir)).isTrue();

            assertThat(rest(reader)).isEqualTo(range(2, 9));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldEndWhenAllFilesThatWereListedAreGone() throws IOException {
        journal.write(3, 3);
        try (JournalReader reader = reader()) {
            assertThat(reader.next()).isTrue();
            for (Path file : journal.files()) {
                Files.delete(file);
            }

            assertThat(rest(reader)).isEqualTo(range(2, 3));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldReadOnWhenAFileIsDeletedUnderneath() throws IOException {
        journal.write(3, 3);
        try (JournalReader reader = reader()) {
            assertThat(reader.next()).isTrue();
            Files.delete(journal.files().get(0));
            Files.delete(journal.files().get(0));

            assertThat(rest(reader)).isEqualTo(List.of(2L, 3L, 7L, 8L, 9L));
        }
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.GAP);
    }

    /** In the listing, and gone when it is opened. */
    private static void deleteBehindTheListing(Path file) throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("gone"));
    }

    @Test
    void shouldGoOnBehindFilesThatAreDeletedBetweenListingAndOpening() throws IOException {
        journal.write(5, 10);
        try (JournalReader reader = reader()) {
            assertThat(reader.nextBeforeEnd()).isTrue();
            deleteBehindTheListing(journal.files().get(1));
            deleteBehindTheListing(journal.files().get(2));
            assertThat(rest(reader)).startsWith(2L, 3L).endsWith(49L, 50L).hasSize(29);
        }
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.GAP);
    }

    @Test
    void shouldSkipARecordWithAFlippedBit() throws IOException {
        journal.write(2, 5);
        JournalFixture.Place third = journal.places().get(2);
        JournalFixture.flip(third.file(), third.offset() + 60, 5);
        try (JournalReader reader = reader()) {
            assertThat(rest(reader)).isEqualTo(List.of(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
        }
        assertThat(faults.get(0))
                .isEqualTo(new Fault(third.file(), third.offset(), FaultKind.CHECKSUM, 3, Fault.UNKNOWN));
    }

    @Test
    void shouldGetOverAZeroedPageInTheFileThatIsBeingWritten() throws IOException {
        try (JournalWriter writer = journal.open();
                JournalReader reader = reader()) {
            journal.append(writer, 100);
            JournalFixture.Place tenth = journal.places().get(9);
            JournalFixture.zero(tenth.file(), tenth.offset(), 4096);

            assertThat(await(reader, 9)).isEqualTo(range(1, 9));
            assertThat(reader.lookFurther()).isTrue();
            List<Long> after = rest(reader);
            assertThat(after.get(0)).isBetween(30L, 50L);
            assertThat(after).isEqualTo(range(after.get(0), 100));
            journal.append(writer, 3);
            assertThat(rest(reader)).isEqualTo(range(101, 103));
        }
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.HOLE, FaultKind.GAP);
        assertThat(faults.get(0).expected()).isEqualTo(10);
    }

    @Test
    void shouldNotSkipAGoodRecordWhenBothLengthsOfTheOneBeforeAreDamagedAlike() throws IOException {
        journal.write(1, 5);
        JournalFixture.Place second = journal.places().get(1);
        JournalFixture.flip(second.file(), second.offset(), 6);
        JournalFixture.flip(second.file(), second.offset() + RollFileScanner.HEADER_BYTES, 6);
        try (JournalReader reader = reader()) {
            assertThat(rest(reader)).isEqualTo(List.of(1L, 3L, 4L, 5L));
        }
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.CHECKSUM, FaultKind.GAP);
    }

    @Test
    void shouldNotTakeDamageForTheEndOfAFileThatGoesOn() throws IOException {
        journal.write(2, 5);
        JournalFixture.Place third = journal.places().get(2);
        byte[] file = Files.readAllBytes(third.file());
        RecordLayout.intAt(file, (int) third.offset(), 0xC000_0000);
        Files.write(third.file(), file);
        try (JournalReader reader = reader()) {
            assertThat(rest(reader)).isEqualTo(List.of(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
        }
        assertThat(faults.get(0))
                .isEqualTo(new Fault(third.file(), third.offset(), FaultKind.HEADER, 3, Fault.UNKNOWN));
        try (JournalReader reader = reader()) {
            reader.seek(5);
            assertThat(rest(reader)).isEqualTo(range(5, 10));
        }
    }

    @Test
    void shouldTellDamageAtTheEndOnceHoweverOftenItLooks() throws IOException {
        journal.write(1, 5);
        JournalFixture.Place last = journal.places().get(4);
        JournalFixture.flip(last.file(), last.offset() + 1, 3);
        try (JournalReader reader = reader()) {
            assertThat(rest(reader)).isEqualTo(range(1, 4));
            for (int i = 0; i < 10; i++) {
                assertThat(rest(reader)).isEmpty();
            }
        }
        assertThat(faults).hasSize(1);
    }

    @Test
    void shouldFindASequenceBehindDamage() throws IOException {
        journal.write(3, 10);
        List<JournalFixture.Place> places = journal.places();
        JournalFixture.zero(places.get(10).file(), 0, 4096);
        JournalFixture.flip(places.get(13).file(), places.get(13).offset() + 30, 0);
        try (JournalReader reader = reader()) {
            reader.seek(16);
            assertThat(rest(reader)).isEqualTo(range(16, 30));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldPassOverARecordOfANewerVersionAndCountItsNumber() throws IOException {
        journal.write(1, 3);
        JournalFixture.Place second = journal.places().get(1);
        rewriteAsVersion2(second);
        Post post = new Post();
        try (JournalReader reader = reader()) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThat(reader.decode(post)).isEqualTo(Decoded.NEWER_VERSION);
            assertThat(reader.next()).isTrue();
            assertThat(reader.decode(post)).isEqualTo(Decoded.POST);
        }
        assertThat(faults).isEmpty();
        assertThat(Verify.run(dir).skipped()).isEqualTo(1);
    }

    private static void rewriteAsVersion2(JournalFixture.Place place) throws IOException {
        byte[] file = Files.readAllBytes(place.file());
        int at = (int) place.offset() + RollFileScanner.HEADER_BYTES;
        int length = RecordLayout.intAt(file, at) + RecordLayout.CHECKSUM;
        file[at + RecordLayout.VERSION] = RecordLayout.CURRENT_VERSION + 1;
        RecordLayout.seal(file, at, length);
        Files.write(place.file(), file);
    }
}
