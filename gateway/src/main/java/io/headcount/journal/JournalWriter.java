package io.headcount.journal;

import io.headcount.config.InvalidSetting;
import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.journal.FileGuard.Appending;
import io.headcount.model.Post;
import io.headcount.ring.PostStage;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends one record per post that changed something and numbers the records. Opened and closed by main, in between
 * hc-pipeline. Post with verdicts -> record.
 *
 * <p>Sequence numbers begin at 1 and have no gaps; after a restart they go on behind the greatest number found. Whatever it
 * throws is final: nothing is known about the record then, and the gateway has to stop without acknowledging it.
 */
public final class JournalWriter implements PostStage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int OPENING_ATTEMPTS = 3;

    private final JournalConfig config;
    private final Telemetry telemetry;
    private final JournalLock lock;
    private final JournalQueue queue;
    private final BatchBarrier barrier;
    private final Appending newest; // at start, or null
    private final RecordEncoder encoder = new RecordEncoder();

    /**
     * A roll file that nothing is appended to any more.
     *
     * @param end where its end mark stands, bytes
     */
    record RolledFile(Path file, long end) {}

    // written by hc-pipeline
    private long sequence;
    private long newestStart;
    private File file;
    private boolean metDisk; // in this batch

    // written by hc-pipeline, read by hc-disk
    private volatile Appending appending;
    private volatile RolledFile rolled;
    private final AtomicLong writtenTo = new AtomicLong();
    private volatile Runnable onNewFile = () -> {}; // written before the first post

    private JournalWriter(
            JournalConfig config,
            Telemetry telemetry,
            JournalLock lock,
            JournalQueue queue,
            BatchBarrier barrier,
            JournalEnd end) {
        this.config = config;
        this.telemetry = telemetry;
        this.lock = lock;
        this.queue = queue;
        this.barrier = barrier;
        this.newest = end.newest();
        this.sequence = end.sequence();
        this.newestStart = end.newestStart();
    }

    /**
     * Takes the journal's lock, finds its end and opens it for appending.
     *
     * @param clock the wall clock; chooses the roll file and may be set back
     * @throws JournalException when another gateway has it, it can't be read or written, or it holds a foreign file
     * @throws InvalidSetting when it was made with another {@code journal.roll}
     */
    public static JournalWriter open(JournalConfig config, Clock clock, Telemetry telemetry) {
        return open(config, clock, System::nanoTime, telemetry);
    }

    static JournalWriter open(JournalConfig config, Clock clock, LongSupplier nanos, Telemetry telemetry) {
        return open(config, clock, nanos, telemetry, ForceCalls.SYSTEM);
    }

    static JournalWriter open(
            JournalConfig config, Clock clock, LongSupplier nanos, Telemetry telemetry, ForceCalls calls) {
        JournalLock lock = JournalLock.take(config.dir());
        boolean opened = false;
        try {
            JournalDirectory.requireUsable(config.dir(), config.roll());
            JournalDirectory.tellStrangers(config.dir());
            if (config.durability() == Durability.POWER) {
                preparePower(config, calls);
            }
            JournalWriter writer = openLocked(config, clock, nanos, telemetry, lock, calls);
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static void preparePower(JournalConfig config, ForceCalls calls) {
        if (calls == ForceCalls.SYSTEM) {
            PowerStart.requireDisk(config.dir());
        }
        PowerStart.forceAll(config.dir(), calls);
    }

    private static JournalWriter openLocked(
            JournalConfig config,
            Clock clock,
            LongSupplier nanos,
            Telemetry telemetry,
            JournalLock lock,
            ForceCalls calls) {
        for (int attempt = 1; ; attempt++) {
            JournalEnd end = JournalEnd.find(config.dir()).behind(TailerRegistry.list(config.dir()));
            try {
                JournalQueue queue = openQueue(config, clock, nanos, end);
                return new JournalWriter(
                        config, telemetry, lock, queue, BatchBarrier.of(config, calls, telemetry), end);
            } catch (JournalException damage) {
                JournalDirectory.requireWritable(config.dir());
                // the file header and the index have no checksum: only Chronicle can tell that it stumbles over them
                if (attempt == OPENING_ATTEMPTS || !JournalDirectory.setNewestAside(config.dir())) {
                    throw damage;
                }
                LOG.error(
                        "journal {}: its newest file is set aside and read, but not appended to", config.dir(), damage);
            }
        }
    }

    private static JournalQueue openQueue(JournalConfig config, Clock clock, LongSupplier nanos, JournalEnd end) {
        long lengthMs = RollFile.lengthMs(config.roll());
        MonotonicTimeProvider time = new MonotonicTimeProvider(clock, nanos, lengthMs, end.openMs());
        return JournalQueue.open(config.dir(), config.roll(), time, end.openMs());
    }

    /**
     * Reads back what the ledger needs to know again: every row whose window starts after {@code nowMs - windowMs}, and what was received
     * since. Before the first post; may take a while, and logs its progress. Damage is logged and gone around.
     *
     * @param nowMs the clock, epoch ms
     * @param windowMs the ledger's window
     * @param visitor takes the posts in order, each valid during the call only
     * @param stopAsked ends it within half a second once it says so; asked again and again, on this thread
     */
    public ReplayReport replay(long nowMs, long windowMs, PostVisitor visitor, BooleanSupplier stopAsked) {
        return new Replay(config.dir()).run(nowMs, windowMs, visitor, stopAsked);
    }

    /** What was done to the file of the journal's lock; null while it is where it was. Any thread. */
    String lockFault() {
        return lock.fault();
    }

    /** The last record's sequence number, 0 when there is none. hc-pipeline, or whoever stopped it. */
    public long lastSequence() {
        return sequence;
    }

    @Override
    public void onPost(Post post) {
        if (RecordEncoder.needsRecord(post)) {
            append(post);
        } else {
            telemetry.count(Metric.JOURNAL_SKIPS);
        }
    }

    private void append(Post post) {
        int length = encoder.encode(post, sequence + 1, newestStart);
        if (!metDisk) {
            lock.touch();
            metDisk = true;
        }
        appendOrSetAside(length);
        goTo(queue.currentFile(), queue.writtenTo());
        barrier.onAppend(file);
        sequence++;
        post.sequence(sequence);
        newestStart = JournalEnd.newestStartAfter(newestStart, post.rows());
        telemetry.count(Metric.JOURNAL_APPENDS);
        telemetry.count(Metric.JOURNAL_BYTES, length);
    }

    private void goTo(File current, long end) {
        long before = writtenTo.getPlain();
        writtenTo.setRelease(end);
        if (!current.equals(file)) {
            if (file != null) {
                rolled = new RolledFile(file.toPath(), before);
            }
            file = current;
            appending = new Appending(current.toPath(), sequence + 1, current.length());
            onNewFile.run();
        }
    }

    /** Sets what is called on hc-pipeline when {@link #appending()} has changed; it must not block. */
    void onNewFile(Runnable listener) {
        onNewFile = listener;
    }

    /** What is being appended to, null before the first record of this life. Any thread. */
    Appending appending() {
        return appending;
    }

    /** What must not be taken away: {@link #appending()}, before that the newest file; null in an empty journal. Any thread. */
    Appending guarded() {
        Appending now = appending;
        return now == null ? newest : now;
    }

    /**
     * Where the last record ends, bytes: in {@link #appending()}, or for a moment in the file that comes behind it. Any thread.
     */
    long writtenTo() {
        return writtenTo.getAcquire();
    }

    /** The file that was finished last by this life, null before. Any thread. */
    RolledFile rolled() {
        return rolled;
    }

    private void appendOrSetAside(int length) {
        try {
            queue.append(encoder.bytes(), length);
        } catch (RuntimeException | Error failed) {
            setFileAside(failed);
            throw failed;
        }
    }

    // a damaged index would fail every life anew, after a few hundred records; the next life begins another file
    private void setFileAside(Throwable failed) {
        try {
            JournalDirectory.setNewestAside(config.dir());
        } catch (RuntimeException notListed) {
            failed.addSuppressed(notListed);
        }
    }

    @Override
    public void onBatchEnd() {
        metDisk = false;
        barrier.settle();
    }

    @Override
    public void close() {
        try (lock;
                queue) {
            barrier.close();
        }
    }
}
