package io.headcount.journal;

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
    private final List<Fault> faults = new ArrayList<>();
    private final Post post = new Post();
    private long records;
    private long skipped;
    private long first;
    private long last;

    private Verify(Path dir) {
        this.dir = dir;
    }

    /**
     * Checks the journal in a directory.
     *
     * @throws JournalException when there is no such directory
     */
    public static VerifyReport run(Path dir) {
        if (!Files.isDirectory(dir)) {
            throw new JournalException("journal " + dir + ": no such directory");
        }
        return new Verify(dir).run();
    }

    private VerifyReport run() {
        JournalDirectory.oddFiles(dir).forEach(this::add);
        int files = JournalDirectory.rollFiles(dir).size();
        try (JournalReader reader = JournalReader.open(dir, this::add)) {
            while (reader.nextBeforeEnd()) {
                take(reader);
            }
        }
        return new VerifyReport(files, records, skipped, first, last, List.copyOf(faults));
    }

    private void take(JournalReader reader) {
        Decoded decoded = reader.decode(post);
        if (decoded == Decoded.NEWER_VERSION || decoded == Decoded.UNKNOWN_KIND) {
            skipped++;
        }
        records++;
        first = first == 0 ? reader.sequence() : first;
        last = reader.sequence();
    }

    private void add(Fault fault) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(fault);
        }
    }
}
