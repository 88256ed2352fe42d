package io.headcount.journal;

import io.headcount.config.JournalConfig;
import io.headcount.journal.FileGuard.Appending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the journal's disk takes more posts: it has to have {@code journal.min-free} of room, files have to be creatable
 * in {@code journal.dir}, and room has to be takable ahead ({@link RoomAhead}). Looks once a second and at each new roll file, on its
 * own daemon thread hc-disk; answers any thread at once. Room that can't be told counts as none. Also looks whether the file being appended to, or before the first record the newest, is still there ({@link FileGuard}); that it is not is final.
 */
public final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long PAUSE_NS = 1_000_000_000;
    private static final String LOW = "low disk: less than journal.min-free on the journal's disk";

    /** What is looked at. */
    record Sights(
            LongSupplier usableBytes,
            Supplier<String> writeFault,
            Supplier<String> roomFault,
            Supplier<String> fileFault) {}

    private final Path dir;
    private final Sights sights;
    private final long minFreeBytes;
    private final LongSupplier reservedBytes;
    private final Runnable lost;
    private final Thread thread;
    private boolean fileLost; // hc-disk

    // written by hc-disk, read by event loops
    private volatile String refusal;
    private volatile boolean closed;

    /**
     * Watches the disk and the files of a journal that is open. {@link #refusal()} answers rightly from the start.
     *
     * @param lost called once, on hc-disk, when the file being appended to was taken away; its cause is logged
     */
    public static DiskWatch start(JournalConfig config, JournalWriter journal, Runnable lost) {
        Path dir = config.dir();
        RoomAhead room = new RoomAhead(RoomAhead.sizeFor(config.reserveBytes(), totalBytes(dir)), new RoomCalls());
        FileGuard guard = new FileGuard(journal::guarded, journal::lockFault);
        Sights sights = new Sights(
                () -> usableBytes(dir), () -> WriteProbe.faultIn(dir), () -> roomFault(room, journal), guard::look);
        DiskWatch watch = new DiskWatch(dir, config.minFreeBytes(), sights, room::left, lost);
        // until room has been taken in it, a new file is without
        journal.onNewFile(() -> LockSupport.unpark(watch.thread));
        watch.thread.start();
        return watch;
    }

    /** A watch that looks only when {@link #look()} is called. */
    DiskWatch(Path dir, long minFreeBytes, Sights sights, LongSupplier reservedBytes, Runnable lost) {
        this.dir = dir;
        this.sights = sights;
        this.reservedBytes = reservedBytes;
        this.minFreeBytes = minFreeBytes;
        this.lost = lost;
        this.thread = new Thread(this::watch, "hc-disk");
        thread.setDaemon(true);
        look();
    }

    private static String roomFault(RoomAhead room, JournalWriter journal) {
        room.roll(journal.rolled());
        Appending now = journal.appending(); // first: then the place below is never that of a file before this one
        return now == null ? null : room.look(now.file(), journal.writtenTo());
    }

    /** Why posts have to be refused for now, in words for an operator; empty while the disk takes them. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Room taken ahead as of the last look, bytes. */
    public long reservedBytes() {
        return reservedBytes.getAsLong();
    }

    void look() {
        lookAtDisk();
        String fault = fileLost ? null : sights.fileFault().get();
        if (fault != null) {
            fileLost = true;
            LOG.error(fault);
            lost.run();
        }
    }

    private void lookAtDisk() {
        long free = sights.usableBytes().getAsLong();
        String writeFault = sights.writeFault().get();
        String roomFault = sights.roomFault().get();
        String now = free < minFreeBytes ? LOW : writeFault != null ? unwritable(writeFault) : cramped(roomFault);
        if (now != null && refusal == null) {
            LOG.error("journal {}: {} ({} MiB free): posts are refused until that has changed", dir, now, free >> 20);
        } else if (now == null && refusal != null) {
            LOG.info("journal {}: {} MiB free on its disk, posts are accepted again", dir, free >> 20);
        }
        refusal = now;
    }

    private static String cramped(String fault) {
        return fault == null ? null : "low disk: journal.reserve can't be taken ahead: " + fault;
    }

    private static String unwritable(String fault) {
        return "no file can be created in journal.dir: " + fault;
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

    private static long totalBytes(Path dir) {
        try {
            return Files.getFileStore(dir).getTotalSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE; // usableBytes() tells
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
