package io.headcount.quarantine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One gateway per quarantine directory: an exclusive lock, which the operating system lets go of however the process ends. */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "headcount.lock";

    // closing any channel of a file gives up all of the process's locks on it: so never open it twice
    private static final Set<Path> HELD_BY_US = ConcurrentHashMap.newKeySet();

    /** Another gateway has it. */
    static final class InUse extends IOException {
        private static final long serialVersionUID = 1L;

        InUse(Path dir) {
            super("journal.quarantine.dir: " + dir
                    + " is in use by another gateway (expected: one gateway per directory)");
        }
    }

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock of a directory, which exists. */
    static DirectoryLock take(Path dir) throws IOException {
        Path file = dir.toRealPath().resolve(FILE);
        if (!HELD_BY_US.add(file)) {
            throw new InUse(dir);
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
        } finally {
            if (!taken) {
                giveUp(file, channel);
            }
        }
        if (!taken) {
            throw new InUse(dir);
        }
        return new DirectoryLock(file, channel);
    }

    private static void giveUp(Path file, FileChannel channel) throws IOException {
        HELD_BY_US.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        giveUp(file, channel);
    }
}
