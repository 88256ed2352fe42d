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
    private long first;
    private long last;

    private Verify(Path dir, DamageCost cost) {
        this.dir = dir;
        this.cost = cost;
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
        JournalDirectory.oddFiles(dir).forEach(this::add);
        int files = JournalDirectory.rollFiles(dir).size();
        try (JournalReader reader = JournalReader.open(dir, this::add, call)) {
            while (reader.nextBeforeEnd()) {
                take(reader);
            }
        }
        if (cost != null) {
            cost.end();
        }
        return new VerifyReport(files, records, skipped, first, last, List.copyOf(faults));
    }

    private void take(JournalReader reader) {
        Decoded decoded = reader.decode(post);
        if (decoded == Decoded.NEWER_VERSION || decoded == Decoded.UNKNOWN_KIND) {
            skipped++;
        }
        if (cost != null) {
            tell(decoded, reader.sequence());
        }
        records++;
        first = first == 0 ? reader.sequence() : first;
        last = reader.sequence();
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
            faults.add(fault);
        }
    }
}
