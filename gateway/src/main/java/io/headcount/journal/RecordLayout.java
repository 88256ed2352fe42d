package io.headcount.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Where things stand in a record, little-endian. The frame stays as it is in all versions to come, so that any reader can
 * check and count what it can't decode.
 *
 * <pre>
 *  0  u32  length of everything after this field
 *  4  u32  CRC32C of everything after this field
 *  8  u8   version of the body, 1; 2 where it has rows of totals
 *  9  u8   kind, 1 = post
 * 10  u16  reserved, 0
 * 12  i64  sequence, from 1, without gaps
 * 20  i64  when the post was received, epoch ms
 * 28  i64  greatest window start journaled before this record, epoch s, or {@link #NO_START}
 * 36  …    body
 * </pre>
 *
 * <p>Of a window longer than {@link #LONGEST_COUNTED_SEC} the last so many seconds count for the greatest start: it says of all windows before
 * the record when they have ended.
 */
final class RecordLayout {
    static final int LENGTH = 0;
    static final int CHECKSUM = 4;
    static final int VERSION = 8;
    static final int KIND = 9;
    static final int RESERVED = 10;
    static final int SEQUENCE = 12;
    static final int RECEIVED_AT = 20;
    static final int NEWEST_START = 28;
    static final int BODY = 36;

    /** Rows of every kind but totals. */
    static final byte FIRST_VERSION = 1;
    /** Rows of totals, too. A record has the least version that can hold it: older readers pass over these alone. */
    static final byte TOTALS_VERSION = 2;

    static final byte CURRENT_VERSION = TOTALS_VERSION;
    static final byte POST = 1;

    /** What no window is longer than for {@link #NEWEST_START}, s. */
    static final int LONGEST_COUNTED_SEC = 600;

    /** No window start has been journaled yet. */
    static final long NO_START = Long.MIN_VALUE;

    /**
     * The longest record: a little less than what {@link JournalQueue} keeps free behind each block, so that a file never
     * ends right behind a record. A post of 10,000 rows in a body of 1 MiB needs less than 1.5 MiB.
     */
    static final int MAX_BYTES = (2 << 20) - 64;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordLayout() {}

    static int intAt(byte[] b, int off) {
        return (int) INT.get(b, off);
    }

    static void intAt(byte[] b, int off, int value) {
        INT.set(b, off, value);
    }

    static long longAt(byte[] b, int off) {
        return (long) LONG.get(b, off);
    }

    static void longAt(byte[] b, int off, long value) {
        LONG.set(b, off, value);
    }

    /** What is wrong with the frame of the record in {@code b[off, off + len)}, or null when it is whole. */
    static FaultKind check(byte[] b, int off, int len) {
        if (len < BODY || intAt(b, off + LENGTH) != len - CHECKSUM) {
            return FaultKind.LENGTH;
        }
        return intAt(b, off + CHECKSUM) == checksum(b, off, len) ? null : FaultKind.CHECKSUM;
    }

    /** Writes length and checksum of a record that is otherwise complete. */
    static void seal(byte[] b, int off, int len) {
        intAt(b, off + LENGTH, len - CHECKSUM);
        intAt(b, off + CHECKSUM, checksum(b, off, len));
    }

    private static int checksum(byte[] b, int off, int len) {
        CRC32C crc = new CRC32C();
        crc.update(b, off + VERSION, len - VERSION);
        return (int) crc.getValue();
    }
}
