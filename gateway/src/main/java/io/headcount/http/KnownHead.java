package io.headcount.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A head that was decoded once, byte by byte, and what came out of it. A head of the same bytes means the same, except for the number in its
 * Content-Length, which may be another of as many digits. Event loop. bytes -> length of the body, or {@link #OTHER}.
 */
final class KnownHead {
    static final int OTHER = -1;

    /** Longer ones are decoded each time, so that connections hold little. */
    private static final int MAX_BYTES = 1024;

    /** Of many lines a head would take ten times its bytes. */
    private static final int MAX_LINES = 18;

    private static final int MAX_DIGITS = 9; // fits into an int
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int CASE = 'a' - 'A';
    private static final int RADIX = 10;

    private final ByteBuf bytes;
    private final int digitsAt;
    private final int digitsEnd;
    private final RequestHead head;

    private KnownHead(ByteBuf bytes, int digitsAt, int digitsEnd, RequestHead head) {
        this.bytes = bytes;
        this.digitsAt = digitsAt;
        this.digitsEnd = digitsEnd;
        this.head = head;
    }

    /**
     * Remembers a head that announces a body of known length.
     *
     * @param from where it begins in {@code in}
     * @param length its bytes, the empty line included
     * @return null when it is too long to be kept, or has too many lines, or no plain Content-Length
     */
    static KnownHead of(ByteBuf in, int from, int length, RequestHead head) {
        if (length > MAX_BYTES) {
            return null;
        }
        byte[] copy = ByteBufUtil.getBytes(in, from, length);
        int at = behindLengthName(copy);
        while (at < length && (copy[at] == ' ' || copy[at] == '\t')) {
            at++;
        }
        int end = at;
        while (end < length && isDigit(copy[end])) {
            end++;
        }
        boolean small = lines(copy) <= MAX_LINES;
        boolean plain = end > at && end - at <= MAX_DIGITS && copy[end] == '\r';
        return small && plain ? new KnownHead(Unpooled.wrappedBuffer(copy), at, end, head) : null;
    }

    private static int lines(byte[] head) {
        int lines = 0;
        for (byte b : head) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static int behindLengthName(byte[] head) {
        for (int i = 0; i + LENGTH.length < head.length; i++) {
            if (isLengthName(head, i)) {
                return i + LENGTH.length;
            }
        }
        return head.length;
    }

    private static boolean isLengthName(byte[] head, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            byte b = head[at + i];
            if ((b >= 'A' && b <= 'Z' ? b + CASE : b) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    /** Length of the body that is announced when this head comes next in {@code in}; {@link #OTHER}: another one comes, or not all of it is there. */
    int match(ByteBuf in) {
        int from = in.readerIndex();
        int behind = bytes.capacity() - digitsEnd;
        if (in.readableBytes() < bytes.capacity()
                || !ByteBufUtil.equals(bytes, 0, in, from, digitsAt)
                || !ByteBufUtil.equals(bytes, digitsEnd, in, from + digitsEnd, behind)) {
            return OTHER;
        }
        return number(in, from);
    }

    /** Length of the body that this head announced when it was decoded. */
    int bodyLength() {
        return number(bytes, 0);
    }

    private int number(ByteBuf in, int from) {
        int number = 0;
        for (int i = digitsAt; i < digitsEnd; i++) {
            byte b = in.getByte(from + i);
            if (!isDigit(b)) {
                return OTHER;
            }
            number = number * RADIX + (b - '0');
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Its bytes, the empty line included. */
    int length() {
        return bytes.capacity();
    }

    RequestHead head() {
        return head;
    }
}
