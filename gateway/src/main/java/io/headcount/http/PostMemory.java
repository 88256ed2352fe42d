package io.headcount.http;

import io.headcount.config.HttpConfig;
import io.headcount.config.XmlConfig;
import io.headcount.model.Rows;

/**
 * The memory that posts of one event loop may take together, from their first bytes to their answer: thousands of large ones that
 * are read at once, or wait for the journal, can't fill the heap. Everyday posts are not looked at: what they take is bounded by the number
 * of connections. Event loop.
 */
final class PostMemory {
    /** Of a smaller body nothing is counted, unless it has many rows. */
    private static final int SMALL_BODY_BYTES = 16 * 1024;
    /** What the parser keeps of each row until it has read the document, in comparison to the row itself. */
    private static final int PARSER_DIVISOR = 4;
    /** Of the heap, where the settings name no size. */
    private static final int HEAP_DIVISOR = 4;

    private final long maxBytes;
    private long takenBytes;

    PostMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The share of one event loop in {@code http.max-post-memory}: at least room for one post of the largest size. */
    static long shareOf(HttpConfig http, XmlConfig xml, int eventLoops) {
        long largestBytes = bytesOf(http.maxBodyBytes(), Rows.mostBytes(xml.maxRows()));
        long allBytes = http.maxPostMemoryBytes() > 0
                ? http.maxPostMemoryBytes()
                : Runtime.getRuntime().maxMemory() / HEAP_DIVISOR;
        return Math.max(allBytes / eventLoops, largestBytes);
    }

    /** What a post takes of which so much has come; its texts are not longer than its body. */
    static long bytesOf(long bodyBytes, Rows rows) {
        return bytesOf(bodyBytes, rows.bytes());
    }

    private static long bytesOf(long bodyBytes, long rowBytes) {
        return rowBytes + rowBytes / PARSER_DIVISOR + (bodyBytes > SMALL_BODY_BYTES ? bodyBytes : 0);
    }

    /** A post takes more than before; false: there is no room for it. */
    boolean grow(long moreBytes) {
        if (takenBytes + moreBytes > maxBytes) {
            return false;
        }
        takenBytes += moreBytes;
        return true;
    }

    void giveBack(long bytes) {
        takenBytes -= bytes;
    }

    long takenBytes() {
        return takenBytes;
    }
}
