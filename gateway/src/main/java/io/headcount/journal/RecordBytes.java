package io.headcount.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The scratch that a record is encoded into: grows on demand up to the longest record, and is kept. */
final class RecordBytes {
    private static final int MAX_VARINT = 10;

    private byte[] b = new byte[4096];
    private int size;

    byte[] array() {
        return b;
    }

    int size() {
        return size;
    }

    /** Starts over with {@code bytes} bytes of whatever was there. */
    void start(int bytes) {
        size = bytes;
    }

    void putByte(int value) {
        room(1);
        b[size++] = (byte) value;
    }

    /** Seven bits a byte, low ones first; a negative value takes ten bytes. */
    void putVarint(long value) {
        room(MAX_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            b[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        b[size++] = (byte) rest;
    }

    /** A varint that is short for small values of either sign. */
    void putSigned(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    /** A varint of the length + 1 and UTF-8; null is length 0. */
    void putText(String text) {
        if (text == null) {
            putByte(0);
        } else if (!putAscii(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            putVarint(utf8.length + 1L);
            room(utf8.length);
            System.arraycopy(utf8, 0, b, size, utf8.length);
            size += utf8.length;
        }
    }

    // nearly every text of a camera is ASCII: no intermediate array for those
    private boolean putAscii(String text) {
        int start = size;
        int length = text.length();
        putVarint(length + 1L);
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = start;
                return false;
            }
            b[size + i] = (byte) c;
        }
        size += length;
        return true;
    }

    private void room(int bytes) {
        if (size + bytes > b.length) {
            grow(size + bytes);
        }
    }

    private void grow(int needed) {
        if (needed > RecordLayout.MAX_BYTES) {
            throw new IllegalStateException("a record of more than " + RecordLayout.MAX_BYTES
                    + " bytes: http.max-body or xml.max-rows is set higher than a record can hold");
        }
        b = Arrays.copyOf(b, Math.min(RecordLayout.MAX_BYTES, Math.max(needed, b.length * 2)));
    }
}
