package io.headcount.journal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Where a named tailer stands.
 *
 * @param name the tailer's name
 * @param next sequence number of the next record to read, from 1; {@link #UNREADABLE} where the file is damaged
 */
public record TailerPosition(String name, long next) {
    /** Stands for a position that can't be read: nothing is known to be done. */
    public static final long UNREADABLE = 0;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    // version, number, checksum of what is before it
    private static final Pattern LINE = Pattern.compile("headcount-tailer 1 ([1-9][0-9]{0,18}) [0-9a-f]{8}\n");

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException telling what was expected
     */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: " + printable(name) + " (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
        }
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The position's file: one line. Anything else is damaged. */
    static TailerPosition read(String name, byte[] file) {
        String text = new String(file, StandardCharsets.US_ASCII);
        Matcher line = LINE.matcher(text);
        long next = line.matches() ? number(line.group(1)) : UNREADABLE;
        TailerPosition position = new TailerPosition(name, next);
        return position.line().equals(text) ? position : new TailerPosition(name, UNREADABLE);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooGreat) {
            return UNREADABLE;
        }
    }

    /** What stands in the file. */
    String line() {
        String head = "headcount-tailer 1 " + next;
        CRC32C crc = new CRC32C();
        crc.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + String.format(" %08x%n", crc.getValue()).replace("\r", "");
    }

    /** Whether the position can be read. */
    public boolean readable() {
        return next != UNREADABLE;
    }

    /** Whether a file whose last record has this number still has to be read. */
    boolean needs(long lastSequence) {
        return lastSequence >= next;
    }
}
