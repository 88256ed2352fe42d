package io.headcount.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives out one string for texts that come again and again, as a camera's ids and names do, instead of making it each time. Holds
 * so many texts at the most, one for each hash value; a text longer than {@value #LONGEST_BYTES} bytes is not held. One thread.
 */
public final class RecentTexts {
    private static final int LONGEST_BYTES = 64;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int shift;
    private final byte[][] utf8;
    private final String[] texts;

    /**
     * Without any text.
     *
     * @param bits of the number of texts held: 2^bits, each of about 150 bytes; 1 to 24
     */
    public RecentTexts(int bits) {
        if (bits < 1 || bits > 24) {
            throw new IllegalArgumentException("bits: " + bits + " (expected: 1 to 24)");
        }
        shift = Long.SIZE - bits;
        utf8 = new byte[1 << bits][];
        texts = new String[1 << bits];
    }

    /** The text of {@code b[off, off + len)}, which is UTF-8. */
    public String of(byte[] b, int off, int len) {
        if (len > LONGEST_BYTES) {
            return new String(b, off, len, StandardCharsets.UTF_8);
        }
        int slot = slot(b, off, len);
        byte[] held = utf8[slot];
        if (held == null || !Arrays.equals(held, 0, held.length, b, off, off + len)) {
            utf8[slot] = Arrays.copyOfRange(b, off, off + len);
            texts[slot] = new String(b, off, len, StandardCharsets.UTF_8);
        }
        return texts[slot];
    }

    private int slot(byte[] b, int off, int len) {
        long hash = len;
        int at = off;
        for (; off + len - at >= Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONG.get(b, at));
        }
        long rest = 0;
        for (; at < off + len; at++) {
            rest = (rest << Byte.SIZE) | (b[at] & 0xFF);
        }
        return (int) (mixed(hash ^ rest) >>> shift);
    }

    private static long mixed(long hash) {
        long product = hash * MIX;
        return product ^ (product >>> Integer.SIZE);
    }
}
