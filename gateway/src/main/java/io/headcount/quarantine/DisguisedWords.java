package io.headcount.quarantine;

import java.util.Arrays;

/**
 * Finds {@link SecretWords} that are not spelt plainly: broken by bytes that were damaged on the way, by control characters, hyphens or a
 * comment, or with letters written as references of XML or as escapes of JSON or of URLs. Nothing is known then about where the value
 * stands. Linear. text -> whether.
 */
final class DisguisedWords {
    private static final int MAX_REFERENCE_DIGITS = 8;
    private static final int LETTERS_PER_ESCAPE = 4;
    private static final int DIGITS_PER_PERCENT = 2;

    private final NulFreeText text;
    private final byte[] bare;
    private final int[] from; // of each bare byte, in the text
    private final int[] to;
    private int length;

    private DisguisedWords(NulFreeText text) {
        this.text = text;
        this.bare = new byte[text.length()];
        this.from = new int[text.length()];
        this.to = new int[text.length()];
    }

    static boolean in(NulFreeText text) {
        return new DisguisedWords(text).found();
    }

    private boolean found() {
        for (int i = 0; i < text.length(); ) {
            i = read(i);
        }
        NulFreeText plain = new NulFreeText(Arrays.copyOf(bare, length));
        for (int i = SecretWords.next(plain, 0, length); i >= 0; i = SecretWords.next(plain, i + 1, length)) {
            int letters = SecretWords.length(plain, i);
            if (to[i + letters - 1] - from[i] != letters) {
                return true;
            }
        }
        return false;
    }

    /** Reads one character, or passes over one that no name needs; where the next begins. */
    private int read(int at) {
        int c = text.at(at);
        if (c == '<' && text.at(at + 1) == '!' && text.at(at + 2) == '-' && text.at(at + 3) == '-') {
            return behindComment(at);
        }
        if (c == '&' && text.at(at + 1) == '#') {
            boolean hex = (text.at(at + 2) | 0x20) == 'x';
            int digits = at + (hex ? 3 : 2);
            return readNumber(at, digits, digits + MAX_REFERENCE_DIGITS, hex ? 16 : 10);
        }
        if (c == '\\' && text.at(at + 1) == 'u') {
            return readNumber(at, at + 2, at + 2 + LETTERS_PER_ESCAPE, 16);
        }
        if (c == '%') {
            return readNumber(at, at + 1, at + 1 + DIGITS_PER_PERCENT, 16);
        }
        if (c >= ' ' && c < 0x7F && c != '-' && c != '_') {
            add(c, at, at + 1);
        }
        return at + 1;
    }

    private int behindComment(int at) {
        int end = text.indexOf('>', at);
        while (end >= 0 && !(text.at(end - 1) == '-' && text.at(end - 2) == '-')) {
            end = text.indexOf('>', end + 1);
        }
        return end < 0 ? at + 1 : end + 1;
    }

    private int readNumber(int at, int digits, int limit, int radix) {
        int value = 0;
        int i = digits;
        while (i < limit && Character.digit(text.at(i), radix) >= 0) {
            value = value * radix + Character.digit(text.at(i), radix);
            i++;
        }
        if (i == digits) {
            return at + 1;
        }
        int end = text.at(i) == ';' ? i + 1 : i;
        if (value > ' ' && value < 0x7F) {
            add(value, at, end);
        }
        return end;
    }

    private void add(int c, int begin, int end) {
        bare[length] = (byte) c;
        from[length] = begin;
        to[length++] = end;
    }
}
