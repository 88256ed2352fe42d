package io.headcount.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of one post's body, made while it streams by, in case the post is refused: its beginning, as far as the bound on one body
 * and the {@link CaptureBudget} reach. Belongs to an {@link Exchange}; holds no memory between posts. Event loop.
 */
final class BodyCapture {
    private final CaptureBudget budget;
    private final int maxBytes;
    private final List<byte[]> segments = new ArrayList<>(1);
    private int length;
    private boolean open;
    private boolean cut;

    BodyCapture(CaptureBudget budget, int maxBytes) {
        this.budget = budget;
        this.maxBytes = maxBytes;
    }

    /** A body begins. */
    void begin() {
        open = true;
        cut = false;
    }

    /** Copies what the buffer holds and leaves it as it is. */
    void add(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (open && !cut && from < end) {
            int taken = Math.min(end - from, room());
            if (taken > 0) {
                bytes.getBytes(from, segments.get(segments.size() - 1), length % CaptureBudget.SEGMENT_BYTES, taken);
            }
            // what comes behind a gap is not copied, either
            cut = taken == 0;
            length += taken;
            from += taken;
        }
    }

    /** Bytes that the last segment has room for; a new one is taken when it is full. */
    private int room() {
        int used = length % CaptureBudget.SEGMENT_BYTES;
        if (length < maxBytes && used == 0) {
            byte[] segment = budget.take();
            if (segment == null) {
                return 0;
            }
            segments.add(segment);
        }
        return Math.min(CaptureBudget.SEGMENT_BYTES - used, maxBytes - length);
    }

    /** Whether there is a body of which this is a copy. */
    boolean isOpen() {
        return open;
    }

    /** Whether the body's end is missing. */
    boolean isCut() {
        return cut;
    }

    /** The copy, in an array of its own. */
    byte[] toArray() {
        byte[] all = new byte[length];
        int done = 0;
        for (byte[] segment : segments) {
            int some = Math.min(segment.length, length - done);
            System.arraycopy(segment, 0, all, done, some);
            done += some;
        }
        return all;
    }

    /** The copy is not needed any more. */
    void end() {
        for (byte[] segment : segments) {
            budget.giveBack(segment);
        }
        segments.clear();
        length = 0;
        open = false;
    }
}
