package io.headcount.xml;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are UTF-8 as Unicode 15, table 3-7 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF, all
 * of which aalto would accept. Keeps its place between calls. Not thread-safe.
 */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    // a sequence's second byte is bounded by its first; later ones are always 80 to BF
    private int begun;
    private int pending;
    private int least;
    private int most;

    void begin() {
        begun = 0;
        pending = 0;
        least = 0x80;
        most = 0xBF;
    }

    /** How many of these bytes continue valid UTF-8: {@code len}, or less when the next one can't be. */
    int accepted(byte[] b, int off, int len) {
        int end = off + len;
        int i = pending == 0 ? pastAscii(b, off, end) : off;
        while (i < end) {
            int c = b[i] & 0xFF;
            boolean valid = pending == 0 ? acceptsFirst(c) : acceptsNext(c);
            if (!valid) {
                return i - off;
            }
            i = pending == 0 ? pastAscii(b, i + 1, end) : i + 1;
        }
        return len;
    }

    private static int pastAscii(byte[] b, int from, int end) {
        int i = from;
        while (i <= end - Long.BYTES && ((long) LONGS.get(b, i) & NOT_ASCII) == 0) {
            i += Long.BYTES;
        }
        while (i < end && b[i] >= 0) {
            i++;
        }
        return i;
    }

    private boolean acceptsNext(int c) {
        if (c < least || c > most) {
            return false;
        }
        pending--;
        begun = pending == 0 ? 0 : begun + 1;
        least = 0x80;
        most = 0xBF;
        return true;
    }

    private boolean acceptsFirst(int c) {
        if (c < 0xC2 || c > 0xF4) {
            return false;
        }
        begun = 1;
        pending = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        least = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
        most = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    /** Bytes that are there of a character which is not complete yet; 0 where the bytes so far end with a whole one. */
    int begun() {
        return begun;
    }

    /** Bytes that are missing of that character. */
    int missing() {
        return pending;
    }
}
