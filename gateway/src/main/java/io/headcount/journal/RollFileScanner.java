package io.headcount.journal;

import io.headcount.journal.FileWindow.ReadCall;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Walks the documents of one roll file with plain reads, also while it is written. One thread. file -> whole records.
 *
 * <p>A roll file is a sequence of documents, each at an offset that 4 divides: a header of 4 bytes, then the payload. The
 * header holds the payload's length in its lower 30 bits; bit 30 marks Chronicle's own documents (file header, index), bit 31
 * one that is not complete. The appender writes the payload first and the header last, so a header of 0 is where the file
 * ends for now. Both bits with length 0 mark the end of a file for good.
 *
 * <p>The payload may be seen a moment later than its header on machines with weak memory order; so what looks damaged is
 * read a second time before it counts as such. What the disk does not give ({@link FileWindow}) is damage like any other.
 */
final class RollFileScanner implements Closeable {
    /** What {@link #next()} found. */
    enum Step {
        /** A whole record. */
        RECORD,
        /** Nothing more for now: a header of 0, or an unfinished document. */
        END,
        /** The appender's mark that this file is complete. */
        SEALED,
        /** Something damaged at {@link #offset()}; {@link #fault()} tells what. Scanning can go on. */
        DAMAGED
    }

    /** Asks something of a record. */
    @FunctionalInterface
    interface RecordTest {
        /** The answer for the record that begins at {@code b[at]}. */
        boolean test(byte[] b, int at);
    }

    static final int HEADER_BYTES = 4;

    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int END_OF_DATA = NOT_COMPLETE | META_DATA;
    private static final int MAX_STORE_HEADER_BYTES = 128 << 10;
    private static final int ZEROS_COMPARED = 4096;
    private static final byte[] ZEROS = new byte[ZEROS_COMPARED];
    // below this much a binary search goes over to walking
    private static final long WALKED_BYTES = 1 << 20;

    private final RollFile file;
    private final Object key;
    private final FileWindow window;

    private long position;
    private long offset;
    private int recordAt;
    private int recordLength;
    private FaultKind fault;
    private boolean ended;

    /** Opens the file for reading, at its start. */
    RollFileScanner(RollFile file) throws IOException {
        this(file, ReadCall.SYSTEM);
    }

