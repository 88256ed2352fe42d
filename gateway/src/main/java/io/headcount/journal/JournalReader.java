package io.headcount.journal;

import io.headcount.journal.FileWindow.ReadCall;
import io.headcount.journal.RollFileScanner.RecordTest;
import io.headcount.journal.RollFileScanner.Step;
import io.headcount.model.Post;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads a journal's records in order, from this or another process, while it is written or not, and changes nothing. One
 * thread. directory -> records.
 *
 * <p>Damage is told to the listener and gone around: every good record is delivered, once. The directory may be empty or not
 * there yet; records are delivered as they come.
 *
 * <pre>
 *  reader.seek(17);
 *  while (running) {
 *      if (reader.next()) { … reader.decode(post) … } else { wait a little; }
 *  }
 * </pre>
 */
public final class JournalReader implements AutoCloseable {
    private static final long LISTING_PAUSE_NS = 100_000_000;

    private final Path dir;
    private final FaultListener faults;
    private final ReadCall call;
    private final RecordDecoder decoder = new RecordDecoder();
    private final FollowingFiles files;

    private RollFileScanner scanner;
    // the appender's end mark was read
    private boolean sealed;
    // there is a later file
    private boolean complete;
    private long least = Long.MIN_VALUE;
    private long expected = Fault.UNKNOWN;
    private long toldOffset = -1;
    // behind what is written so far
    private long toldUnreadable = -1;
    private long listedNs = System.nanoTime() - LISTING_PAUSE_NS;

    private JournalReader(Path dir, FaultListener faults, ReadCall call, Supplier<List<RollFile>> listing) {
        this.dir = dir;
        this.faults = faults;
        this.call = call;
        this.files = new FollowingFiles(listing);
    }

    /**
     * A reader at the start of the journal, that is at the oldest record kept.
     *
     * @param dir the journal's directory, there or not
     * @param faults is told of damage
     */
    public static JournalReader open(Path dir, FaultListener faults) {
        return open(dir, faults, ReadCall.SYSTEM);
    }

    static JournalReader open(Path dir, FaultListener faults, ReadCall call) {
        return open(dir, faults, call, () -> JournalDirectory.rollFiles(dir));
    }

    static JournalReader open(Path dir, FaultListener faults, ReadCall call, Supplier<List<RollFile>> listing) {
        return new JournalReader(dir, faults, call, listing);
    }

    /** A reader at the start of this file, which goes on to those after it. */
    static JournalReader openAt(RollFile file, FaultListener faults) {
        JournalReader reader = open(file.path().getParent(), faults);
        reader.open(file);
        return reader;
    }

