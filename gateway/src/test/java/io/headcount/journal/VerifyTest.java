package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.JournalFixture.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyTest {
    @TempDir
    private Path dir;

    private JournalFixture journal;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
    }

    private List<Fault> faults() {
        return Verify.run(dir).faults();
    }

    @Test
    void shouldCountWhatIsThere() {
        journal.write(3, 10);

        VerifyReport report = Verify.run(dir);

        assertThat(report).isEqualTo(new VerifyReport(3, 30, 0, 1, 30, List.of(), List.of()));
        assertThat(report.clean()).isTrue();
    }

    @Test
    void shouldFindNothingWrongWhileTheWriterIsOpen() {
        try (JournalWriter writer = journal.open()) {
            journal.append(writer, 10);
            assertThat(Verify.run(dir).records()).isEqualTo(10);
            assertThat(faults()).isEmpty();
        }
    }

    @Test
    void shouldFindAFlippedBitInEveryByteOfADocument() throws IOException {
        journal.write(1, 3);
        Place second = journal.places().get(1);
        long end = journal.places().get(2).offset();
        long padding = endOf(second);
        for (long offset = second.offset(); offset < end; offset++) {
            int bit = (int) (offset % 8);
            JournalFixture.flip(second.file(), offset, bit);
            if (offset >= padding) {
                assertThat(faults()).isEmpty();
            } else {
                assertFirstFault(second, offset, bit);
            }
            JournalFixture.flip(second.file(), offset, bit);
        }
    }

    private void assertFirstFault(Place place, long offset, int bit) {
        List<Fault> faults = faults();
        assertThat(faults).as("byte %d bit %d", offset - place.offset(), bit).isNotEmpty();
        assertThat(faults.get(0).file()).isEqualTo(place.file());
        assertThat(faults.get(0).offset()).isEqualTo(place.offset());
        assertThat(faults.get(0).expected()).isEqualTo(place.sequence());
    }

    private static long endOf(Place place) throws IOException {
        byte[] file = Files.readAllBytes(place.file());
        int header = RollFileScanner.HEADER_BYTES;
        return place.offset() + 2L * header + RecordLayout.intAt(file, (int) place.offset() + header);
    }

    @Test
    void shouldFindAFlippedBitInTheLastRecord() throws IOException {
        journal.write(1, 3);
        Place last = journal.places().get(2);
        for (int bit = 0; bit < 32; bit++) {
            JournalFixture.flip(last.file(), last.offset() + bit / 8, bit % 8);
            assertThat(faults()).as("bit %d", bit).isNotEmpty();
            JournalFixture.flip(last.file(), last.offset() + bit / 8, bit % 8);
        }
    }

    @Test
    void shouldFindAZeroedPageInTheMiddleOfAFile() throws IOException {
        journal.write(2, 100);
        Place tenth = journal.places().get(9);
        long page = (tenth.offset() + 4095) / 4096 * 4096;
        JournalFixture.zero(tenth.file(), page, 4096);

        VerifyReport report = Verify.run(dir);

        assertThat(report.faults().get(0).file()).isEqualTo(tenth.file());
        assertThat(report.faults().get(0).offset()).isBetween(page - 200, page + 4096);
        assertThat(report.records()).isBetween(160L, 185L);
        assertThat(report.lastSequence()).isEqualTo(200);
    }

    @Test
    void shouldFindAZeroedFirstPage() throws IOException {
        journal.write(2, 10);
        JournalFixture.zero(journal.files().get(0), 0, 4096);

        VerifyReport report = Verify.run(dir);

        assertThat(report.faults().get(0).file()).isEqualTo(journal.files().get(0));
        assertThat(report.faults().get(0).offset()).isZero();
        assertThat(report.records()).isEqualTo(20);
    }

    @Test
    void shouldFindAnOldestFileOfZerosOnly() throws IOException {
        journal.write(2, 10);
        Path oldest = journal.files().get(0);
        Files.write(oldest, new byte[(int) Files.size(oldest)]);

        assertThat(faults()).containsExactly(new Fault(oldest, 0, FaultKind.HOLE, Fault.UNKNOWN, Fault.UNKNOWN));
    }

    @Test
    void shouldNotLetAFlippedLengthOfTheFileHeaderHideRecords() throws IOException {
        journal.write(1, 300);
        for (int bit = 0; bit < 32; bit++) {
            JournalFixture.flip(journal.files().get(0), bit / 8, bit % 8);
            VerifyReport report = Verify.run(dir);
            assertThat(report.records()).as("bit %d", bit).isEqualTo(300);
            // bit 1 vanishes in the alignment of the next document
            assertThat(report.faults().isEmpty()).as("bit %d", bit).isEqualTo(bit == 1);
            JournalFixture.flip(journal.files().get(0), bit / 8, bit % 8);
        }
    }

    @Test
    void shouldFindATruncatedFile() throws IOException {
        journal.write(2, 10);
        Place fifth = journal.places().get(4);
        JournalFixture.truncate(fifth.file(), fifth.offset() + 50);

        List<Fault> faults = faults();

        assertThat(faults.get(0))
                .isEqualTo(new Fault(fifth.file(), fifth.offset(), FaultKind.CUT_OFF, 5, Fault.UNKNOWN));
        assertThat(faults.get(1).kind()).isEqualTo(FaultKind.GAP);
        assertThat(faults.get(1).found()).isEqualTo(11);
    }

    @Test
    void shouldFindANewestFileTruncatedBetweenTwoRecords() throws IOException {
        journal.write(2, 10);
        Place fifteenth = journal.places().get(14);
        JournalFixture.truncate(fifteenth.file(), fifteenth.offset());

        assertThat(faults())
                .containsExactly(new Fault(fifteenth.file(), fifteenth.offset(), FaultKind.CUT_OFF, 15, Fault.UNKNOWN));
    }

    @Test
    void shouldFindAMissingFile() throws IOException {
        journal.write(3, 10);
        Files.delete(journal.files().get(1));

        List<Fault> faults = faults();

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).kind()).isEqualTo(FaultKind.GAP);
        assertThat(faults.get(0).expected()).isEqualTo(11);
        assertThat(faults.get(0).found()).isEqualTo(21);
    }

    @Test
    void shouldFindThatTheOldestFileWasDeletedBySomebodyElseThanRetention() throws IOException {
        journal.write(3, 10);
        DeletedMark.raise(dir, 0);
        Files.delete(journal.files().get(0));
        assertThat(faults())
                .extracting(Fault::kind, Fault::expected, Fault::found)
                .containsExactly(tuple(FaultKind.GAP, 1L, 11L));

        DeletedMark.raise(dir, 10);
        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldFindNothingWrongWhenRetentionWasKilledBeforeItDeleted() throws IOException {
        journal.write(3, 10);
        DeletedMark.raise(dir, 10);
        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldTellWhichRecordsTheOldestFileHasLostAtItsBeginning() throws IOException {
        journal.write(2, 10);
        Place fifth = journal.places().get(4);
        DeletedMark.raise(dir, 0);
        JournalFixture.zero(fifth.file(), 0, (int) fifth.offset());

        List<Fault> faults = faults();

        assertThat(faults)
                .containsExactly(
                        new Fault(fifth.file(), 0, FaultKind.HOLE, 1, Fault.UNKNOWN),
                        new Fault(fifth.file(), fifth.offset(), FaultKind.GAP, 1, 5));
    }

    @Test
    void shouldFindAFileThatIsThereTwice() throws IOException {
        journal.write(2, 10);
        Files.copy(journal.files().get(0), dir.resolve("20301231-2359.cq4"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(faults()).extracting(Fault::kind).containsExactly(FaultKind.BACKWARDS);
    }

    @Test
    void shouldFindForeignAndDiscardedFiles() throws IOException {
        journal.write(1, 10);
        Path foreign = Files.writeString(dir.resolve("x.cq4"), "x");
        Path discarded = Files.writeString(dir.resolve("20221107-0742.cq4.discard"), "x");
        Path renamed = Files.writeString(dir.resolve("20221107-0742.cq4.old"), "x");

        assertThat(faults())
                .containsExactly(
                        Fault.ofFile(discarded, FaultKind.DISCARDED),
                        Fault.ofFile(renamed, FaultKind.FOREIGN),
                        Fault.ofFile(foreign, FaultKind.FOREIGN));
    }

    @Test
    void shouldTakeAnUnfinishedDocumentAtTheEndForNoFault() throws IOException {
        journal.write(1, 10);
        Place last = journal.places().get(9);
        // a header is written last: 0 until then
        JournalFixture.zero(last.file(), last.offset(), 4);

        assertThat(faults()).isEmpty();
        assertThat(Verify.run(dir).records()).isEqualTo(9);
    }

    @Test
    void shouldLocateAnySeededMutationAndStillReadTheRest() throws IOException {
        journal.write(2, 50);
        List<Place> places = journal.places();
        byte[] good = Files.readAllBytes(places.get(0).file());
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            Place place = places.get(1 + random.nextInt(48));
            byte[] bad = good.clone();
            int from = (int) place.offset() + random.nextInt(150);
            for (int at = from; at < from + 1 + random.nextInt(300); at++) {
                bad[at] = (byte) random.nextInt();
            }
            Files.write(place.file(), bad);
            assertDamageIsContained(places, bad, good);
        }
    }

    private void assertDamageIsContained(List<Place> places, byte[] bad, byte[] good) {
        List<Long> untouched = new ArrayList<>();
        for (Place place : places) {
            if (!place.file().equals(places.get(0).file()) || isUntouched(place, bad, good)) {
                untouched.add(place.sequence());
            }
        }
        List<Long> read = journal.places().stream().map(Place::sequence).toList();
        assertThat(read).isEqualTo(untouched);
        assertThat(faults().isEmpty()).isEqualTo(untouched.size() == 100);
    }

    private static boolean isUntouched(Place place, byte[] bad, byte[] good) {
        int at = (int) place.offset();
        int length = 2 * RollFileScanner.HEADER_BYTES + RecordLayout.intAt(good, at + RollFileScanner.HEADER_BYTES);
        return LongStream.range(at, at + length).allMatch(i -> bad[(int) i] == good[(int) i]);
    }

    @Test
    void shouldSayThatThereIsNoSuchDirectory() {
        assertThatThrownBy(() -> Verify.run(dir.resolve("none")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("no such directory");
    }

    private void register(String name, long next) {
        try (TailerRegistration registration = TailerRegistration.take(dir, name)) {
            registration.save(next);
        }
    }

    private List<String> tailerFaults() {
        VerifyReport report = Verify.run(dir);
        assertThat(report.faults()).isEmpty();
        assertThat(report.clean()).isEqualTo(report.tailerFaults().isEmpty());
        return report.tailerFaults().stream().map(TailerFault::message).toList();
    }

    @Test
    void shouldFindNothingWrongWithTailersAtEitherEnd() {
        journal.write(2, 10);
        register("first", 1);
        register("last", 21);
        assertThat(tailerFaults()).isEmpty();
    }

    @Test
    void shouldNameATailerThatHasReadFurtherThanTheJournalReaches() throws IOException {
        journal.write(2, 10);
        register("billing", 21);
        Files.delete(journal.files().get(1));
        assertThat(tailerFaults())
                .singleElement()
                .asString()
                .contains(
                        "tailer billing: has read up to record 20",
                        "the last one here is 10",
                        "numbers new records from 21");
    }

    @Test
    void shouldNameATailerOfAnEmptyJournal() {
        register("begun", 1);
        assertThat(tailerFaults()).isEmpty();
        register("billing", 7);
        assertThat(tailerFaults())
                .singleElement()
                .asString()
                .contains("has read up to record 6, but the last one here is 0");
    }

    @Test
    void shouldNameATailerWhoseNextRecordIsNoLongerKept() throws IOException {
        journal.write(3, 10);
        register("billing", 5);
        register("next", 11);
        DeletedMark.raise(dir, 10);
        Files.delete(journal.files().get(0));
        assertThat(tailerFaults())
                .singleElement()
                .asString()
                .contains("tailer billing: goes on at record 5, but the oldest one kept is 11", "--skip-missed");
    }

    @Test
    void shouldNameATailerWhosePositionIsDamaged() throws IOException {
        register("billing", 5);
        Files.writeString(dir.resolve("tailers").resolve("billing.position"), "x");
        assertThat(tailerFaults()).singleElement().asString().contains("tailer billing: its position is damaged");
        journal.write(1, 10);
        assertThat(tailerFaults()).singleElement().asString().contains("tailer billing: its position is damaged");
    }

    @Test
    void shouldNotBlameTailersThatMoveOrAreForgottenWhileItReads() {
        TailerPosition at5 = new TailerPosition("a", 5);
        TailerPosition at25 = new TailerPosition("a", 25);
        assertThat(TailerFault.find(List.of(at5), List.of(at25), 11, 20)).isEmpty();
        assertThat(TailerFault.find(List.of(at5), List.of(), 11, 20)).isEmpty();
        assertThat(TailerFault.find(List.of(), List.of(at25), 11, 20)).isEmpty();
    }
}
