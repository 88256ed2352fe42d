package io.headcount.quarantine;

import io.headcount.config.QuarantineConfig;
import io.headcount.model.RefusalReason;
import io.headcount.model.RefusedBody;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bodies of refused posts. Any thread offers them; hc-quarantine masks and writes them, one after the other. Nothing of
 * it holds intake up: what can't be kept is counted and let go. body -> file.
 */
public final class Quarantine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final long LOOK_PERIOD_MS = 60_000;
    private static final long STOP_MS = 5_000;
    private static final long NS_BETWEEN_COMPLAINTS = TimeUnit.MINUTES.toNanos(1);

    private final Path dir;
    private final Telemetry telemetry;
    private final LongSupplier nanoTime;
    private final PerSecond rate;
    private final BodyQueue queue;
    private final BodyFiles files;
    private final Thread thread = new Thread(this::work, "hc-quarantine");

    // hc-quarantine only, once it runs
    private DirectoryLock lock; // null: the directory can't be used at present
    private long lookAtNs;
    private boolean failing;
    private long complainAtNs;

    private Quarantine(Path dir, QuarantineConfig config, Telemetry telemetry, LongSupplier nanoTime) {
        this.dir = dir;
        this.telemetry = telemetry;
        this.nanoTime = nanoTime;
        this.rate = new PerSecond(config.maxPerSec(), nanoTime);
        this.queue = new BodyQueue(config.maxMemoryBytes() / 2);
        this.files = new BodyFiles(dir, config.maxSizeBytes(), telemetry);
    }

    /**
     * Starts keeping bodies. A directory that can't be used at present is complained of in the log and tried again with every body.
     *
     * @param dir where; made where it is missing
     * @param config bounds
     * @param telemetry counters
     * @throws IOException when another gateway has the directory; the message names the key
     */
    public static Quarantine open(Path dir, QuarantineConfig config, Telemetry telemetry) throws IOException {
        return open(dir, config, telemetry, System::nanoTime);
    }

    static Quarantine open(Path dir, QuarantineConfig config, Telemetry telemetry, LongSupplier nanoTime)
            throws IOException {
        Quarantine quarantine = new Quarantine(dir, config, telemetry, nanoTime);
        try {
            quarantine.prepare();
        } catch (DirectoryLock.InUse mistake) {
            throw mistake;
        } catch (IOException broken) {
            quarantine.complain(broken);
        }
        quarantine.thread.setDaemon(true);
        quarantine.thread.start();
        return quarantine;
    }

    /**
     * Keeps a body, later.
     *
     * @param body whose bytes are the quarantine's from now on
     * @param outcome told once, on hc-quarantine, whether the body's file is there and can be replayed, so that a
     *     post may be answered 200 for it; must not block
     * @return false: it is not kept, and {@code outcome} is not told
     */
    public boolean offer(RefusedBody body, Consumer<Boolean> outcome) {
        if (!rate.take()) {
            telemetry.count(Metric.QUARANTINE_DROPPED_RATE);
            return false;
        }
        if (!queue.offer(body, outcome)) {
            telemetry.count(Metric.QUARANTINE_DROPPED_QUEUE);
            return false;
        }
        return true;
    }

    /** Room that the kept bodies take on disk, in blocks. Any thread. */
    public long bytes() {
        return files.bytes();
    }

    private void work() {
        try {
            BodyQueue.Waiting next = queue.poll(LOOK_PERIOD_MS);
            while (next == null || !next.last()) {
                if (next != null) {
                    settle(next);
                } else {
                    lookQuietly();
                }
                next = queue.poll(LOOK_PERIOD_MS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(BodyQueue.Waiting waiting) {
        boolean kept = keep(waiting.body());
        queue.done(waiting);
        try {
            waiting.outcome().accept(kept);
        } catch (RuntimeException bug) { // the next body is kept all the same
            LOG.error(
                    "Telling what became of a refused body failed: {}",
                    bug.getClass().getName());
        }
    }

    private boolean keep(RefusedBody body) {
        try {
            boolean replayable = store(body);
            recovered();
            return replayable;
        } catch (IOException broken) {
            complain(broken);
            letGoIfMissing();
        } catch (RuntimeException bug) { // its text may hold the body's
            LOG.error("Keeping a refused body failed: {}", bug.getClass().getName());
        }
        telemetry.count(Metric.QUARANTINE_DROPPED_DISK);
        return false;
    }

    private boolean store(RefusedBody body) throws IOException {
        if (lock == null) {
            prepare();
        }
        lookIfDue();
        KeptPart part = partOf(body);
        MaskedBody masked = part == KeptPart.NONE
                ? new MaskedBody(ByteBuffer.allocate(0), Masking.ALL)
                : SecretMask.mask(body.bytes().array(), part == KeptPart.WHOLE);
        BodyHeader header = BodyHeader.of(body, masked, part);
        files.store(header, masked.bytes());
        telemetry.count(Metric.QUARANTINE_KEPT);
        if (part == KeptPart.CUT) {
            telemetry.count(Metric.QUARANTINE_CUT);
        }
        return header.replayable();
    }

    private static KeptPart partOf(RefusedBody body) {
        if (body.refusal().reason() == RefusalReason.ENCODING_UNKNOWN
                || !Legibility.legible(body.bytes().array())) {
            return KeptPart.NONE;
        }
        return body.whole() ? KeptPart.WHOLE : KeptPart.CUT;
    }

    private void prepare() throws IOException {
        files.makeDirectory();
        lock = DirectoryLock.take(dir);
        files.deleteUnfinished();
        look();
    }

    private void look() throws IOException {
        files.look();
        lookAtNs = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(LOOK_PERIOD_MS);
    }

    /** Commands delete files meanwhile. */
    private void lookIfDue() throws IOException {
        if (lock != null && nanoTime.getAsLong() - lookAtNs >= 0) {
            look();
        }
    }

    private void lookQuietly() {
        try {
            lookIfDue();
        } catch (IOException broken) {
            complain(broken);
            letGoIfMissing();
        }
    }

    private void letGoIfMissing() {
        if (!Files.isDirectory(dir)) {
            unlock();
        }
    }

    private void unlock() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException broken) {
            complain(broken);
        } finally {
            lock = null;
        }
    }

    private void complain(IOException broken) {
        long now = nanoTime.getAsLong();
        if (!failing || now - complainAtNs >= 0) {
            complainAtNs = now + NS_BETWEEN_COMPLAINTS;
            LOG.error(
                    "quarantine {}: refused bodies can't be kept at present: {}; posts are taken all the same",
                    dir,
                    broken.toString());
        }
        failing = true;
    }

    private void recovered() {
        if (failing) {
            LOG.info("quarantine {}: refused bodies are kept again", dir);
        }
        failing = false;
    }

    /** Keeps what has been offered, within some seconds. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException stopAtOnce) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("quarantine {}: its disk takes too long; bodies that were waiting are not kept", dir);
            thread.interrupt();
        } else {
            unlock();
        }
    }
}
