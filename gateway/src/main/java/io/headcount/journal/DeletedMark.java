package io.headcount.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Up to which sequence number retention has deleted, in a file of one line beside the roll files: what is missing behind it was taken away by
 * somebody else. It is written, and on the disk, before a file goes. Any process that deletes.
 */
final class DeletedMark {
    static final String FILE = "headcount.deleted";
    /** Stands for a mark that is not there or damaged. */
    static final long UNKNOWN = -1;

    // version, number, checksum of what is before it
    private static final Pattern LINE = Pattern.compile("headcount-deleted 1 (0|[1-9][0-9]{0,17}) [0-9a-f]{8}\n");
    private static final int MAX_BYTES = 64;

    private DeletedMark() {}

    /** The mark of the journal in a directory, or {@link #UNKNOWN}. */
    static long read(Path dir) {
        try {
            return parse(Files.readString(dir.resolve(FILE), StandardCharsets.ISO_8859_1));
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
        try (FileChannel channel = open(dir)) {
            channel.lock(); // until it is closed
            if (read(channel) < sequence) {
                write(channel, sequence);
            }
        }
    }

    /** Sets the mark to 0: a journal without records begins anew. */
    static synchronized void reset(Path dir) throws IOException {
        try (FileChannel channel = open(dir)) {
            channel.lock(); // until it is closed
            write(channel, 0);
        }
    }

    private static FileChannel open(Path dir) throws IOException {
        return FileChannel.open(
                dir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
