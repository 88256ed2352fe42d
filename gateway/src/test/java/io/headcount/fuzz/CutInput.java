package io.headcount.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fuzzer's input as bytes and the places where they are cut. A plain document is an input, too: it has no cuts of its own
 * and comes byte by byte.
 *
 * <pre>
 * bytes … | n lengths, each one byte, 0 = 1 … 255 = 256 | 0xF0 + n          with 1 ≤ n ≤ 15, else all are bytes
 * </pre>
 */
public final class CutInput {
    private static final int MARK = 0xF0;
    private static final int[] BYTE_BY_BYTE = {1};

    private final byte[] bytes;
    private final int[] lengths;

    private CutInput(byte[] bytes, int[] lengths) {
        this.bytes = bytes;
        this.lengths = lengths;
    }

    /** Takes a fuzzer's input apart. */
    public static CutInput of(byte[] input) {
        int last = input.length == 0 ? 0 : input[input.length - 1] & 0xFF;
        int cuts = last - MARK;
        if (cuts < 1 || cuts >= input.length) {
            return new CutInput(input, BYTE_BY_BYTE);
        }
        int end = input.length - 1 - cuts;
        int[] lengths = new int[cuts];
        for (int i = 0; i < cuts; i++) {
            lengths[i] = 1 + (input[end + i] & 0xFF);
        }
        return new CutInput(Arrays.copyOf(input, end), lengths);
    }

    /** The bytes, whole. */
    public byte[] bytes() {
        return bytes;
    }

    /** The bytes in pieces: of the lengths given, again from the first when there are more bytes than that. */
    public List<byte[]> pieces() {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int to = Math.min(bytes.length, from + lengths[i % lengths.length]);
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }
}
