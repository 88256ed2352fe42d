package io.headcount.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which sequence number retention has deleted, in a file of one line beside the roll files: what is missing behind it was taken away by
 * somebody else. It is written, and on the disk, before a file goes. Any process that deletes.
 *
 * <p>What stands in its place and can't be written, because it belongs to another user or is no file at all, gives way to a new file.
 */
final class DeletedMark {
    static final String FILE = "headcount.deleted";
    /** Stands for a mark that is not there or damaged. */
    static final long UNKNOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(DeletedMark.class);

    // version, number, checksum of what is before it
    private static final Pattern LINE = Pattern.compile("headcount-deleted 1 (0|[1-9][0-9]{0,17}) [0-9a-f]{8}\n");
    // more than the longest line; of a longer file no more is read
    private static final int MAX_BYTES = 64;

    private DeletedMark() {}

    /** The mark of the journal in a directory, or {@link #UNKNOWN}. */
    static long read(Path dir) {
        try (FileChannel channel = open(dir, StandardOpenOption.READ)) {
            return read(channel);
        } catch (IOException unknown) {
            return UNKNOWN;
        }
    }

    private static long parse(String text) {
        Matcher line = LINE.matcher(text);
        long sequence = line.matches() ? Long.parseLong(line.group(1)) : UNKNOWN;
        return line(sequence).equals(text) ? sequence : UNKNOWN;
    }

    private static String line(long sequence) {
        String head = "headcount-deleted 1 " + sequence;
        CRC32C crc = new CRC32C();
        crc.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + " " + String.format("%08x", crc.getValue()) + "\n";
    }

    /** Moves the mark up to this number, unless another process has moved it further. */
    static synchronized void raise(Path dir, long sequence) throws IOException {
        try {
            raiseInPlace(dir, sequence);
        } catch (IOException unusable) {
            replace(dir, Math.max(sequence, read(dir)), unusable);
        }
    }

    private static void raiseInPlace(Path dir, long sequence) throws IOException {
        try (FileChannel channel = openToWrite(dir)) {
            channel.lock(); // until it is closed
            long known = read(channel);
            if (known < sequence) {
                boolean foreign = known == UNKNOWN && channel.size() > 0;
                write(channel, sequence);
                tellForeign(dir, sequence, foreign);
            }
        }
    }

    private static void tellForeign(Path dir, long sequence, boolean foreign) {
        if (foreign) {
            LOG.warn(
                    "journal {}: {} was damaged, or something else, and was written anew with {}: what others took away before"
                            + " that can't be told any more",
                    dir,
                    FILE,
                    sequence);
        }
    }

    /** Sets the mark to 0: a journal without records begins anew. */
    static synchronized void reset(Path dir) throws IOException {
        try (FileChannel channel = openToWrite(dir)) {
            channel.lock(); // until it is closed
            write(channel, 0);
        } catch (IOException unusable) {
            replace(dir, 0, unusable);
        }
    }

    private static void replace(Path dir, long sequence, IOException unusable) throws IOException {
        try {
            Files.deleteIfExists(dir.resolve(FILE));
            try (FileChannel channel = openToWrite(dir)) {
                write(channel, sequence);
            }
        } catch (DirectoryNotEmptyException foreign) {
            throw new IOException("it is a directory, and not empty", foreign);
        } catch (IOException notReplaced) {
            unusable.addSuppressed(notReplaced);
            throw unusable;
        }
        LOG.warn(
                "journal {}: {} could not be written ({}) and was replaced by a new file; if headcount journal prune is run"
                        + " there, run it as the user that the gateway runs as",
                dir,
                FILE,
                unusable.toString());
    }

    private static FileChannel openToWrite(Path dir) throws IOException {
        return open(dir, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    // opening a pipe would wait for somebody at its other end
    private static FileChannel open(Path dir, OpenOption... how) throws IOException {
        Path file = dir.resolve(FILE);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        return FileChannel.open(file, how);
    }

    private static long read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_BYTES);
        channel.read(text, 0);
        return parse(new String(text.array(), 0, text.position(), StandardCharsets.ISO_8859_1));
    }

    // in place: a full disk has room for that
    private static void write(FileChannel channel, long sequence) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(line(sequence).getBytes(StandardCharsets.US_ASCII));
        channel.write(text, 0);
        channel.truncate(text.limit());
        channel.force(true);
    }
}
