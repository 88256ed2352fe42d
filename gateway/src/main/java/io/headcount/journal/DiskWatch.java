package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the journal's disk has less room than {@code journal.min-free}. Looks once a second on its own daemon thread
 * hc-disk, answers any thread at once. Room that can't be told counts as none.
 */
public final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long PAUSE_NS = 1_000_000_000;

    private final Path dir;
    private final LongSupplier usableBytes;
    private final long minFreeBytes;
    private final Thread thread;

    // written by hc-disk, read by event loops
    private volatile boolean low;
    private volatile boolean closed;

    /** Watches the disk of a directory, which exists. {@link #low()} answers rightly from the start. */
    public DiskWatch(Path dir, long minFreeBytes) {
        this(dir, () -> usableBytes(dir), minFreeBytes);
        thread.start();
    }

    /** A watch that looks only when {@link #look()} is called. */
    DiskWatch(Path dir, LongSupplier usableBytes, long minFreeBytes) {
        this.dir = dir;
        this.usableBytes = usableBytes;
        this.minFreeBytes = minFreeBytes;
        this.thread = new Thread(this::watch, "hc-disk");
        thread.setDaemon(true);
        look();
    }

    /** Whether posts have to be refused. */
    public boolean low() {
        return low;
    }

    void look() {
        long free = usableBytes.getAsLong();
        boolean nowLow = free < minFreeBytes;
        if (nowLow && !low) {
            LOG.error(
                    "journal {}: {} MiB free on its disk, less than journal.min-free: posts are refused",
                    dir,
                    free >> 20);
        } else if (!nowLow && low) {
            LOG.info("journal {}: {} MiB free on its disk, posts are accepted again", dir, free >> 20);
        }
        low = nowLow;
    }

    private void watch() {
        while (!closed) {
            look();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static long usableBytes(Path dir) {
        try {
            return Files.getFileStore(dir).getUsableSpace();
        } catch (IOException unknown) {
            LOG.error("journal {}: free space of its disk can't be told: {}", dir, unknown.toString());
            return 0;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
