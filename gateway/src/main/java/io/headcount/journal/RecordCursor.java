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
    private boolean passingOverTexts;

    void start(byte[] bytes, int off, int len) {
        b = bytes;
        at = off;
        end = off + len;
        failed = false;
    }

    /** Whether all texts from now on read as null, though they have to be there. */
    void passOverTexts(boolean passOver) {
        passingOverTexts = passOver;
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

    String nextText() {
        long lengthPlusOne = nextVarint();
        if (lengthPlusOne == 0) {
            return null;
        }
        long length = lengthPlusOne - 1;
        if (length < 0 || length > end - at) {
            fail();
            return null;
        }
        String text = passingOverTexts ? null : texts.of(b, at, (int) length);
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
