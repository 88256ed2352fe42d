package io.headcount.xml;

/**
 * Checks that bytes are UTF-8 as Unicode 15, table 3-7 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF, all
 * of which aalto would accept. Keeps its place between calls. Not thread-safe.
 */
final class Utf8Validator {
    // a sequence's second byte is bounded by its first; later ones are always 80 to BF
    private int pending;
    private int least;
    private int most;

    void begin() {
        pending = 0;
        least = 0x80;
        most = 0xBF;
    }

    /** Whether these bytes continue valid UTF-8. */
    boolean accepts(byte[] b, int off, int len) {
        for (int i = off; i < off + len; i++) {
            int c = b[i] & 0xFF;
            if (pending == 0) {
                if (c >= 0x80 && !acceptsFirst(c)) {
                    return false;
                }
            } else if (c < least || c > most) {
                return false;
            } else {
                pending--;
                least = 0x80;
                most = 0xBF;
            }
        }
        return true;
    }

    private boolean acceptsFirst(int c) {
        if (c < 0xC2 || c > 0xF4) {
            return false;
        }
        pending = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        least = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
        most = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    /** Whether the bytes so far end with a whole character. */
    boolean complete() {
        return pending == 0;
    }
}
