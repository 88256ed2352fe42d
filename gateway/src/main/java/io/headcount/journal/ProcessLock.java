package io.headcount.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock on a file, which holds the owner's process id for the message that a second one gets. The operating
 * system lets go of it however the process ends. The file stays: deleting it would let two processes lock two files of one
 * name.
 */
final class ProcessLock implements AutoCloseable {
    // closing any channel of a file gives up all of the process's locks on it: so never open it twice
    private static final Set<Path> HELD_BY_US = ConcurrentHashMap.newKeySet();

    /** Somebody else has the lock. */
    static final class InUse extends Exception {
        private static final long serialVersionUID = 1L;

        private final String owner;

        InUse(String owner) {
            super("in use by process " + owner);
            this.owner = owner;
        }

        /** The owner's process id, or {@code ?}. */
        String owner() {
            return owner;
        }
    }

    private final Path file;
    private final FileChannel channel;
    private final Object key;
    private final ByteBuffer firstByte = ByteBuffer.allocateDirect(1);

    private ProcessLock(Path file, FileChannel channel, Object key) {
        this.file = file;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Takes the lock.
     *
     * @param dir where the file is, or will be
     * @throws InUse when this or another process has it
     */
    static ProcessLock take(Path dir, String name) throws IOException, InUse {
        Path file = dir.toRealPath().resolve(name);
        if (!HELD_BY_US.add(file)) {
            throw new InUse(Long.toString(ProcessHandle.current().pid()));
        }
        return take(file);
    }

    private static ProcessLock take(Path file) throws IOException, InUse {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new InUse(owner(channel));
            }
            writeOwner(channel);
            ProcessLock lock = new ProcessLock(file, channel, keyOf(file));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                giveUp(file, channel);
            }
        }
    }

    private static void giveUp(Path file, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD_BY_US.remove(file);
        }
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Whether the file that is locked is still the one of that name; else another process could lock another one. Any thread. */
    boolean isInPlace() {
        try {
            return Objects.equals(keyOf(file), key);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Writes the first byte of the file anew, as it is. One thread. */
    void touch() throws IOException {
        firstByte.clear();
        if (firstByte.get(0) == 0) {
            channel.read(firstByte, 0);
            firstByte.clear();
        }
        channel.write(firstByte, 0);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "?" : text;
    }

    @Override
    public void close() throws IOException {
        giveUp(file, channel);
    }
}
