package io.headcount.quarantine;

/**
 * Tells whether a body can be read as far as masking goes: what can't be read can't be masked. Text in which ASCII is ASCII can,
 * and UTF-16; compressed or encrypted bytes and EBCDIC can't. Pure functions. bytes -> yes or no.
 */
final class Legibility {
    /** Text has next to no control characters, of compressed bytes every ninth is one. */
    private static final int CHARS_PER_CONTROL = 32;

    private static final int EBCDIC_LESS_THAN = 0x4C;
    private static final int EBCDIC_QUESTION_MARK = 0x6F;

    private Legibility() {}

    static boolean legible(byte[] body) {
        int head = body.length < 4 ? 0 : (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
        boolean bigEndian = head == 0xFEFF || (head != 0 && head <= 0xFF && body[2] == 0);
        boolean littleEndian = head == 0xFFFE || (head > 0xFF && (head & 0xFF) == 0 && body[3] == 0);
        if (bigEndian || littleEndian) {
            return isText(body, 2, bigEndian);
        }
        return !beginsInEbcdic(body) && isText(body, 1, false);
    }

    private static boolean isText(byte[] body, int unitBytes, boolean bigEndian) {
        int controls = 0;
        int units = body.length / unitBytes;
        for (int i = 0; i < units; i++) {
            if (isControl(unit(body, i * unitBytes, unitBytes, bigEndian))) {
                controls++;
            }
        }
        return controls * CHARS_PER_CONTROL <= units;
    }

    private static int unit(byte[] body, int at, int unitBytes, boolean bigEndian) {
        int first = body[at] & 0xFF;
        if (unitBytes == 1) {
            return first;
        }
        int second = body[at + 1] & 0xFF;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    private static boolean isControl(int unit) {
        return unit < ' ' && !NulFreeText.isSpace(unit);
    }

    /** A document there begins with {@code <} and a letter or a question mark. */
    private static boolean beginsInEbcdic(byte[] body) {
        return body.length > 1 && body[0] == EBCDIC_LESS_THAN && (body[1] < 0 || body[1] == EBCDIC_QUESTION_MARK);
    }
}
