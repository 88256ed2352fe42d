package io.headcount.journal;

import io.headcount.model.RecentTexts;

/**
 * Reads what {@link RecordBytes} wrote and stays inside it whatever the bytes say. The first thing that can't be read makes
 * the cursor {@link #failed()}, and all that follows reads as 0 or null.
 */
final class RecordCursor {
    private static final int MAX_SHIFT = 63;
    // four texts of each of ten thousand cameras, with room
    private static final int TEXT_BITS = 17;

    private final RecentTexts texts = new RecentTexts(TEXT_BITS);
    private byte[] b;
    private int at;
    private int end;
    private boolean failed;
    private Texts wanted = Texts.ALL;

    /** Which texts are made of what is read; the others read as null, though they have to be there. */
    enum Texts {
        NONE,
        /** Those that tell rows apart. */
        KEYS,
        ALL
    }

    void start(byte[] bytes, int off, int len) {
        b = bytes;
        at = off;
        end = off + len;
        failed = false;
    }

    void want(Texts texts) {
        wanted = texts;
    }

    boolean failed() {
        return failed;
    }

    /** Whether everything was read, and nothing else. */
    boolean finished() {
        return !failed && at == end;
    }

    int nextByte() {
        return at < end && !failed ? b[at++] & 0xFF : fail();
    }

    long nextVarint() {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int next = nextByte();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        return fail();
    }

    long nextSigned() {
        long value = nextVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    int nextInt() {
        return asInt(nextVarint());
    }

    int nextSignedInt() {
        return asInt(nextSigned());
    }

    /** A number of things of which each takes at least a byte, so that no count asks for more than the record holds. */
    int nextCount() {
        long count = nextVarint();
        return count >= 0 && count <= end - at ? (int) count : fail();
    }

    /** A text that tells rows apart. */
    String nextKey() {
        return nextText(wanted != Texts.NONE);
    }

    /** Any other text. */
    String nextText() {
        return nextText(wanted == Texts.ALL);
    }

    private String nextText(boolean make) {
        long lengthPlusOne = nextVarint();
        if (lengthPlusOne == 0) {
            return null;
        }
        long length = lengthPlusOne - 1;
        if (length < 0 || length > end - at) {
            fail();
            return null;
        }
        String text = make ? texts.of(b, at, (int) length) : null;
        at += (int) length;
        return text;
    }

    private int asInt(long value) {
        return value == (int) value ? (int) value : fail();
    }

    int fail() {
        failed = true;
        return 0;
    }
}
