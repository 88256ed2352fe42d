package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.FileWindow.ReadCall;
import io.headcount.journal.JournalFixture.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not give some pages of a file. */
final class UnreadablePagesTest {
    private static final int PAGE = 4096;

    @TempDir
    private Path dir;

    private JournalFixture journal;
    private List<Place> places;
    private final Set<Long> broken = new TreeSet<>();
    private final Map<Long, Integer> asked = new TreeMap<>();

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(1, 400);
        places = journal.places();
    }

    /** As Linux does: what comes before the page is given, and only then the error. */
    private int read(FileChannel file, ByteBuffer into, long at) throws IOException {
        long page = at / PAGE;
        if (broken.contains(page)) {
            asked.merge(page, 1, Integer::sum);
            throw new IOException("Input/output error");
        }
        for (long next = page + 1; next * PAGE < at + into.remaining(); next++) {
            if (broken.contains(next)) {
                into.limit(into.position() + (int) (next * PAGE - at));
            }
        }
        return file.read(into, at);
    }

    private VerifyReport verify() {
        return verify(this::read);
    }

    private VerifyReport verify(ReadCall call) {
        return Verify.run(dir, null, call);
    }

    private List<Place> touching(long page) throws IOException {
        List<Place> touching = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            long end = i + 1 < places.size()
                    ? places.get(i + 1).offset()
                    : places.get(i).offset() + PAGE;
            if (places.get(i).offset() < (page + 1) * PAGE && end > page * PAGE) {
                touching.add(places.get(i));
            }
        }
        return touching;
    }

    @Test
    void shouldTellThePageAndGoOnBehindIt() throws IOException {
        long page = places.get(200).offset() / PAGE;
        broken.add(page);
        List<Place> lost = touching(page);

        VerifyReport report = verify();

        assertThat(report.records()).isEqualTo(400 - lost.size());
        assertThat(report.lastSequence()).isEqualTo(400);
        Place first = lost.get(0);
        assertThat(report.faults().get(0))
                .isEqualTo(
                        new Fault(first.file(), first.offset(), FaultKind.UNREADABLE, first.sequence(), Fault.UNKNOWN));
        assertThat(report.faults().get(0).message()).contains("can't be read from the disk (expected sequence ");
        Fault gap = report.faults().get(report.faults().size() - 1);
        assertThat(gap.kind()).isEqualTo(FaultKind.GAP);
        assertThat(gap.found()).isEqualTo(lost.get(lost.size() - 1).sequence() + 1);
    }

    @Test
    void shouldLoseWithAnyOnePageNothingButItsRecords() throws IOException {
        long last = places.get(399).offset() / PAGE;
        for (long page = 0; page <= last; page++) {
            broken.clear();
            broken.add(page);

            VerifyReport report = verify();

            assertThat(report.records())
                    .as("page %d", page)
                    .isEqualTo(400 - touching(page).size());
            assertThat(report.faults())
                    .as("page %d", page)
                    .extracting(Fault::kind)
                    .contains(FaultKind.UNREADABLE);
        }
    }

    @Test
    void shouldTellAPageBehindTheLastRecordThatMayHoldMore() throws IOException {
        long behind = places.get(399).offset() / PAGE + 10;
        broken.add(behind);

        VerifyReport report = verify();

        assertThat(report.records()).isEqualTo(400);
        assertThat(report.faults())
                .containsExactly(
                        new Fault(places.get(399).file(), behind * PAGE, FaultKind.UNREADABLE, 401, Fault.UNKNOWN));
    }

    @Test
    void shouldFindTheEndWithoutPagesBehindTheEndMark() {
        journal.write(1, 10); // puts the end mark into the first file
        journal.files().get(1).toFile().delete();
        long mark = places.get(399).offset() / PAGE;
        broken.add(mark + 2);
        assertThat(JournalEnd.find(dir, this::read).sequence()).isEqualTo(400);

        broken.add(mark - 2);
        assertThatThrownBy(() -> JournalEnd.find(dir, this::read))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("at " + (mark - 2) * PAGE);
    }

    @Test
    void shouldInsistOnPagesBehindTheLastRecordWhereNoEndMarkIs() throws IOException {
        long last = places.get(399).offset();
        broken.add(last / PAGE + 2);
        JournalFixture.zero(places.get(399).file(), endOf(last), 4); // in case the close has left one
        assertThatThrownBy(() -> JournalEnd.find(dir, this::read))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("at " + (last / PAGE + 2) * PAGE);
    }

    private long endOf(long document) throws IOException {
        try (RollFileScanner scanner =
                new RollFileScanner(RollFile.of(places.get(0).file()))) {
            scanner.moveTo(document);
            scanner.next();
            return scanner.position();
        }
    }

    @Test
    void shouldTellAFileOfWhichNothingCanBeReadAndReadTheNext() {
        journal.write(1, 10);
        long used = places.get(399).offset() + PAGE;
        for (long page = 0; page * PAGE < used; page++) {
            broken.add(page);
        }

        VerifyReport report = verify((file, into, at) -> isFirst(file) ? read(file, into, at) : file.read(into, at));

        assertThat(report.records()).isEqualTo(10);
        assertThat(report.faults().get(0))
                .isEqualTo(new Fault(journal.files().get(0), 0, FaultKind.UNREADABLE, Fault.UNKNOWN, Fault.UNKNOWN));
    }

    private boolean isFirst(FileChannel file) throws IOException {
        ByteBuffer here = ByteBuffer.allocate(RecordLayout.MAX_BYTES);
        file.read(here, 0);
        byte[] first = Files.readAllBytes(journal.files().get(0));
        return here.flip().equals(ByteBuffer.wrap(first, 0, here.limit()));
    }

    @Test
    void shouldTellEachPlaceOnceHoweverOftenAFollowerLooks() {
        long page = places.get(399).offset() / PAGE;
        broken.add(page);
        broken.add(page + 20);
        List<Fault> faults = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(dir, faults::add, this::read)) {
            for (int look = 0; look < 5; look++) {
                while (reader.nextBeforeEnd()) {
                    assertThat(reader.offset()).isLessThan(page * PAGE);
                }
            }
        }
        assertThat(faults).doesNotHaveDuplicates().hasSizeBetween(1, 2);
        assertThat(faults).extracting(Fault::kind).containsOnly(FaultKind.UNREADABLE);
    }

    @Test
    void shouldTryAPageTwiceAndNoMore() {
        long page = places.get(200).offset() / PAGE;
        broken.add(page);

        verify();

        assertThat(asked).containsExactly(Map.entry(page, 2));
    }

    @Test
    void shouldForgiveADiskThatGivesThePageTheSecondTime() {
        broken.add(2L); // of the index: a record would be read again anyway
        VerifyReport report = verify((file, into, at) -> {
            try {
                return read(file, into, at);
            } catch (IOException once) {
                broken.clear();
                throw once;
            }
        });

        assertThat(report).isEqualTo(new VerifyReport(1, 400, 0, 1, 400, List.of(), List.of()));
    }

    @Test
    void shouldNotTakeAClosedFileForABrokenDisk() {
        assertThatThrownBy(() -> verify((file, into, at) -> {
                    throw new ClosedChannelException();
                }))
                .hasCauseInstanceOf(ClosedChannelException.class);
    }
}
