package io.headcount.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One gateway per journal: an exclusive lock on {@code headcount.lock}, which holds the owner's process id for the message
 * that a second gateway gets. The operating system lets go of it however the process ends.
 */
final class JournalLock implements AutoCloseable {
    static final String FILE = "headcount.lock";

    // closing any channel of a file gives up all of the process's locks on it: so never open it twice
    private static final Set<Path> HELD_BY_US = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock; makes the directory and its parents where they are missing.
     *
     * @throws JournalException when another gateway has it, or the directory can't be written
     */
    static JournalLock take(Path dir) {
        try {
            Files.createDirectories(dir);
            Path file = dir.toRealPath().resolve(FILE);
            if (!HELD_BY_US.add(file)) {
                throw inUse(dir, Long.toString(ProcessHandle.current().pid()));
            }
            return take(dir, file);
        } catch (IOException broken) {
            throw notWritable(dir, broken);
        }
    }

    private static JournalLock take(Path dir, Path file) throws IOException {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(dir, owner(channel));
            }
            writeOwner(channel);
            taken = true;
            return new JournalLock(file, channel);
        } finally {
            if (!taken) {
                giveUp(file, channel);
            }
        }
    }

    private static void giveUp(Path file, FileChannel channel) throws IOException {
        HELD_BY_US.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "?" : text;
    }

    private static JournalException inUse(Path dir, String owner) {
        return new JournalException("journal " + dir + " is in use by process " + owner + ": one gateway per journal");
    }

    private static JournalException notWritable(Path dir, IOException broken) {
        return new JournalException("journal " + dir + " can't be written: " + broken, broken);
    }

    @Override
    public void close() {
        try {
            giveUp(file, channel);
        } catch (IOException broken) {
            throw new UncheckedIOException("journal lock " + file, broken);
        }
    }
}
