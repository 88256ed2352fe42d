package io.headcount.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * A named tailer's position, held by one process: {@code tailers/NAME.position} with a lock beside it. It is replaced as a
 * whole, so a kill or a power cut leaves the old one or the new one. One thread at a time.
 */
public final class TailerRegistration implements AutoCloseable {
    private final Path dir;
    private final String name;
    private final Path file;
    private final ProcessLock lock;

    private TailerRegistration(Path dir, String name, ProcessLock lock) {
        this.dir = dir;
        this.name = name;
        this.file = dir.resolve(name + TailerRegistry.POSITION);
        this.lock = lock;
    }

    /**
     * Takes a name for this process. Registers nothing yet.
     *
     * @param journalDir the journal's directory, which exists; {@code tailers} is made in it
     * @throws JournalException when another process has the name, there is no journal, or it can't be written
     * @throws IllegalArgumentException when that is no name
     */
    public static TailerRegistration take(Path journalDir, String name) {
        TailerPosition.requireName(name);
        if (!Files.isDirectory(journalDir)) {
            // made here it might belong to the wrong user
            throw new JournalException("journal " + journalDir + ": no such directory");
        }
        try {
            Path dir = Files.createDirectories(TailerRegistry.directory(journalDir));
            return new TailerRegistration(dir, name, ProcessLock.take(dir, name + ".lock"));
        } catch (ProcessLock.InUse taken) {
            throw new JournalException(
                    "tailer " + name + " is in use by process " + taken.owner() + ": one process per name", taken);
        } catch (IOException broken) {
            throw new JournalException("tailer " + name + " can't be registered: " + broken, broken);
        }
    }

    /**
     * The next record to read, or empty when nothing is registered under the name.
     *
     * @throws JournalException when the position is damaged
     */
    public OptionalLong next() {
        try {
            TailerPosition position = TailerRegistry.read(file, name);
            if (position.readable()) {
                return OptionalLong.of(position.next());
            }
            throw new JournalException("tailer " + name + ": its position " + file
                    + " is damaged; set a new one: --from start, end or a number");
        } catch (NoSuchFileException notRegistered) {
            return OptionalLong.empty();
        } catch (IOException broken) {
            throw new JournalException(
                    "tailer " + name + ": its position " + file + " can't be read: " + broken, broken);
        }
    }

    /**
     * Moves the position; it is on the disk when this returns. The first time registers the tailer.
     *
     * @param next sequence number of the next record to read, from 1
     * @throws JournalException when it can't be written, or there are {@link TailerRegistry#MAX_TAILERS} others
     */
    public void save(long next) {
        try {
            boolean first = !Files.exists(file);
            if (first) {
                requireRoom();
            }
            replace(new TailerPosition(name, next).line());
            if (first) {
                // one that begins at the end must not begin at the start after a power cut
                forceDirectory();
            }
        } catch (IOException broken) {
            throw new JournalException("tailer " + name + ": its position can't be written: " + broken, broken);
        }
    }

    private void requireRoom() {
        if (TailerRegistry.list(dir.getParent()).size() >= TailerRegistry.MAX_TAILERS) {
            throw new JournalException("tailer " + name + " can't be registered: there are "
                    + TailerRegistry.MAX_TAILERS + " already; drop one with: headcount journal forget NAME");
        }
    }

    // no channel for the file: an interrupt would close it
    private void replace(String line) throws IOException {
        Path fresh = dir.resolve(name + TailerRegistry.POSITION + ".tmp");
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(line.getBytes(StandardCharsets.US_ASCII));
            out.getFD().sync();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    boolean delete() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException broken) {
            throw new JournalException("tailer " + name + " can't be forgotten: " + broken, broken);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException broken) {
            throw new UncheckedIOException("lock of tailer " + name, broken);
        }
    }
}
