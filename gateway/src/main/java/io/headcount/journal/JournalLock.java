package io.headcount.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One gateway per journal: an exclusive lock on {@code headcount.lock}, which makes its holder the only writer. */
final class JournalLock implements AutoCloseable {
    static final String FILE = "headcount.lock";

    private final Path dir;
    private final ProcessLock lock;

    private JournalLock(Path dir, ProcessLock lock) {
        this.dir = dir;
        this.lock = lock;
    }

    /**
     * Takes the lock; makes the directory and its parents where they are missing.
     *
     * @throws JournalException when another gateway has it, or the directory can't be written
     */
    static JournalLock take(Path dir) {
        try {
            Files.createDirectories(dir);
            return new JournalLock(dir, ProcessLock.take(dir, FILE));
        } catch (ProcessLock.InUse taken) {
            throw new JournalException(
                    "journal " + dir + " is in use by process " + taken.owner() + ": one gateway per journal", taken);
        } catch (AccessDeniedException denied) {
            throw new JournalException(
                    "journal " + dir + " can't be written: permission denied at " + denied.getFile()
                            + " (expected: journal.dir belongs to the user that the gateway runs as)",
                    denied);
        } catch (IOException broken) {
            throw new JournalException("journal " + dir + " can't be written: " + broken, broken);
        }
    }

    /**
     * Meets the disk by a system call that writes, before an append does so through mapped memory. A disk that stalls is then waited
     * for here: a thread that waits inside a write to mapped memory can't be stopped for the garbage collector, which stops all
     * others until it can. And a file system that has become read-only is told here: memory that is mapped takes what no disk will.
     *
     * @throws JournalException when the disk takes nothing
     */
    void touch() {
        try {
            lock.touch();
        } catch (IOException broken) {
            throw new JournalException(
                    "journal: the disk of " + dir + " takes nothing any more (" + broken.getMessage()
                            + "): nothing is acknowledged any more; check the disk before the gateway is started again",
                    broken);
        }
    }

    /** What was done to the lock's file; null while it is where it was. Any thread. */
    String fault() {
        return lock.isInPlace()
                ? null
                : "journal " + dir + ": " + FILE
                        + " was deleted or replaced, so that another gateway could take this journal, too:"
                        + " nothing is acknowledged any more; start the gateway again";
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException broken) {
            throw new UncheckedIOException("journal lock of " + dir, broken);
        }
    }
}
