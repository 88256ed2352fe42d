package io.headcount.journal;

import io.headcount.journal.FileGuard.Appending;
import io.headcount.journal.FileWindow.ReadCall;
import io.headcount.journal.RollFileScanner.Step;
import io.headcount.model.Post;
import io.headcount.model.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a journal ends, found at start by reading its newest file: with which sequence number to go on, and in which file.
 * Chronicle appends to a file by what it finds in it and may overwrite records of a damaged one, or not open at all; so a
 * file that is not whole is set aside, untouched, and the next one is begun.
 *
 * @param sequence the last record's sequence number, 0 when there is none
 * @param newestStart greatest window start in the journal as records tell it, epoch s, or {@link RecordLayout#NO_START}
 * @param openMs start of the file to go on with at the earliest, epoch ms; 0 in an empty journal
 * @param newest the newest file with a record, or null in an empty journal
 */
record JournalEnd(long sequence, long newestStart, long openMs, Appending newest) {
    private static final Logger LOG = LoggerFactory.getLogger(JournalEnd.class);

    /**
     * Finds the end. A newest file that a kill left behind without a file header and without a record is deleted.
     *
     * @throws JournalException when a file can't be read
     */
    static JournalEnd find(Path dir) {
        return find(dir, ReadCall.SYSTEM);
    }

    static JournalEnd find(Path dir, ReadCall call) {
        try {
            return find(JournalDirectory.rollFiles(dir), call);
        } catch (IOException broken) {
            throw new JournalException("journal " + dir + " can't be read: " + broken, broken);
        }
    }

    /**
     * The end to go on behind when named tailers have read further than the journal reaches: it has lost its end (a power cut under {@code process}, an older
     * copy put back), and a number given out twice would be passed over by whoever has read the first. So numbers go on behind theirs, and readers are told
     * of a gap.
     */
    JournalEnd behind(List<TailerPosition> tailers) {
        long read = sequence;
        for (TailerPosition tailer : tailers) {
            if (tailer.next() - 1 > read) {
                LOG.error(
                        "journal: its last record is {}, but tailer {} has read up to {}: the journal has lost its end; new"
                                + " records are numbered from {} on",
                        sequence,
                        tailer.name(),
                        tailer.next() - 1,
                        tailer.next());
                read = tailer.next() - 1;
            }
        }
        return new JournalEnd(read, newestStart, openMs, newest);
    }

    private static JournalEnd find(List<RollFile> files, ReadCall call) throws IOException {
        long openMs = 0;
        for (int i = files.size() - 1; i >= 0; i--) {
            RollFile file = files.get(i);
            FileEnd end = FileEnd.of(file, call);
            if (end.unborn()) {
                LOG.info("journal: deleting {}, which a kill left behind unfinished", file.path());
                Files.delete(file.path());
                continue;
            }
            Path path = file.path();
            if (!end.whole() && !file.isSetAside()) {
                LOG.error("journal: {} is damaged; it is set aside and read, but not appended to", file.path());
                path = file.setAside();
            }
            openMs = Math.max(openMs, end.openMs());
            if (end.sequence() > 0) {
                Appending newest = new Appending(path, end.firstSequence(), Files.size(path));
                return new JournalEnd(end.sequence(), end.newestStart(), openMs, newest);
            }
        }
        return new JournalEnd(0, RecordLayout.NO_START, openMs, null);
    }

    /** The end of one file: what its records say, and what may be done with it. */
    private record FileEnd(
            long firstSequence, long sequence, long newestStart, long openMs, boolean whole, boolean unborn) {
        static FileEnd of(RollFile file, ReadCall call) throws IOException {
            try (RollFileScanner scanner = new RollFileScanner(file, call)) {
                return of(file, scanner);
            }
        }

        private static FileEnd of(RollFile file, RollFileScanner scanner) throws IOException {
            long first = 0;
            long sequence = 0;
            long last = 0;
            long beforeLast = 0;
            boolean whole = true;
            Step step = scanner.next();
            while (step == Step.RECORD || goAround(scanner, step)) {
                if (step == Step.RECORD) {
                    first = first == 0 ? scanner.sequence() : first;
                    sequence = Math.max(sequence, scanner.sequence());
                    beforeLast = last;
                    last = scanner.offset();
                } else {
                    whole = false;
                }
                step = scanner.next();
            }
            // what is there, and its number, can't be known: another record might get it; behind the end mark is
            // nothing
            scanner.requireReadable(step == Step.SEALED ? scanner.offset() : Long.MAX_VALUE);
            boolean unborn = whole && step == Step.END && scanner.offset() == 0;
            whole &= step == Step.SEALED || (step == Step.END && StoreHeader.fits(scanner, last, beforeLast));
            boolean open = whole && step == Step.END && !file.isSetAside();
            long newestStart = sequence == 0 ? RecordLayout.NO_START : newestStartAfter(scanner, last);
            return new FileEnd(first, sequence, newestStart, open ? file.startMs() : file.endMs(), whole, unborn);
        }

        private static boolean goAround(RollFileScanner scanner, Step step) throws IOException {
            boolean passed = step == Step.DAMAGED && scanner.position() != scanner.offset();
            return passed || scanner.skipToRecord();
        }
    }

    private static long newestStartAfter(RollFileScanner scanner, long lastRecord) throws IOException {
        Post post = new Post();
        scanner.moveTo(lastRecord);
        scanner.next();
        long newest = RecordLayout.longAt(scanner.bytes(), scanner.recordAt() + RecordLayout.NEWEST_START);
        new RecordDecoder().decode(scanner.bytes(), scanner.recordAt(), scanner.recordLength(), post);
        return newestStartAfter(newest, post.rows());
    }

    /** The greatest window start once these rows have been journaled, too; see {@link RecordLayout}. */
    static long newestStartAfter(long newestStart, Rows rows) {
        long newest = newestStart;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.verdict(row).journaled()) {
                int notCounted = Math.max(0, rows.seconds(row) - RecordLayout.LONGEST_COUNTED_SEC);
                newest = Math.max(newest, rows.start(row) + notCounted);
            }
        }
        return newest;
    }
}
