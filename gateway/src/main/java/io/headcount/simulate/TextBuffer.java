package io.headcount.simulate;

/** ASCII text that is made again and again in the same bytes. One thread. */
final class TextBuffer {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final int MOST_DIGITS = 20;

    private final byte[] bytes;
    private int end;

    TextBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] bytes() {
        return bytes;
    }

    int end() {
        return end;
    }

    /** Goes on from here. */
    void moveTo(int position) {
        end = position;
    }

    int capacity() {
        return bytes.length;
    }

    void text(byte[] text) {
        System.arraycopy(text, 0, bytes, end, text.length);
        end += text.length;
    }

    void octet(char ascii) {
        bytes[end++] = (byte) ascii;
    }

    void hex(int octet) {
        bytes[end++] = HEX[octet >> 4];
        bytes[end++] = HEX[octet & 0xF];
    }

    /** A number that is not negative, with leading zeros. */
    void digits(long number, int width) {
        long rest = number;
        for (int at = end + width - 1; at >= end; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += width;
    }

    /** A number that is not negative. */
    void number(long number) {
        int width = 1;
        for (long rest = number; rest >= 10 && width < MOST_DIGITS; rest /= 10) {
            width++;
        }
        digits(number, width);
    }
}
