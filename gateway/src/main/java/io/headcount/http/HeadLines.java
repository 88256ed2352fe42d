package io.headcount.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;

/**
 * Looks at a request's raw head for what Netty's decoder smooths over: more than single spaces in the request line, bytes
 * in it that are not visible ASCII, folded header lines, and a second Content-Length, of which it takes the first in HTTP/1.0.
 * In trailers also for NUL and a CR that ends no line, which it lets pass where it drops the trailer. Event loop of its channel. bytes -> strict or not.
 */
final class HeadLines implements ByteProcessor {
    private static final byte NUL = 0;
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte SPACE = ' ';
    private static final byte TAB = '\t';
    private static final int SPACES_IN_REQUEST_LINE = 2;
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_MATCH = -1;

    private boolean inRequestLine;
    private byte previous;
    private int spaces;
    private int lines;
    private int matched; // bytes of CONTENT_LENGTH that the line begins with
    private int lengths;

    /** A new head begins. */
    void begin() {
        inRequestLine = true;
        previous = SPACE; // so that a leading space is one too many
        spaces = 0;
        lines = 0;
        matched = NO_MATCH;
        lengths = 0;
    }

    /** Trailers begin, which are header lines, too. */
    void beginTrailers() {
        begin();
        inRequestLine = false;
        previous = LF;
        matched = 0;
    }

    /** Looks at the next lines of the head; false: they break HTTP. */
    boolean accept(ByteBuf in, int from, int length) {
        return in.forEachByte(from, length, this) < 0;
    }

    /** Lines of this head so far. */
    int lines() {
        return lines;
    }

    @Override
    public boolean process(byte b) {
        boolean fine = inRequestLine
                ? inRequestLine(b)
                : b != NUL && !foldsHeader(b) && !followsStrayReturn(b) && !repeatsLength(b);
        if (b == LF) {
            inRequestLine = false;
            lines++;
            matched = 0;
        }
        previous = b;
        return fine;
    }

    private boolean inRequestLine(byte b) {
        if (b == SPACE) {
            return previous != SPACE && ++spaces <= SPACES_IN_REQUEST_LINE;
        }
        if (b == CR) {
            return previous != SPACE && spaces == SPACES_IN_REQUEST_LINE;
        }
        return b == LF ? previous == CR : visible(b) && previous != CR;
    }

    private boolean foldsHeader(byte b) {
        return previous == LF && (b == SPACE || b == TAB);
    }

    private boolean followsStrayReturn(byte b) {
        return previous == CR && b != LF;
    }

    private boolean repeatsLength(byte b) {
        if (matched == NO_MATCH) {
            return false;
        }
        matched = lowerCase(b) == CONTENT_LENGTH[matched] ? matched + 1 : NO_MATCH;
        if (matched < CONTENT_LENGTH.length) {
            return false;
        }
        matched = NO_MATCH;
        return ++lengths > 1;
    }

    private static int lowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    /** Visible ASCII: what a method, a target and a version are made of. */
    static boolean visible(byte b) {
        return b > 0x20 && b < 0x7F; // bytes over 0x7F are negative
    }
}
