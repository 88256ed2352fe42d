package io.headcount.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the end of an answer and its status in what a server sends. An answer that looks like the one before, in one read, is known by
 * its length and status. One thread, for all its connections.
 */
final class Answers {
    /** The answer is not there whole. */
    static final int INCOMPLETE = -1;
    /** That is no HTTP answer. */
    static final int GARBAGE = -2;

    private static final int STATUS_AT = 9;
    private static final int LEAST_BYTES = 12;
    private static final String LENGTH = "content-length:";

    private int usualLength;

    /** The status of the answer that is all of this buffer's bytes, {@link #INCOMPLETE} or {@link #GARBAGE}. Leaves the buffer alone. */
    int status(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (length < LEAST_BYTES) {
            return INCOMPLETE;
        }
        int status = digits(bytes);
        if (length == usualLength && status == 200) {
            return status;
        }
        return read(bytes, status);
    }

    private static int digits(ByteBuffer bytes) {
        int at = bytes.position() + STATUS_AT;
        return (bytes.get(at) - '0') * 100 + (bytes.get(at + 1) - '0') * 10 + bytes.get(at + 2) - '0';
    }

    private int read(ByteBuffer bytes, int status) {
        String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
        int headEnd = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || status < 100 || status > 599) {
            return GARBAGE;
        }
        if (headEnd < 0) {
            return INCOMPLETE;
        }
        int whole = headEnd + 4 + contentLength(text.substring(0, headEnd));
        if (text.length() < whole) {
            return INCOMPLETE;
        }
        if (text.length() > whole) {
            return GARBAGE;
        }
        if (status == 200) {
            usualLength = whole;
        }
        return status;
    }

    private static int contentLength(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                return Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        return 0;
    }
}
