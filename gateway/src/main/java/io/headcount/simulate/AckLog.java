package io.headcount.simulate;

import io.headcount.config.InvalidSetting;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes down what is sent, before it is, and what of it was acknowledged, for a comparison with the journal. Any thread; a
 * lock is held for copying a few hundred bytes. posts, acknowledgements -> CSV.
 *
 * <pre>
 *  headcount-ack-log,1
 *  sent,NUMBER,DEVICE,SERIAL,TRANSMIT                                     TRANSMIT, START: epoch s
 *  row,OBJECT,TYPE,START,SECONDS,ENTERS,EXITS,PASSINGS,RETURNS            … of the post above
 *  ack,NUMBER                                                             answered 2xx
 *  end                                                                    nothing is missing
 * </pre>
 */
final class AckLog implements AutoCloseable {
    static final String FIRST_LINE = "headcount-ack-log,1";
    static final String LAST_LINE = "end";

    private static final int BUFFER_BYTES = 256 * 1024;

    /** 62 windows of three types, 80 bytes each. */
    private static final int MOST_POST_BYTES = 16 * 1024;

    private static final byte[] SENT = ascii("sent,");
    private static final byte[] ROW = ascii("row,0,");
    private static final byte[] ACK = ascii("ack,");

    private final Path path;
    private final OutputStream file;
    private final CameraNames names;
    private final int intervalSec;
    private final TextBuffer buffer = new TextBuffer(BUFFER_BYTES);
    private long lastNumber;
    private IOException failure;

    /**
     * A new file, or an old one overwritten.
     *
     * @throws InvalidSetting when it can't be written
     */
    AckLog(Path path, CameraNames names, int intervalSec) {
        this.path = path;
        this.file = open(path);
        this.names = names;
        this.intervalSec = intervalSec;
        line(FIRST_LINE);
    }

    private static OutputStream open(Path path) {
        try {
            return new FileOutputStream(path.toFile());
        } catch (IOException unwritable) {
            throw new InvalidSetting("--ack-log", path.toString(), "a file that can be written");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void line(String text) {
        buffer.text(ascii(text));
        buffer.octet('\n');
    }

    /** Before a post is sent; returns its number, from 1. */
    synchronized long sent(FleetPost post) {
        lastNumber++;
        buffer.text(SENT);
        buffer.number(lastNumber);
        buffer.octet(',');
        names.writeDeviceId(buffer, post.camera());
        buffer.octet(',');
        names.writeSerialNumber(buffer, post.camera());
        buffer.octet(',');
        buffer.number(post.transmitSec());
        buffer.octet('\n');
        for (int window = 0; window < post.windows(); window++) {
            for (int type = 0; type < Counting.TYPES; type++) {
                writeRow(post, window, type);
            }
        }
        flushIfFull();
        return lastNumber;
    }

    private void writeRow(FleetPost post, int window, int type) {
        buffer.text(ROW);
        buffer.number(type);
        buffer.octet(',');
        buffer.number(post.startSec() + (long) window * intervalSec);
        buffer.octet(',');
        buffer.number(intervalSec);
        int people = post.people(window);
        writeField(Counting.enters(type, people));
        writeField(Counting.exits(type, people));
        writeField(Counting.passings(type, people));
        writeField(Counting.returns(type, people));
        buffer.octet('\n');
    }

    private void writeField(int value) {
        buffer.octet(',');
        buffer.number(value);
    }

    /** A post was answered 2xx. */
    synchronized void acknowledged(long number) {
        buffer.text(ACK);
        buffer.number(number);
        buffer.octet('\n');
        flushIfFull();
    }

    private void flushIfFull() {
        if (buffer.end() > BUFFER_BYTES - MOST_POST_BYTES) {
            flush();
        }
    }

    /** A failure is kept for the end: an event loop has nobody to tell. */
    private void flush() {
        try {
            if (failure == null) {
                file.write(buffer.bytes(), 0, buffer.end());
            }
        } catch (IOException unwritable) {
            failure = unwritable;
        }
        buffer.moveTo(0);
    }

    /**
     * Writes what is left.
     *
     * @throws IOException when something could not be written, now or before
     */
    @Override
    public synchronized void close() throws IOException {
        line(LAST_LINE);
        flush();
        try {
            file.close();
        } catch (IOException unwritable) {
            failure = failure == null ? unwritable : failure;
        }
        if (failure != null) {
            throw new IOException(
                    "--ack-log: " + path + " could not be written to its end: " + failure.getMessage(), failure);
        }
    }
}
