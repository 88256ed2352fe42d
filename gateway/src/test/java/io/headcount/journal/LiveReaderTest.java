package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading while the journal is written: every record once, and no damage where there is none. */
class LiveReaderTest {
    private static final int POSTS = 60_000;
    private static final int BATCHES_A_ROUND = 2_000;

    @TempDir
    private Path dir;

    private JournalFixture journal;
    private final List<String> faults = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.HOURLY);
    }

    private void readAll(JournalReader reader) {
        while (reader.next()) {
            sequences.add(reader.sequence());
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void shouldNotStepOverRecordsThatCameBetweenTwoLooks() {
        try (JournalWriter writer = journal.open();
                JournalReader reader = JournalReader.open(dir, fault -> faults.add(fault.message()))) {
            journal.append(writer, 5);
            readAll(reader);
            journal.append(writer, 5);
            reader.lookFurther();
            readAll(reader);
        }
        assertThat(sequences).isEqualTo(upTo(10));
        assertThat(faults).isEmpty();
    }

    /** A kill at a roll leaves the next file without a header. The next start deletes it, and goes on in the one before or makes it anew. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldLeaveAFileThatTheNextStartDeletes(int hoursUntilTheStart) throws IOException {
        try (JournalWriter writer = journal.open()) {
            journal.append(writer, 3);
        }
        Path unborn = Files.createFile(dir.resolve("20221107-08F.cq4"));
        try (JournalReader reader = JournalReader.open(dir, fault -> faults.add(fault.message()))) {
            awaitRecords(reader, () -> unborn.equals(reader.file()));
            journal.clock().pass(Duration.ofHours(hoursUntilTheStart));
            try (JournalWriter writer = journal.open()) {
                journal.append(writer, 2);
                awaitRecords(reader, () -> sequences.size() >= 5);
                journal.clock().pass(Duration.ofHours(1));
                journal.append(writer, 2);
                awaitRecords(reader, () -> sequences.size() >= 7);
            }
        }
        assertThat(sequences).isEqualTo(upTo(7));
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldReadFromTheFirstRecordWhenTheOnlyFileIsLeftUnborn() throws IOException {
        journal.open().close();
        for (Path file : journal.files()) {
            Files.delete(file);
        }
        Path unborn = Files.createFile(dir.resolve("20221107-07F.cq4"));
        try (JournalReader reader = JournalReader.open(dir, fault -> faults.add(fault.message()))) {
            awaitRecords(reader, () -> unborn.equals(reader.file()));
            try (JournalWriter writer = journal.open()) {
                journal.append(writer, 2);
                awaitRecords(reader, () -> sequences.size() >= 2);
            }
        }
        assertThat(sequences).isEqualTo(upTo(2));
        assertThat(faults).isEmpty();
    }

    private void awaitRecords(JournalReader reader, BooleanSupplier enough) {
        Awaitility.await().until(() -> {
            readAll(reader);
            reader.lookFurther();
            return enough.getAsBoolean();
        });
    }

    @Test
    void shouldNotStepOverTheNextRecordWhenAPlaceIsSought() throws IOException {
        try (JournalWriter writer = journal.open()) {
            journal.append(writer, 5);
            try (RollFileScanner scanner =
                    new RollFileScanner(JournalDirectory.rollFiles(dir).get(0))) {
                while (scanner.next() == RollFileScanner.Step.RECORD) {
                    sequences.add(scanner.sequence());
                }
                journal.append(writer, 5);
                assertThat(scanner.moveToRecord()).isTrue();
                assertThat(scanner.sequence()).isEqualTo(6);
            }
        }
    }

    @Test
    void shouldReadEveryRecordOnceBesideABusyWriter() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread writing = new Thread(() -> {
            try (JournalWriter writer = journal.open()) {
                for (int batch = 0; batch < POSTS / 10; batch++) {
                    journal.append(writer, 10);
                }
            } finally {
                done.set(true);
            }
        });
        writing.start();
        try (JournalReader reader = JournalReader.open(dir, fault -> faults.add(fault.message()))) {
            while (!done.get()) {
                readAll(reader);
                reader.lookFurther();
            }
            writing.join();
            while (reader.nextBeforeEnd()) {
                sequences.add(reader.sequence());
            }
        }
        assertThat(faults).isEmpty();
        assertThat(sequences).isEqualTo(upTo(POSTS));
    }

    @Test
    void shouldVerifyAJournalThatIsBeingWrittenWithoutInventingFaults() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Semaphore batches = new Semaphore(0); // a writer without a bound would be followed without an end
        Thread writing = new Thread(() -> {
            try (JournalWriter writer = journal.open()) {
                batches.acquireUninterruptibly();
                while (!stop.get()) {
                    journal.append(writer, 10);
                    batches.acquireUninterruptibly();
                }
            }
        });
        journal.write(1, 10);
        writing.start();
        for (int round = 0; round < 20; round++) {
            batches.release(BATCHES_A_ROUND);
            faults.addAll(Verify.run(dir).faults().stream().map(Fault::message).toList());
        }
        stop.set(true);
        batches.release();
        writing.join();
        assertThat(faults).isEmpty();
    }
}
