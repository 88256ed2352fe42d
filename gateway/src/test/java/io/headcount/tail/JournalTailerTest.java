package io.headcount.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.Fault;
import io.headcount.journal.FaultKind;
import io.headcount.journal.JournalFixture;
import io.headcount.journal.JournalWriter;
import io.headcount.journal.Posts;
import io.headcount.model.DeviceProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTailerTest {
    @TempDir
    private Path dir;

    private JournalFixture journal;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
    }

    /** Keeps everything. */
    private static final class Recording implements TailListener {
        final List<CountRow> counts = new CopyOnWriteArrayList<>();
        final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
        final List<Fault> faults = new CopyOnWriteArrayList<>();
        final List<Long> ends = new CopyOnWriteArrayList<>();

        @Override
        public void onCount(CountRow row) {
            counts.add(row);
        }

        @Override
        public void onHeartbeat(Heartbeat heartbeat) {
            heartbeats.add(heartbeat);
        }

        @Override
        public void onDamage(Fault fault) {
            faults.add(fault);
        }

        @Override
        public void onRecordEnd(long sequence) {
            ends.add(sequence);
        }
    }

    private final Recording seen = new Recording();

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldDeliverRowsWithTypedAccessors() {
        try (JournalWriter writer = journal.open()) {
            writer.onPost(Posts.vendor());
            writer.onPost(Posts.heartbeat());
        }
        try (JournalTailer tailer = JournalTailer.open(dir, StartAt.start())) {
            assertThat(tailer.drain(seen)).isEqualTo(2);
        }
        CountRow total = seen.counts.get(0);
        assertThat(total.counts()).isEqualTo(new Counts(2, 1, 0, 0));
        assertThat(total.deltas()).contains(new Counts(2, 1, 0, 0));
        assertThat(total.row().start()).isEqualTo(Instant.parse("2022-11-07T07:27:00Z"));
        assertThat(total.row().localStart(total.head())).contains(OffsetDateTime.parse("2022-11-07T15:27:00+08:00"));
        assertThat(total.head().transmitTime()).contains(Instant.parse("2022-11-07T07:42:00Z"));
        assertThat(total.head().identity()).isEqualTo("201000002209190025");
        assertThat(seen.counts).hasSize(3);
        assertThat(seen.heartbeats.get(0).properties())
                .isEqualTo(Map.of(
                        DeviceProperty.VERSION, "1",
                        DeviceProperty.HOST_NAME, "Cam-19773",
                        DeviceProperty.TIMEZONE, "8"));
        assertThat(seen.ends).containsExactly(1L, 2L);
    }

    @Test
    void shouldDeliverNoMoreThanAskedFor() {
        journal.write(1, 10);
        try (JournalTailer tailer = JournalTailer.open(dir, StartAt.start())) {
            assertThat(tailer.poll(seen, 4)).isEqualTo(4);
            assertThat(tailer.poll(seen, 100)).isEqualTo(6);
            assertThat(tailer.poll(seen, 100)).isZero();
        }
        assertThat(seen.ends).isEqualTo(range(1, 10));
    }

    @Test
    void shouldResumeAtARememberedNumber() {
        journal.write(3, 10);
        try (JournalTailer tailer = JournalTailer.open(dir, StartAt.sequence(15))) {
            tailer.drain(seen);
        }
        assertThat(seen.ends).isEqualTo(range(15, 30));
        assertThat(seen.faults).isEmpty();
    }

    @Test
    void shouldFollowFromTheEndOverRollsUntilClosed() throws InterruptedException {
        journal.write(2, 10);
        JournalTailer tailer = JournalTailer.open(dir, StartAt.end());
        Thread thread = new Thread(() -> tailer.follow(seen));
        thread.start();
        try (JournalWriter writer = journal.open()) {
            for (int file = 0; file < 3; file++) {
                journal.append(writer, 5);
                journal.clock().pass(Duration.ofMinutes(1));
                long last = writer.lastSequence();
                await().until(() -> seen.ends.contains(last));
            }
        }
        tailer.close();
        thread.join(10_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(seen.ends).isEqualTo(range(21, 35));
        assertThat(seen.faults).isEmpty();
    }

    @Test
    void shouldFollowAJournalThatDoesNotExistYet() throws InterruptedException {
        dir = dir.resolve("later");
        journal = new JournalFixture(dir, Roll.MINUTELY);
        JournalTailer tailer = JournalTailer.open(dir, StartAt.end());
        Thread thread = new Thread(() -> tailer.follow(seen));
        thread.start();
        journal.write(1, 3);

        await().until(() -> seen.ends.size() == 3);
        tailer.close();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void shouldEndFollowingOnAnInterrupt() throws InterruptedException {
        journal.write(1, 3);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (JournalTailer tailer = JournalTailer.open(dir, StartAt.start())) {
            Thread thread = new Thread(() -> tailer.follow(seen));
            thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
            thread.start();
            await().until(() -> seen.ends.size() == 3);
            thread.interrupt();
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(thrown).hasNullValue();
    }

    @Test
    void shouldCloseFromWithinAListener() {
        journal.write(1, 10);
        JournalTailer tailer = JournalTailer.open(dir, StartAt.start());

        tailer.follow(new TailListener() {
            @Override
            public void onRecordEnd(long sequence) {
                seen.onRecordEnd(sequence);
                if (sequence == 4) {
                    tailer.close();
                }
            }
        });

        assertThat(seen.ends).isEqualTo(range(1, 4));
    }

    @Test
    void shouldStandBehindTheRecordWhoseListenerThrew() {
        journal.write(1, 3);
        try (JournalTailer tailer = JournalTailer.open(dir, StartAt.start())) {
            assertThatThrownBy(() -> tailer.drain(new TailListener() {
                        @Override
                        public void onCount(CountRow row) {
                            throw new IllegalStateException("no");
                        }
                    }))
                    .hasMessage("no");
            tailer.drain(seen);
        }
        assertThat(seen.ends).containsExactly(2L, 3L);
    }

    @Test
    void shouldTellDamageAndDeliverTheRest() throws IOException {
        journal.write(3, 10);
        Files.delete(journal.files().get(1));
        try (JournalTailer tailer = JournalTailer.open(dir, StartAt.start())) {
            tailer.drain(seen);
        }
        assertThat(seen.ends).hasSize(20);
        assertThat(seen.faults).extracting(Fault::kind).containsExactly(FaultKind.GAP);
    }

    @Test
    void shouldSayWhetherPrintingMetDamage() throws IOException {
        journal.write(3, 10);
        Files.delete(journal.files().get(1));
        List<Fault> faults = new ArrayList<>();
        try (LineTail tail = print(new ByteArrayOutputStream(), false, faults)) {
            assertThat(tail.run()).isTrue();
        }
        assertThat(faults).hasSize(1);
    }

    private LineTail print(OutputStream out, boolean follow, List<Fault> faults) throws IOException {
        return LineTail.open(dir, StartAt.start(), follow, LineFormat.JSON, LineType.all(), out, faults::add);
    }

    @Test
    void shouldRefuseToPrintADirectoryThatIsNotThere() {
        dir = dir.resolve("none");
        assertThatThrownBy(() -> print(new ByteArrayOutputStream(), false, new ArrayList<>()))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("no such directory");
    }

    @Test
    void shouldPrintWhatComesAtOnceWhileFollowing() throws Exception {
        journal.write(1, 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineTail tail = print(out, true, new ArrayList<>());
        Thread thread = new Thread(() -> runQuietly(tail));
        thread.start();
        await().until(() -> out.toString(StandardCharsets.UTF_8).lines().count() == 2);
        journal.write(1, 1);
        await().until(() -> out.toString(StandardCharsets.UTF_8).lines().count() == 3);
        tail.close();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static void runQuietly(LineTail tail) {
        try {
            tail.run();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void shouldFailWhenTheReaderOfTheLinesHasGone() throws IOException {
        journal.write(1, 2);
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (LineTail tail = print(gone, false, new ArrayList<>())) {
            assertThatThrownBy(tail::run).isInstanceOf(IOException.class).hasMessage("Broken pipe");
        }
    }
}
