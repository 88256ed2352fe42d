package io.headcount.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Chronicle's notes in the first document of a roll file: where its last record and its index are. Chronicle believes them
 * blindly; one flipped bit made it write a record 8 TB behind the end, or into others. So they are compared with what is
 * really in the file before Chronicle sees it.
 *
 * <pre>
 *  "writePosition" … 0x8d, capacity i64, used i64, position i64, position and sequence i64
 *  "index2Index" … 0xa7, position i64
 * </pre>
 */
final class StoreHeader {
    private static final byte[] WRITE_POSITION = "writePosition".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INDEX = "index2Index".getBytes(StandardCharsets.US_ASCII);
    private static final byte ARRAY = (byte) 0x8d;
    private static final byte NUMBER = (byte) 0xa7;
    private static final int LONG_BYTES = 8;

    private StoreHeader() {}

    /**
     * Whether the notes of this file fit its records.
     *
     * @param lastRecord where the last record's document begins, 0 when there is none
     * @param beforeLast where the one before begins: a kill may come between a record and the note of it
     */
    static boolean fits(RollFileScanner scanner, long lastRecord, long beforeLast) throws IOException {
        byte[] header = scanner.storeHeader();
        long position = longBehind(header, WRITE_POSITION, ARRAY, 2 * LONG_BYTES);
        long index = longBehind(header, INDEX, NUMBER, 0);
        boolean positionFits = position == lastRecord || position == beforeLast;
        return positionFits && index == RollFileScanner.behindStoreHeader(header);
    }

    /** The number behind a name and a type; between the two there is padding, for alignment. */
    private static long longBehind(byte[] header, byte[] name, byte type, int skippedBytes) {
        int at = indexOf(header, name);
        while (at >= 0 && at < header.length && header[at] != type) {
            at++;
        }
        int number = at + 1 + skippedBytes;
        return at < 0 || number + LONG_BYTES > header.length ? Fault.UNKNOWN : RecordLayout.longAt(header, number);
    }

    private static int indexOf(byte[] bytes, byte[] name) {
        for (int at = 0; at + name.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
                return at + name.length;
            }
        }
        return -1;
    }
}
