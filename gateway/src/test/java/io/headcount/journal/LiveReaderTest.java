package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading while the journal is written: every record once, and no damage where there is none. */
class LiveReaderTest {
    private static final int POSTS = 60_000;

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
        Thread writing = new Thread(() -> {
            try (JournalWriter writer = journal.open()) {
                while (!stop.get()) {
                    journal.append(writer, 10);
                }
            }
        });
        journal.write(1, 10);
        writing.start();
        for (int round = 0; round < 20; round++) {
            faults.addAll(Verify.run(dir).faults().stream().map(Fault::message).toList());
        }
        stop.set(true);
        writing.join();
        assertThat(faults).isEmpty();
    }
}
