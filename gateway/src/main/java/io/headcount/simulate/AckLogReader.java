package io.headcount.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
    private long posts;
    private boolean rowsMayFollow;

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
        try (BufferedReader in = open()) {
            if (!AckLog.FIRST_LINE.equals(next(in))) {
                throw odd(
                        "not such a log", AckLog.FIRST_LINE + ", the first line of a file that --ack-log has written");
            }
            String text = next(in);
            while (text != null && !text.equals(AckLog.LAST_LINE)) {
                String following = next(in);
                line--;
                readLine(text, following == null);
                line++;
                text = following;
            }
            if (text == null) {
                throw cutOff();
            }
            if (next(in) != null) {
                throw odd("more behind the line " + AckLog.LAST_LINE, "one run's log");
            }
        }
    }

    /** A byte that is not ASCII becomes a sign that no line may have. */
    private BufferedReader open() throws IOException {
        try {
            if (Files.isDirectory(path)) {
                throw new IOException("a directory");
            }
            return new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            throw new IOException(path + ": can't be read (expected: a file that --ack-log has written)", unreadable);
        }
    }

    private String next(BufferedReader in) throws IOException {
        line++;
        return in.readLine();
    }

    private void readLine(String text, boolean last) throws IOException {
        String[] fields = text.split(",", -1);
        try {
            if (fields[0].equals("sent") && fields.length == SENT_FIELDS) {
                readSent(fields);
            } else if (fields[0].equals("row") && fields.length == ROW_FIELDS) {
                readRow(fields);
            } else if (fields[0].equals("ack") && fields.length == ACK_FIELDS) {
                readAcknowledged(Long.parseLong(fields[1]));
            } else if (last) {
                throw cutOff();
            } else {
                throw odd(text, "sent, row, ack or end, with their fields");
            }
        } catch (NumberFormatException notANumber) {
            throw last ? cutOff() : odd(text, "whole numbers");
        }
    }

    private void readSent(String... fields) throws IOException {
        long number = Long.parseLong(fields[1]);
        if (number != posts + 1) {
            throw odd("sent," + number, "sent," + (posts + 1) + ", as posts are numbered from 1 without gaps");
        }
        posts = number;
        rowsMayFollow = true;
        listener.onSent(number, fields[2], fields[3], Long.parseLong(fields[4]));
    }

    private void readRow(String... fields) throws IOException {
        if (!rowsMayFollow) {
            throw odd("a row of no post", "rows right behind the sent line of their post");
        }
        listener.onRow(row(fields));
    }

    private void readAcknowledged(long number) throws IOException {
        rowsMayFollow = false;
        if (number < 1 || number > posts) {
            throw odd("ack," + number, "the number of a post that was sent before, 1 to " + posts);
        }
        listener.onAcknowledged(number);
    }

    private IOException odd(String found, String expected) {
        return new IOException(path + ":" + line + ": " + found + " (expected: " + expected + ")");
    }

    private IOException cutOff() {
        return new IOException(path + ":" + line + ": ends here (expected: the line " + AckLog.LAST_LINE
                + "; the simulator was killed, or is still running)");
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
