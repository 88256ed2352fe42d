package io.headcount.journal;

import io.headcount.journal.FileWindow.ReadCall;
import io.headcount.model.Post;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks every record of a journal: length, checksum, body, and that sequence numbers have no gaps. One thread, used once.
 * directory -> report. Reads only; the gateway may be running. What it is writing at that moment is no fault, and neither is
 * an unfinished document at the end of a file that no record follows.
 *
 * <p>Of the records before the oldest one that is there, those are missing that retention has not deleted ({@link DeletedMark}). What named tailers
 * have read has to be there up to their positions, or to have been deleted, and what they have still to read has to be kept.
 */
public final class Verify {
    /** More faults than these are not listed: the journal is beyond single repairs. */
    public static final int MAX_FAULTS = 10_000;

    private final Path dir;
    private final DamageCost cost;
    private final List<Fault> faults = new ArrayList<>();
    private final Post post = new Post();
    private long records;
    private long skipped;
    private final long deleted;
    private long first;
    private long last;

    private Verify(Path dir, DamageCost cost) {
        this.dir = dir;
        this.cost = cost;
        this.deleted = DeletedMark.read(dir);
    }

    /**
     * Checks the journal in a directory.
     *
     * @throws JournalException when there is no such directory
     */
    public static VerifyReport run(Path dir) {
        return run(dir, null);
    }

    /**
     * Checks the journal in a directory and works out what its damage cost.
     *
     * @param cost a new one, or null when nobody wants to know
     * @throws JournalException when there is no such directory
     */
    public static VerifyReport run(Path dir, DamageCost cost) {
        return run(dir, cost, ReadCall.SYSTEM);
    }

    static VerifyReport run(Path dir, DamageCost cost, ReadCall call) {
        if (!Files.isDirectory(dir)) {
            throw new JournalException("journal " + dir + ": no such directory");
        }
        return new Verify(dir, cost).run(call);
    }

    private VerifyReport run(ReadCall call) {
        List<TailerPosition> tailers = TailerRegistry.list(dir);
        faults.addAll(JournalDirectory.oddFiles(dir).stream().limit(MAX_FAULTS).toList());
        int files = JournalDirectory.rollFiles(dir).size();
        try (JournalReader reader = JournalReader.open(dir, this::add, call)) {
            while (reader.nextBeforeEnd()) {
                take(reader);
            }
        }
        if (cost != null) {
            cost.end();
        }
        List<TailerFault> tailerFaults = TailerFault.find(tailers, TailerRegistry.list(dir), first, last);
        return new VerifyReport(files, records, skipped, first, last, List.copyOf(faults), tailerFaults);
    }

    private void take(JournalReader reader) {
        if (records == 0) {
            first = reader.sequence();
            compareWithDeleted(reader);
        }
        Decoded decoded = reader.decode(post);
        if (decoded == Decoded.NEWER_VERSION || decoded == Decoded.UNKNOWN_KIND) {
            skipped++;
        }
        if (cost != null) {
            tell(decoded, reader.sequence());
        }
        records++;
        last = reader.sequence();
    }

    // read again: retention may be at work, and moves the mark before a file goes
    private void compareWithDeleted(JournalReader reader) {
        long now = DeletedMark.read(dir);
        if (now == DeletedMark.UNKNOWN || first <= now + 1) {
            return;
        }
        add(new Fault(reader.file(), reader.offset(), FaultKind.GAP, now + 1, first));
        if (cost != null) {
            cost.beginBehind(now);
        }
    }

    private void tell(Decoded decoded, long sequence) {
        if (decoded == Decoded.POST) {
            cost.onPost(post, sequence);
        } else {
            cost.onRecord(sequence);
        }
    }

    private void add(Fault fault) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(withExpected(fault));
        }
    }

    private Fault withExpected(Fault fault) {
        boolean known = fault.expected() != Fault.UNKNOWN || deleted == DeletedMark.UNKNOWN;
        return known ? fault : new Fault(fault.file(), fault.offset(), fault.kind(), deleted + 1, fault.found());
    }
}
