package io.headcount.journal;

import io.headcount.config.JournalConfig.Roll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Chronicle's notes in the first document of a roll file: its format, and where its last record and its index are. Chronicle
 * believes them blindly: with one flipped bit it writes a record 8 TB behind the end, into others, or where no reader looks.
 * So they are compared with what is really in the file before Chronicle sees it.
 *
 * <pre>
 *  "writePosition" … 0x8d, capacity i64, used i64, position i64, position and sequence i64
 *  "index2Index"   … 0xa7, position i64
 *  "lastIndex"     … 0xa7, index i64
 * </pre>
 */
final class StoreHeader {
    private static final byte[] WRITE_POSITION = "writePosition".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INDEX = "index2Index".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_INDEX = "lastIndex".getBytes(StandardCharsets.US_ASCII);
    private static final byte ARRAY = (byte) 0x8d;
    private static final byte NUMBER = (byte) 0xa7;
    private static final int LONG_BYTES = 8;

    private StoreHeader() {}

    /**
     * Whether the notes of this file fit its records. They do not, either, when another version of Chronicle wrote them in
     * another form: then the next file is begun, which does no harm.
     *
     * @param lastRecord where the last record's document begins, 0 when there is none
     * @param beforeLast where the one before begins: a kill may come between a record and the note of it
     */
    static boolean fits(RollFileScanner scanner, long lastRecord, long beforeLast) throws IOException {
        byte[] header = scanner.storeHeader();
        long behind = RollFileScanner.behindStoreHeader(header);
        long position = take(header, behind(header, WRITE_POSITION, ARRAY, 2 * LONG_BYTES));
        take(header, behind(header, WRITE_POSITION, ARRAY, 3 * LONG_BYTES));
        long index = take(header, behind(header, INDEX, NUMBER, 0));
        take(header, behind(header, LAST_INDEX, NUMBER, 0));
        boolean positionFits = position == lastRecord || position == beforeLast;
        return positionFits
                && index == behind
                && checksum(header) == expected(scanner.file().roll());
    }

    /** Checksum of the notes without their changing numbers, as Chronicle Queue 2026.4 writes them with our settings. */
    private static int expected(Roll roll) {
        return switch (roll) {
            case MINUTELY -> 0x9094fa04;
            case HOURLY, DAILY -> 0xdd680e9a;
        };
    }

    private static int checksum(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header);
        return (int) crc.getValue();
    }

    private static long take(byte[] header, int at) {
        if (at < 0) {
            return Fault.UNKNOWN;
        }
        long number = RecordLayout.longAt(header, at);
        RecordLayout.longAt(header, at, 0);
        return number;
    }

    /** Where the number behind a name and a type stands, or -1; between name and type there is padding, for alignment. */
    private static int behind(byte[] header, byte[] name, byte type, int skippedBytes) {
        int at = indexOf(header, name);
        while (at >= 0 && at < header.length && header[at] != type) {
            at++;
        }
        int number = at + 1 + skippedBytes;
        return at < 0 || number + LONG_BYTES > header.length ? -1 : number;
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
