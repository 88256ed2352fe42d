package io.headcount.quarantine;

/**
 * A body without its NUL bytes, so that ASCII reads the same in UTF-8, in the Chinese encodings and in UTF-16, and each byte's
 * place in the body. Immutable. bytes -> bytes.
 */
final class NulFreeText {
    /** What {@link #at} tells beyond the ends. */
    static final int NONE = -1;

    private final byte[] bytes;
    private final int length;
    private final int[] places; // null: no NUL in the body

    NulFreeText(byte[] body) {
        int nuls = 0;
        for (byte b : body) {
            nuls += b == 0 ? 1 : 0;
        }
        length = body.length - nuls;
        bytes = nuls == 0 ? body : new byte[length];
        places = nuls == 0 ? null : new int[length];
        if (places != null) {
            fill(body);
        }
    }

    private void fill(byte[] body) {
        int next = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] != 0) {
                bytes[next] = body[i];
                places[next++] = i;
            }
        }
    }

    int length() {
        return length;
    }

    /** The byte, 0 to 255; {@link #NONE} before the beginning and from the end on. */
    int at(int index) {
        return index < 0 || index >= length ? NONE : bytes[index] & 0xFF;
    }

    /** Where in the body the byte stands. */
    int place(int index) {
        return places == null ? index : places[index];
    }

    /** The first {@code wanted} from {@code from} on, or {@link #NONE}. */
    int indexOf(int wanted, int from) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == (byte) wanted) {
                return i;
            }
        }
        return NONE;
    }

    /** The first byte from {@code from} on that is not white space. */
    int skipSpace(int from) {
        int i = from;
        while (isSpace(at(i))) {
            i++;
        }
        return i;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Whether the byte may be part of a name; all of a multi-byte character may. */
    static boolean isNamePart(int c) {
        int lower = c | 0x20;
        return (lower >= 'a' && lower <= 'z' && c < 0x80)
                || (c >= '0' && c <= ':')
                || c == '_'
                || c == '-'
                || c == '.'
                || c >= 0x80;
    }
}
