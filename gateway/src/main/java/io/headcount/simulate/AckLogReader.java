package io.headcount.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an acknowledgement log ({@link AckLog}). One thread. CSV -> callbacks. */
public final class AckLogReader {
    private static final int SENT_FIELDS = 5;
    private static final int ROW_FIELDS = 9;
    private static final int ACK_FIELDS = 2;

    private final Path path;
    private final Listener listener;
    private long line;

    private AckLogReader(Path path, Listener listener) {
        this.path = path;
        this.listener = listener;
    }

    /** Takes what the log tells, in its order. */
    public interface Listener {
        /** A post was about to be sent; its rows follow. */
        void onSent(long number, String deviceId, String serialNumber, long transmitSec);

        /** A row of the post before. */
        void onRow(Row row);

        /** A post was acknowledged. */
        void onAcknowledged(long number);
    }

    /**
     * A row that was sent.
     *
     * @param objectId the object's Id
     * @param objectType 0 total, 1 adults, 2 children
     * @param startSec start of the window, epoch s
     * @param seconds its length
     * @param enters from outside to inside
     * @param exits from inside to outside
     * @param passings from outside, and back outside
     * @param returns from inside, and back inside
     */
    public record Row(
            String objectId,
            int objectType,
            long startSec,
            int seconds,
            int enters,
            int exits,
            int passings,
            int returns) {}

    /**
     * Reads all of it.
     *
     * @throws IOException when it can't be read, is not such a log, or ends before its end
     */
    public static void read(Path path, Listener listener) throws IOException {
        new AckLogReader(path, listener).read();
    }

    private void read() throws IOException {
        try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.US_ASCII)) {
            String text = next(in);
            if (!AckLog.FIRST_LINE.equals(text)) {
                throw new IOException(path + " (expected: a file that was written by --ack-log)");
            }
            text = next(in);
            while (text != null && !text.equals(AckLog.LAST_LINE)) {
                readLine(text);
                text = next(in);
            }
            if (text == null) {
                throw new IOException(path + " ends in line " + line
                        + " without its last line (the simulator was killed, or is still running)");
            }
        }
    }

    private String next(BufferedReader in) throws IOException {
        line++;
        return in.readLine();
    }

    private void readLine(String text) throws IOException {
        String[] fields = text.split(",", -1);
        try {
            if (fields[0].equals("sent") && fields.length == SENT_FIELDS) {
                listener.onSent(Long.parseLong(fields[1]), fields[2], fields[3], Long.parseLong(fields[4]));
            } else if (fields[0].equals("row") && fields.length == ROW_FIELDS) {
                listener.onRow(row(fields));
            } else if (fields[0].equals("ack") && fields.length == ACK_FIELDS) {
                listener.onAcknowledged(Long.parseLong(fields[1]));
            } else {
                throw new IOException(broken(text));
            }
        } catch (NumberFormatException notANumber) {
            throw new IOException(broken(text), notANumber);
        }
    }

    private String broken(String text) {
        return path + ":" + line + ": " + text + " (expected: sent, row, ack or end, with their fields)";
    }

    private static Row row(String... fields) {
        return new Row(
                fields[1],
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]),
                Integer.parseInt(fields[7]),
                Integer.parseInt(fields[8]));
    }
}