    RollFileScanner(RollFile file, ReadCall call) throws IOException {
        this.file = file;
        this.key = keyOf(file.path()); // before it is opened: one that is replaced in between counts as gone
        this.window = new FileWindow(file.path(), call);
    }

    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether the file has not been deleted, nor replaced by another of its name. */
    boolean isStillThere() throws IOException {
        try {
            return keyOf(file.path()).equals(key);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    RollFile file() {
        return file;
    }

    /** Offset of the document that {@link #next()} found. */
    long offset() {
        return offset;
    }

    /** What is wrong, after {@link Step#DAMAGED}. */
    FaultKind fault() {
        return fault;
    }

    /** Holds the record, from {@link #recordAt()} on; until the next call of any method that moves. */
    byte[] bytes() {
        return window.bytes();
    }

    int recordAt() {
        return recordAt;
    }

    int recordLength() {
        return recordLength;
    }

    /** The record's sequence number. */
    long sequence() {
        return RecordLayout.longAt(window.bytes(), recordAt + RecordLayout.SEQUENCE);
    }

    /** Makes {@link #next()} look here. */
    void moveTo(long documentOffset) {
        position = documentOffset;
    }

    /** Where {@link #next()} will look. */
    long position() {
        return position;
    }

    /** Finds the next record, or why there is none. At the end it may be called again: there may be more by then. */
    Step next() throws IOException {
        Step step = findNext();
        ended = step == Step.END;
        return step;
    }

    private Step findNext() throws IOException {
        while (true) {
            offset = position;
            if (!window.load(position, HEADER_BYTES)) {
                return window.fileSize() == 0 ? Step.END : damaged(FaultKind.CUT_OFF);
            }
            if (isUnfinished(headerAt(position))) {
                // the window may be older than the document
                window.fill(position);
                if (isUnreadable(position, position + HEADER_BYTES)) {
                    return damaged(FaultKind.UNREADABLE);
                }
            }
            int header = headerAt(position);
            if (header == END_OF_DATA) {
                return Step.SEALED;
            }
            if (isUnfinished(header)) {
                return holdsRecord(header) ? damaged(FaultKind.HEADER) : Step.END;
            }
            if ((header & META_DATA) == 0) {
                return record(header);
            }
            if (!skipMetaData(header)) {
                return damaged(FaultKind.HEADER);
            }
            if (isUnreadable(offset, position)) {
                return damaged(FaultKind.UNREADABLE);
            }
        }
    }

    private boolean isUnreadable(long from, long to) {
        return firstUnreadable(from, to) >= 0;
    }

    /** The first place in {@code [from, to)} that was looked at and can't be read, or -1. */
    long firstUnreadable(long from, long to) {
        return window.firstUnreadable(from, to);
    }

    /**
     * Insists on everything that was looked at before this place.
     *
     * @throws IOException naming the file and the first place, when some of it can't be read
     */
    void requireReadable(long before) throws IOException {
        long unreadable = firstUnreadable(0, before);
        if (unreadable >= 0) {
            IOException broken = window.readFault();
            throw new IOException(file.path().getFileName() + " at " + unreadable + ": " + broken.getMessage(), broken);
        }
    }

    /** The payload of the file's first document; does not move. Empty when it is not whole. */
    byte[] storeHeader() throws IOException {
        if (!window.load(0, HEADER_BYTES)) {
            return new byte[0];
        }
        int length = headerAt(0) & LENGTH_MASK;
        if (length > MAX_STORE_HEADER_BYTES || !window.load(0, HEADER_BYTES + length)) {
            return new byte[0];
        }
        int from = window.index(0) + HEADER_BYTES;
        return Arrays.copyOfRange(window.bytes(), from, from + length);
    }

    /** Where the document behind the first one begins. */
    static long behindStoreHeader(byte[] storeHeader) {
        return align(HEADER_BYTES + storeHeader.length);
    }

    private static boolean isUnfinished(int header) {
        return header == 0 || ((header & NOT_COMPLETE) != 0 && header != END_OF_DATA);
    }

    private Step record(int length) throws IOException {
        FaultKind kind = checkRecord(length);
        if (kind != null) {
            window.fill(position);
            kind = checkRecord(length);
        }
        if (kind == null) {
            take(length);
            return Step.RECORD;
        }
        FaultKind told = causeOf(kind, length);
        if (kind == FaultKind.CHECKSUM) {
            // both lengths agree: the next document is where it should be, unless they are damaged alike
            long within = findRecord(position + HEADER_BYTES, following(length));
            position = within >= 0 ? within : following(length);
        }
        return damaged(told);
    }

    private FaultKind causeOf(FaultKind kind, int length) {
        boolean zerosInstead = kind == FaultKind.CHECKSUM || kind == FaultKind.LENGTH;
        return zerosInstead && isUnreadable(position, following(length)) ? FaultKind.UNREADABLE : kind;
    }

    private FaultKind checkRecord(int length) throws IOException {
        if (position == 0 || length > RecordLayout.MAX_BYTES) {
            return FaultKind.HEADER;
        }
        if (!window.load(position, HEADER_BYTES + length)) {
            return FaultKind.CUT_OFF;
        }
        return RecordLayout.check(window.bytes(), window.index(position) + HEADER_BYTES, length);
    }

    private void take(int length) {
        recordAt = window.index(position) + HEADER_BYTES;
        recordLength = length;
        position = following(length);
    }

    private boolean skipMetaData(int header) throws IOException {
        long following = following(header & LENGTH_MASK);
        // whatever is appended to has room behind it, so a document that reaches the end of the file is none; and one
        // flipped
        // bit of the length must not skip a megabyte of records
        if (following > window.fileSize()
                || holdsRecord(header)
                || findRecord(position + HEADER_BYTES, following) >= 0) {
            return false;
        }
        position = following;
        return true;
    }

    // one bit flipped in a header makes a record look like something else
    private boolean holdsRecord(int header) throws IOException {
        int length = header & LENGTH_MASK;
        return length != 0 && position != 0 && checkRecord(length) == null;
    }

    private Step damaged(FaultKind kind) {
        fault = kind;
        return Step.DAMAGED;
    }

    private long following(int length) {
        return align(position + HEADER_BYTES + length);
    }

    /** Where a document begins that comes behind this place. */
    static long align(long at) {
        return (at + 3) & ~3L;
    }

    /**
     * Looks for a whole record behind the place where {@link #next()} ended or met damage, and moves there. Does not move
     * when the end was only the end for a moment and the place has been written by now.
     *
     * @return whether {@link #next()} will go on; false when there is no record behind that place
     */
    boolean skipToRecord() throws IOException {
        if (isWrittenByNow()) {
            return true;
        }
        long found = findRecord(align(position + 1), window.fileSize());
        if (found < 0) {
            return isWrittenByNow();
        }
        if (!isWrittenByNow()) {
            position = found;
        }
        return true;
    }

    /** Whether the place where {@link #next()} found the end is no longer one: its document has been completed since. */
    private boolean isWrittenByNow() throws IOException {
        return ended && !isUnfinished(headerNow());
    }

    private int headerNow() throws IOException {
        window.fill(position);
        return window.sizeFrom(position) < HEADER_BYTES ? 0 : headerAt(position);
    }

    /**
     * Moves to the first record whose sequence number is {@code sequence} or greater, or behind the last record. Damage on
     * the way is passed over.
     *
     * @return the sequence number of the last record before that place, or {@link Fault#UNKNOWN}
     */
    long seek(long sequence) throws IOException {
        position = lowerBound((b, at) -> RecordLayout.longAt(b, at + RecordLayout.SEQUENCE) < sequence);
        long last = Fault.UNKNOWN;
        while (moveToRecord()) {
            if (sequence() >= sequence) {
                position = offset;
                return last;
            }
            last = sequence();
        }
        return last;
    }

    /** Finds the next record like {@link #next()}, but passes over damage; false at the end of the file. */
    boolean moveToRecord() throws IOException {
        while (true) {
            if (next() == Step.RECORD) {
                return true;
            }
            if (position == offset && !skipToRecord()) {
                return false;
            }
        }
    }

    /**
     * Moves to the file's beginning or to a record that lies before the place sought, near to it.
     *
     * @param before whether a record does; where it does, all records in front of it do
     */
    void seekNear(RecordTest before) throws IOException {
        position = lowerBound(before);
    }

    // by halving: any record found by its checksum tells on which side to go on
    private long lowerBound(RecordTest before) throws IOException {
        long low = 0;
        long high = window.fileSize();
        while (high - low > WALKED_BYTES) {
            long middle = align(low + (high - low) / 2);
            long found = findRecord(middle, high);
            if (found >= 0 && before.test(window.bytes(), window.index(found) + HEADER_BYTES)) {
                low = found;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long findRecord(long from, long to) throws IOException {
        long at = from;
        while (at + HEADER_BYTES <= to && window.load(at, HEADER_BYTES)) {
            if (allZeros(at)) {
                at += ZEROS_COMPARED;
            } else if (isRecordAt(at)) {
                return at;
            } else {
                at += HEADER_BYTES;
            }
        }
        return -1;
    }

    private boolean allZeros(long at) {
        int from = window.index(at);
        int size = Math.min(ZEROS_COMPARED, window.sizeFrom(at));
        return size == ZEROS_COMPARED && Arrays.equals(window.bytes(), from, from + size, ZEROS, 0, size);
    }

    private boolean isRecordAt(long at) throws IOException {
        int length = headerAt(at);
        if (length < RecordLayout.BODY || length > RecordLayout.MAX_BYTES || !window.load(at, 2 * HEADER_BYTES)) {
            return false;
        }
        int recordLengthField = RecordLayout.intAt(window.bytes(), window.index(at) + HEADER_BYTES);
        return recordLengthField == length - RecordLayout.CHECKSUM
                && window.load(at, HEADER_BYTES + length)
                && RecordLayout.check(window.bytes(), window.index(at) + HEADER_BYTES, length) == null;
    }

    private int headerAt(long at) {
        return RecordLayout.intAt(window.bytes(), window.index(at));
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
