package io.headcount.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Follows the framing of a chunked body behind Netty's decoder, which has found it valid but keeps the sizes to itself. So a
 * chunk that is too large is known by its size line and not only once as much of it has come. Event loop of its channel.
 * bytes -> bytes announced.
 */
final class ChunkSizes implements ByteProcessor {
    private static final int LINE_END_BYTES = 2;
    private static final int HEX = 16;

    private long announced;
    private long size;
    private boolean sizeRead;
    private boolean lastSeen;
    private long toSkip;

    /** A new body begins. */
    void begin() {
        announced = 0;
        lastSeen = false;
        toSkip = 0;
        beginLine();
    }

    private void beginLine() {
        size = 0;
        sizeRead = false;
    }

    /** Looks at the next bytes of the body; how many bytes of payload its size lines have announced so far. */
    long follow(ByteBuf in, int from, int length) {
        int position = from;
        int end = from + length;
        while (position < end && !lastSeen) {
            int skipped = (int) Math.min(toSkip, end - position);
            toSkip -= skipped;
            position += skipped;
            int lineEnd = in.forEachByte(position, end - position, this);
            if (lineEnd < 0) {
                return announced;
            }
            position = lineEnd + 1;
            onSizeLine();
        }
        return announced;
    }

    /** Whether the line that gives a chunk the size 0 has come; what follows are trailers. */
    boolean lastSeen() {
        return lastSeen;
    }

    private void onSizeLine() {
        announced += size;
        lastSeen = size == 0;
        toSkip = size + LINE_END_BYTES;
        beginLine();
    }

    /** A byte of a size line; false at its end. Behind the digits stands what does not matter. */
    @Override
    public boolean process(byte b) {
        int digit = Character.digit(b, HEX);
        sizeRead |= digit < 0;
        size = sizeRead ? size : size * HEX + digit;
        return b != '\n';
    }
}
