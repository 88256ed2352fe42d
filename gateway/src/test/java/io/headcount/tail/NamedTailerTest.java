package io.headcount.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.Fault;
import io.headcount.journal.FaultKind;
import io.headcount.journal.JournalException;
import io.headcount.journal.JournalFixture;
import io.headcount.journal.JournalWriter;
import io.headcount.journal.TailerPosition;
import io.headcount.journal.TailerRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedTailerTest {
    @TempDir
    private Path dir;

    private JournalFixture journal;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
    }

    /** Keeps what it is told; fails at one record while it is told to. */
    private static class Recording implements TailListener {
        final List<Long> ends = new CopyOnWriteArrayList<>();
        final List<Fault> faults = new CopyOnWriteArrayList<>();
        long failingAt;
        int batches;

        @Override
        public void onCount(CountRow row) {
            if (row.head().sequence() == failingAt) {
                throw new IllegalStateException("no");
            }
        }

        @Override
        public void onDamage(Fault fault) {
            faults.add(fault);
        }

        @Override
        public void onRecordEnd(long sequence) {
            ends.add(sequence);
        }

        @Override
        public void onBatchEnd() {
            batches++;
        }
    }

    private final Recording seen = new Recording();

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private NamedTailer open() {
        return NamedTailer.open(dir, "billing", StartAt.start());
    }

    private void drain() {
        try (NamedTailer tailer = open()) {
            tailer.drain(seen);
        }
    }

    private long position() {
        return TailerRegistry.list(dir).get(0).next();
    }

    @Test
    void shouldGoOnWhereItStopped() {
        journal.write(2, 10);
        drain();
        journal.write(2, 10);
        drain();

        assertThat(seen.ends).isEqualTo(range(1, 40));
        assertThat(position()).isEqualTo(41);
    }

    @Test
    void shouldBeginAtTheEndTheFirstTimeOnly() {
        journal.write(2, 10);
        NamedTailer.open(dir, "billing", StartAt.end()).close();
        journal.write(1, 3);
        try (NamedTailer tailer = NamedTailer.open(dir, "billing", StartAt.end())) {
            tailer.drain(seen);
        }
        assertThat(seen.ends).isEqualTo(range(21, 23));
    }

    @Test
    void shouldDeliverAgainWhatTheConsumerHasNotTaken() {
        journal.write(1, 10);
        try (NamedTailer tailer = open()) {
            assertThat(tailer.poll(seen, 3)).isEqualTo(3);
            seen.failingAt = 6;
            assertThatThrownBy(() -> tailer.drain(seen)).hasMessage("no");
            assertThat(position()).isEqualTo(4);
            assertThat(tailer.position()).isEqualTo(4);

            seen.failingAt = 0;
            assertThat(tailer.drain(seen)).isEqualTo(7);
        }
        assertThat(seen.ends).containsExactly(1L, 2L, 3L, 4L, 5L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(position()).isEqualTo(11);
    }

    @Test
    void shouldDeliverAgainInTheNextLifeWhatTheConsumerHasNotTaken() {
        journal.write(1, 10);
        seen.failingAt = 6;
        assertThatThrownBy(this::drain).hasMessage("no");
        seen.ends.clear();
        seen.failingAt = 0;

        drain();

        assertThat(seen.ends).isEqualTo(range(1, 10));
    }

    @Test
    void shouldNotMoveWhenABatchFails() {
        journal.write(1, 10);
        TailListener failing = new TailListener() {
            @Override
            public void onBatchEnd() {
                throw new IllegalStateException("disk full");
            }
        };
        try (NamedTailer tailer = open()) {
            assertThatThrownBy(() -> tailer.poll(failing, 5)).hasMessage("disk full");
        }
        assertThat(position()).isEqualTo(1);
    }

    @Test
    void shouldMoveAtLeastEvery1024Records() {
        journal.write(1, 3000);
        seen.failingAt = 2500;
        try (NamedTailer tailer = open()) {
            assertThatThrownBy(() -> tailer.drain(seen)).hasMessage("no");
            assertThat(tailer.position()).isBetween(2049L, 2500L);
        }
        assertThat(seen.batches).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldMoveWhileFollowingWithoutBeingStopped() throws InterruptedException {
        journal.write(1, 5);
        NamedTailer tailer = open();
        Thread thread = follow(tailer, new AtomicReference<>());
        await().until(() -> position() == 6);
        tailer.close();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private Thread follow(NamedTailer tailer, AtomicReference<Throwable> thrown) {
        Thread thread = new Thread(() -> tailer.follow(seen, () -> {}));
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        return thread;
    }

    @Test
    void shouldMoveOnAnInterrupt() throws InterruptedException {
        journal.write(1, 5);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (NamedTailer tailer = open()) {
            Thread thread = follow(tailer, thrown);
            await().until(() -> seen.ends.size() == 5);
            thread.interrupt();
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(position()).isEqualTo(6);
        }
        assertThat(thrown).hasNullValue();
    }

    @Test
    void shouldFollowOverRollsWhileReadFilesGo() throws InterruptedException {
        try (JournalWriter writer = journal.open()) {
            NamedTailer tailer = open();
            Thread thread = follow(tailer, new AtomicReference<>());
            for (int file = 0; file < 4; file++) {
                journal.append(writer, 5);
                long last = writer.lastSequence();
                await().until(() -> seen.ends.contains(last));
                journal.clock().pass(Duration.ofMinutes(1));
                List<Path> files = journal.files();
                delete(files.subList(0, files.size() - 1));
            }
            tailer.close();
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(seen.ends).isEqualTo(range(1, 20));
        assertThat(seen.faults).isEmpty();
        assertThat(position()).isEqualTo(21);
    }

    private static void delete(List<Path> files) {
        files.forEach(file -> assertThat(file.toFile().delete()).isTrue());
    }

    // missed records

    @Test
    void shouldSayWhatRetentionHasPassed() {
        journal.write(1, 10);
        try (NamedTailer tailer = open()) {
            tailer.poll(seen, 4);
        }
        journal.write(2, 10);
        delete(journal.files().subList(0, 2));

        assertThatThrownBy(this::drain).isInstanceOfSatisfying(MissedRecordsException.class, missed -> {
            assertThat(missed.firstMissed()).isEqualTo(5);
            assertThat(missed.lastMissed()).isEqualTo(20);
            assertThat(missed)
                    .hasMessageStartingWith("tailer billing: records 5 to 20 were deleted before it read them");
        });
        assertThat(position()).isEqualTo(5);
    }

    @Test
    void shouldSayWhatRetentionPassesBetweenListingAndOpening() throws IOException {
        journal.write(4, 10);
        List<Path> files = journal.files();
        try (NamedTailer tailer = open()) {
            tailer.poll(seen, 4);
            delete(files.subList(0, 2));
            Files.createSymbolicLink(files.get(1), Path.of("gone")); // listed, and gone when it is opened
            assertThatThrownBy(() -> tailer.drain(seen))
                    .isInstanceOf(MissedRecordsException.class)
                    .hasMessageContaining("records 11 to 20 were deleted");
            assertThat(position()).isEqualTo(11);
        }
    }

    @Test
    void shouldSayWhatRetentionPassesWhileReading() {
        journal.write(4, 10);
        try (NamedTailer tailer = open()) {
            tailer.poll(seen, 4);
            delete(journal.files().subList(0, 3));
            // the first file is open and stays readable
            assertThatThrownBy(() -> tailer.drain(seen))
                    .isInstanceOf(MissedRecordsException.class)
                    .hasMessageContaining("records 11 to 30 were deleted");
            assertThat(seen.ends).isEqualTo(range(1, 10));
            assertThat(position()).isEqualTo(11);
            assertThatThrownBy(() -> tailer.drain(seen)).isInstanceOf(MissedRecordsException.class);
        }
    }

    @Test
    void shouldPassOverMissedRecordsWhenToldTo() {
        journal.write(3, 10);
        NamedTailer.open(dir, "billing", StartAt.sequence(5)).close();
        delete(journal.files().subList(0, 1));
        try (NamedTailer tailer = NamedTailer.openSkippingMissed(dir, "billing", StartAt.start())) {
            tailer.drain(seen);
        }
        assertThat(seen.ends).isEqualTo(range(11, 30));
        assertThat(seen.faults).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(FaultKind.GAP);
            assertThat(gap.expected()).isEqualTo(5);
            assertThat(gap.found()).isEqualTo(11);
        });
    }

    @Test
    void shouldSetANewPosition() {
        journal.write(3, 10);
        drain();
        delete(journal.files().subList(0, 1));
        seen.ends.clear();
        try (NamedTailer tailer = NamedTailer.openAt(dir, "billing", StartAt.start())) {
            tailer.drain(seen);
        }
        assertThat(seen.ends).isEqualTo(range(11, 30));
    }

    @Test
    void shouldTellAGapInTheMiddleAsDamage() {
        journal.write(3, 10);
        delete(journal.files().subList(1, 2));
        drain();

        assertThat(seen.ends).hasSize(20);
        assertThat(seen.faults).extracting(Fault::kind).containsExactly(FaultKind.GAP);
    }

    @Test
    void shouldRefuseAPositionBehindTheEnd() throws IOException {
        journal.write(2, 10);
        drain();
        delete(journal.files().subList(1, 2));

        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("tailer billing is to go on at record 21, but the journal's last one is 10");
        NamedTailer.openAt(dir, "billing", StartAt.end()).close();
        assertThat(position()).isEqualTo(11);
    }

    @Test
    void shouldRefuseADamagedPositionUntilANewOneIsSet() throws IOException {
        journal.write(1, 10);
        drain();
        Files.writeString(dir.resolve("tailers/billing.position"), "headcount-tailer 1 5 00000000\n");

        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("is damaged");
        NamedTailer.openAt(dir, "billing", StartAt.sequence(5)).close();
        assertThat(position()).isEqualTo(5);
    }

    // names

    @Test
    void shouldLetSeveralNamesReadOnTheirOwn() {
        journal.write(2, 10);
        Recording other = new Recording();
        try (NamedTailer billing = open();
                NamedTailer audit = NamedTailer.open(dir, "audit", StartAt.start())) {
            billing.poll(seen, 15);
            audit.poll(other, 3);
        }
        assertThat(TailerRegistry.list(dir))
                .containsExactly(new TailerPosition("audit", 4), new TailerPosition("billing", 16));
    }

    @Test
    void shouldLetOneOnlyUseAName() {
        journal.write(1, 1);
        NamedTailer first = open();
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("in use by process");
        first.close();
        open().close();
    }

    @Test
    void shouldKeepItsNameUntilTheListenerHasReturned() {
        journal.write(1, 10);
        NamedTailer tailer = open();
        tailer.follow(
                new TailListener() {
                    @Override
                    public void onRecordEnd(long sequence) {
                        if (sequence == 4) {
                            tailer.close();
                            assertThatThrownBy(NamedTailerTest.this::open).isInstanceOf(JournalException.class);
                        }
                    }
                },
                () -> {});

        assertThat(position()).isEqualTo(5);
        open().close();
        assertThatThrownBy(() -> tailer.poll(seen, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldWaitForTheFirstRecord() {
        journal.open().close();
        try (NamedTailer tailer = open()) {
            assertThat(tailer.drain(seen)).isZero();
            assertThat(position()).isEqualTo(1);
            journal.write(1, 2);
            await().until(() -> tailer.drain(seen) > 0);
        }
        assertThat(seen.ends).isEqualTo(range(1, 2));
    }

    // lines

    @Test
    void shouldMoveOnceLinesAreHandedOn() throws IOException {
        journal.write(1, 5);
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (LineTail tail = print(gone)) {
            assertThatThrownBy(tail::run).hasMessage("Broken pipe");
        }
        assertThat(position()).isEqualTo(1);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LineTail tail = print(out)) {
            tail.run();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(5);
        assertThat(position()).isEqualTo(6);
    }

    private LineTail print(OutputStream out) throws IOException {
        return LineTail.of(open(), false, LineFormat.JSON, LineType.all(), out, new ArrayList<Fault>()::add);
    }
}
