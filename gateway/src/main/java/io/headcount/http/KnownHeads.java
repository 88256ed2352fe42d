package io.headcount.http;

import io.netty.buffer.ByteBuf;

/**
 * The heads that an event loop's connections have sent lately, shared among connections that send the same. Bounded: the
 * newest drives out the oldest. Event loop.
 */
final class KnownHeads {
    private static final int SIZE = 8;

    private final KnownHead[] heads = new KnownHead[SIZE];
    private int next;

    /** The one that comes next in {@code in}; null: none of them. */
    KnownHead find(ByteBuf in) {
        for (KnownHead head : heads) {
            if (head != null && head.match(in) != KnownHead.OTHER) {
                return head;
            }
        }
        return null;
    }

    /** Takes one in that was not found. */
    void add(KnownHead head) {
        heads[next] = head;
        next = (next + 1) % SIZE;
    }
}