    /**
     * Goes to the record with this sequence number. Where it is no longer kept, a gap is told and reading starts at the
     * oldest record; where it is not written yet, reading waits for it.
     */
    public void seek(long sequence) {
        least = sequence;
        expected = sequence;
        try {
            RollFile file = lastStartingBefore(files.list(), sequence);
            if (file != null && open(file)) {
                scanner.seek(sequence);
            }
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    /** Goes behind the last record: what is appended from now on is read. */
    public void seekEnd() {
        try {
            List<RollFile> all = files.list();
            for (int i = all.size() - 1; i >= 0; i--) {
                if (open(all.get(i)) && seekEndOfFile()) {
                    return;
                }
            }
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    private boolean seekEndOfFile() throws IOException {
        long last = scanner.seek(Long.MAX_VALUE);
        expected = last == Fault.UNKNOWN ? Fault.UNKNOWN : last + 1;
        return last != Fault.UNKNOWN;
    }

    // files by halving; one that holds no record is passed over towards older ones
    private RollFile lastStartingBefore(List<RollFile> files, long sequence) throws IOException {
        RollFile best = files.isEmpty() ? null : files.get(0);
        int low = 0;
        int high = files.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int probed = middle;
            long first = firstSequence(files.get(probed));
            while (first == Fault.UNKNOWN && probed > low) {
                first = firstSequence(files.get(--probed));
            }
            if (first == Fault.UNKNOWN) {
                low = middle + 1;
            } else if (first <= sequence) {
                best = files.get(probed);
                low = middle + 1;
            } else {
                high = probed - 1;
            }
        }
        return best;
    }

    private long firstSequence(RollFile file) throws IOException {
        try (RollFileScanner probe = new RollFileScanner(file, call)) {
            return probe.moveToRecord() ? probe.sequence() : Fault.UNKNOWN;
        } catch (NoSuchFileException deletedMeanwhile) {
            return Fault.UNKNOWN;
        }
    }

    /**
     * Moves to the next good record.
     *
     * @return false when there is none for now; later there may be
     */
    public boolean next() {
        try {
            return advance();
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    /** Like {@link #next()} together with {@link #lookFurther()}: for reading all that there is and then stopping. */
    public boolean nextBeforeEnd() {
        while (!next()) {
            if (!lookFurther()) {
                return false;
            }
        }
        return true;
    }

    private boolean advance() throws IOException {
        while (scanner != null || openFirst()) {
            if (advanceInFile()) {
                return true;
            }
            if (!openFollowing()) {
                return false;
            }
        }
        return false;
    }

    private boolean advanceInFile() throws IOException {
        while (true) {
            Step step = sealed ? Step.SEALED : scanner.next();
            if (step == Step.RECORD) {
                if (accept()) {
                    return true;
                }
            } else if (!goAround(step)) {
                sealed = step == Step.SEALED;
                return false;
            }
        }
    }

    private boolean goAround(Step step) throws IOException {
        return switch (step) {
            case DAMAGED -> goAroundDamage();
            case SEALED -> !sealed && skipForgedEnd();
            default -> false;
        };
    }

    /** Nothing follows the appender's end mark: where records do, damage only looks like it. */
    private boolean skipForgedEnd() throws IOException {
        long mark = scanner.offset();
        if (!scanner.skipToRecord()) {
            return false;
        }
        tell(mark, FaultKind.HEADER);
        return true;
    }

    private boolean accept() {
        long sequence = scanner.sequence();
        if (sequence < least) {
            return false;
        }
        if (expected != Fault.UNKNOWN && sequence != expected) {
            FaultKind kind = sequence > expected ? FaultKind.GAP : FaultKind.BACKWARDS;
            faults.onFault(new Fault(file(), offset(), kind, expected, sequence));
        }
        expected = sequence + 1;
        return true;
    }

    private boolean goAroundDamage() throws IOException {
        tell(scanner.offset(), scanner.fault());
        return scanner.position() != scanner.offset() || scanner.skipToRecord();
    }

    // each place once, however often it is looked at
    private void tell(long offset, FaultKind kind) {
        if (offset != toldOffset) {
            toldOffset = offset;
            faults.onFault(new Fault(file(), offset, kind, expected, Fault.UNKNOWN));
        }
    }

    /**
     * Looks harder, after {@link #next()} found nothing: for a new roll file at once, and for good records behind the end
     * found, which then is a hole and is told. Reads on to the end of the file: to be called when a finite reading is done,
     * or when nothing has come for a while.
     *
     * @return whether {@link #next()} should be called again; false: there really is nothing for now
     */
    public boolean lookFurther() {
        try {
            if (scanner == null || sealed) {
                return false;
            }
            if (!complete && followingFile() != null) {
                complete = true;
                return true;
            }
            return skipHole();
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    private boolean skipHole() throws IOException {
        long hole = scanner.position();
        if (!scanner.skipToRecord()) {
            if (hole != toldOffset) {
                tellUnreadable(scanner.firstUnreadable(hole, Long.MAX_VALUE));
            }
            return false;
        }
        if (scanner.position() != hole) {
            tell(hole, FaultKind.HOLE);
            tellUnreadable(scanner.firstUnreadable(hole, scanner.position()));
        }
        return true;
    }

    private void tellUnreadable(long offset) {
        if (offset >= 0 && offset != toldUnreadable) {
            toldUnreadable = offset;
            faults.onFault(new Fault(file(), offset, FaultKind.UNREADABLE, expected, Fault.UNKNOWN));
        }
    }

    private boolean openFirst() {
        if (!listingIsDue()) {
            return false;
        }
        return openFirstOf(files.list());
    }

    /**
     * Goes to the next roll file, if there is one. Once it exists nothing is appended to this one any more; but the last
     * records may have come between our look at the file and the listing, so it is read to its end once more before.
     *
     * @return whether to go on
     */
    private boolean openFollowing() throws IOException {
        if (scanner.position() == 0 && !scanner.isStillThere()) {
            return leaveUnborn();
        }
        if (complete && skipHole()) {
            return true;
        }
        if (complete || sealed) {
            if (complete && scanner.position() == 0) {
                tell(0, FaultKind.HOLE); // not even the header that each file begins with
            }
            boolean opened = openFirstAfter(scanner.file().startMs());
            complete = false; // where none was opened, the one that was known is gone
            return opened;
        }
        complete = files.knownAfter(scanner.file().startMs()) != null || (listingIsDue() && followingFile() != null);
        return complete;
    }

    /** A start deletes the file that a kill left without a header, and goes on in the one before, or makes this one anew. */
    private boolean leaveUnborn() throws IOException {
        closeScanner();
        scanner = null;
        if (expected == Fault.UNKNOWN) {
            return openFirstOf(files.list());
        }
        seek(expected);
        return scanner != null;
    }

    /** A file that was known may have been deleted or set aside since. */
    private boolean openFirstAfter(long startMs) {
        RollFile known = files.knownAfter(startMs);
        if (known != null && open(known)) {
            return true;
        }
        List<RollFile> following =
                files.list().stream().filter(file -> file.startMs() > startMs).toList();
        return openFirstOf(following);
    }

    private RollFile followingFile() {
        return files.after(scanner.file().startMs());
    }

    /** Retention may delete the oldest of them meanwhile: what is missing then is told as a gap. */
    private boolean openFirstOf(List<RollFile> files) {
        for (RollFile file : files) {
            if (open(file)) {
                return true;
            }
        }
        return false;
    }

    private boolean listingIsDue() {
        long now = System.nanoTime();
        if (now - listedNs < LISTING_PAUSE_NS) {
            return false;
        }
        listedNs = now;
        return true;
    }

    private boolean open(RollFile file) {
        try {
            RollFileScanner opened = new RollFileScanner(file, call);
            closeScanner();
            scanner = opened;
            sealed = false;
            complete = false;
            toldOffset = -1;
            toldUnreadable = -1;
            return true;
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    /** The current record's sequence number. */
    public long sequence() {
        return scanner.sequence();
    }

    /** The sequence number that the next record should have, or -1 when nothing has been read yet. */
    public long expectedSequence() {
        return expected;
    }

    /** Leaves out records of the file just opened that lie before the place sought: see {@link RollFileScanner#seekNear}. */
    void leaveOut(RecordTest before) {
        try {
            scanner.seekNear(before);
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }

    /** When the current record's post was received, epoch ms. */
    long receivedAtMs() {
        return RecordLayout.longAt(scanner.bytes(), scanner.recordAt() + RecordLayout.RECEIVED_AT);
    }

    /** See {@link RecordDecoder#hasWindowUpTo}; of the current record. */
    boolean hasWindowUpTo(long timeMs) {
        return decoder.hasWindowUpTo(scanner.bytes(), scanner.recordAt(), scanner.recordLength(), timeMs);
    }

    /** The roll file that is being read, or null before the first. */
    public Path file() {
        return scanner == null ? null : scanner.file().path();
    }

    /** Where the current record's document begins in the file, bytes. */
    public long offset() {
        return scanner.offset();
    }

    /**
     * Decodes the current record.
     *
     * @param into holds the post after {@link Decoded#POST}
     * @return {@link Decoded#POST}, or why there is no post; a body that makes no sense is told to the listener as well
     */
    public Decoded decode(Post into) {
        return told(decoder.decode(scanner.bytes(), scanner.recordAt(), scanner.recordLength(), into));
    }

    /** Like {@link #decode}, but see {@link RecordDecoder#decodeKeys}. */
    Decoded decodeKeys(Post into) {
        return told(decoder.decodeKeys(scanner.bytes(), scanner.recordAt(), scanner.recordLength(), into));
    }

    private Decoded told(Decoded decoded) {
        if (decoded == Decoded.DAMAGED_BODY || decoded == Decoded.DAMAGED_FRAME) {
            faults.onFault(new Fault(file(), offset(), FaultKind.BODY, scanner.sequence(), Fault.UNKNOWN));
        }
        return decoded;
    }

    private UncheckedIOException unreadable(IOException broken) {
        Path file = file();
        return new UncheckedIOException("journal " + (file == null ? dir : file) + " can't be read", broken);
    }

    private void closeScanner() throws IOException {
        if (scanner != null) {
            scanner.close();
        }
    }

    @Override
    public void close() {
        try {
            closeScanner();
            scanner = null;
        } catch (IOException broken) {
            throw unreadable(broken);
        }
    }
}
