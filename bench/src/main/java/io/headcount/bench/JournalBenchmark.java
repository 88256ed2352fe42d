package io.headcount.bench;

import io.headcount.journal.JournalReader;
import io.headcount.journal.JournalWriter;
import io.headcount.model.Post;
import io.headcount.tail.CountRow;
import io.headcount.tail.JournalTailer;
import io.headcount.tail.StartAt;
import io.headcount.tail.TailListener;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The journal under {@code process}, in the directory for temporary files ({@code -jvmArgsAppend -Djava.io.tmpdir=DIR}): what
 * appending a post of three rows costs, and reading it back. The scores are per post. After each trial that appended, a line
 * {@code journal: N bytes per three-row post} tells how far the file grew.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar JournalBenchmark -prof gc
 * </pre>
 */
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class JournalBenchmark extends GatewayFork {
    private static final int BATCH = 256;
    private static final int DEVICES = 10_000;
    private static final int RECORDS = 50_000;

    /** A journal that is appended to; a new one for each iteration, so that it doesn't fill the disk. */
    @State(Scope.Thread)
    public static class Appending {
        private final ThreeRows posts = new ThreeRows(DEVICES);
        private ScratchJournal journal;
        private JournalWriter writer;
        private int device;
        private long minute;
        private double bytesPerPost;

        /** Begins a journal. */
        @Setup(Level.Iteration)
        public void setUp() throws IOException {
            journal = new ScratchJournal(new Telemetry());
            writer = journal.writer();
        }

        private void append() {
            device++;
            if (device == DEVICES) {
                device = 0;
                minute++;
            }
            Post post = posts.of(device, minute, 0);
            ThreeRows.settleAsNew(post);
            writer.onPost(post);
        }

        /** Deletes it. */
        @TearDown(Level.Iteration)
        public void tearDown() throws IOException {
            bytesPerPost = journal.bytesPerRecord();
            journal.close();
        }

        /** Tells what a post took; a run of a single post can't. */
        @TearDown(Level.Trial)
        public void tell() {
            if (!Double.isNaN(bytesPerPost)) {
                System.out.println(String.format(Locale.ROOT, "journal: %.1f bytes per three-row post", bytesPerPost));
            }
        }
    }

    /** A journal that is read, from its beginning again when it ends. */
    @State(Scope.Thread)
    public static class Reading {
        private final Post post = new Post();
        private final Counting counting = new Counting();
        private ScratchJournal journal;
        private JournalReader reader;
        private JournalTailer tailer;

        /** Writes it. */
        @Setup
        public void setUp() throws IOException {
            Appending appending = new Appending();
            appending.setUp();
            for (int i = 0; i < RECORDS; i++) {
                appending.append();
            }
            appending.writer.onBatchEnd();
            journal = appending.journal;
            openReader();
            openTailer();
        }

        private void openReader() {
            reader = JournalReader.open(journal.dir(), fault -> {
                throw new IllegalStateException("The journal is damaged: " + fault);
            });
        }

        private void openTailer() {
            tailer = JournalTailer.open(journal.dir(), StartAt.start());
        }

        private Post next() {
            if (!reader.next()) {
                reader.close();
                openReader();
                reader.nextBeforeEnd();
            }
            reader.decode(post);
            return post;
        }

        private void poll(int records) {
            int left = records;
            while (left > 0) {
                int read = tailer.poll(counting, left);
                left -= read;
                if (read == 0) {
                    tailer.close();
                    openTailer();
                }
            }
        }

        /** Deletes it. */
        @TearDown
        public void tearDown() throws IOException {
            reader.close();
            tailer.close();
            journal.close();
        }
    }

    /** Appends one post and ends the batch. */
    @Benchmark
    public void append(Appending state) {
        state.append();
        state.writer.onBatchEnd();
    }

    /** Appends 256 posts in one batch; per post. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void appendBatch(Appending state) {
        for (int i = 0; i < BATCH; i++) {
            state.append();
        }
        state.writer.onBatchEnd();
    }

    /** Reads a record and decodes it into a post, which is used again. */
    @Benchmark
    public Post read(Reading state) {
        return state.next();
    }

    /** Reads 256 records through the tailer that consumers use, which makes an object of each row; per record. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long tail(Reading state) {
        state.poll(BATCH);
        return state.counting.enters;
    }

    private static final class Counting implements TailListener {
        private long enters;

        @Override
        public void onCount(CountRow row) {
            enters += row.counts().enters();
        }
    }
}
