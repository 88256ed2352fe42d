package io.headcount.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
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
        } catch (IOException broken) {
            throw new JournalException("journal " + dir + " can't be written: " + broken, broken);
        }
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
