package io.headcount.quarantine;

import java.nio.charset.StandardCharsets;

/**
 * The words by which a secret's name is known, in any case of letters; and the declaration of an entity, because a secret may
 * stand in it under any name. Pure functions. text -> where.
 */
final class SecretWords {
    private static final byte[][] WORDS = {
        bytes("password"), bytes("passwd"), bytes("passphrase"), bytes("passw"), bytes("pwd")
    };
    private static final byte[] ENTITY = bytes("<!entity");

    private SecretWords() {}

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the next word begins that does so before {@code to}, or {@link NulFreeText#NONE}. */
    static int next(NulFreeText text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (length(text, i) > 0) {
                return i;
            }
        }
        return NulFreeText.NONE;
    }

    /** Length of the word that begins here; 0: none does. */
    static int length(NulFreeText text, int at) {
        int c = text.at(at) | 0x20;
        if (c == 'p') {
            for (byte[] word : WORDS) {
                if (matches(text, at, word)) {
                    return word.length;
                }
            }
        }
        return declaresEntity(text, at) ? ENTITY.length : 0;
    }

    /** Whether an entity's declaration begins here. */
    static boolean declaresEntity(NulFreeText text, int at) {
        return text.at(at) == '<' && matches(text, at, ENTITY);
    }

    private static boolean matches(NulFreeText text, int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (lower(text.at(at + i)) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
}
