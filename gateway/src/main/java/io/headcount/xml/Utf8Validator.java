package io.headcount.xml;

/**
 * Checks that bytes are UTF-8 as Unicode 15, table 3-7 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF, all
 * of which aalto would accept. Keeps its place between calls. Not thread-safe.
 */
final class Utf8Validator {
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
        for (int i = off; i < off + len; i++) {
            int c = b[i] & 0xFF;
            if (pending == 0) {
                if (c >= 0x80 && !acceptsFirst(c)) {
                    return i - off;
                }
            } else if (c < least || c > most) {
                return i - off;
            } else {
                pending--;
                begun = pending == 0 ? 0 : begun + 1;
                least = 0x80;
                most = 0xBF;
            }
        }
        return len;
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
