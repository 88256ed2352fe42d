package io.headcount.http;

import java.util.ArrayDeque;

/**
 * The memory in which one event loop may hold copies of bodies while they come in, in segments that are lent out and used again. So
 * thousands of slow large posts can't fill the heap. Event loop.
 */
final class CaptureBudget {
    /** Larger than all posts but backlog. */
    static final int SEGMENT_BYTES = 4 * 1024;
    /** Segments kept for the next posts when nobody needs them; one is enough for a post that comes in one piece. */
    private static final int MAX_FREE = 256;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private final long maxSegments;
    private long lent;

    CaptureBudget(long maxBytes) {
        this.maxSegments = maxBytes / SEGMENT_BYTES;
    }

    /** A segment, or null when the budget is exhausted. */
    byte[] take() {
        if (lent == maxSegments) {
            return null;
        }
        lent++;
        byte[] segment = free.pollLast(); // the one used last: it is still in the cache
        return segment != null ? segment : new byte[SEGMENT_BYTES];
    }

    void giveBack(byte[] segment) {
        lent--;
        if (free.size() < MAX_FREE) {
            free.addLast(segment);
        }
    }

    /** Bytes lent out now. */
    long lentBytes() {
        return lent * SEGMENT_BYTES;
    }

    /** Bytes held for later. */
    long freeBytes() {
        return (long) free.size() * SEGMENT_BYTES;
    }
}
