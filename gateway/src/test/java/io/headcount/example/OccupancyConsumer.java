package io.headcount.example;

import io.headcount.tail.CountRow;
import io.headcount.tail.JournalTailer;
import io.headcount.tail.LatestRows;
import io.headcount.tail.StartAt;
import io.headcount.tail.TailListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * An example of a downstream process: entries and exits per site, kept over restarts. It remembers in a file up to which
 * record it has counted and resumes behind it.
 *
 * <p>A version of a row replaces the one before, so sums are kept by adding the difference to the version counted before:
 * {@link LatestRows} knows it. A real consumer keeps sums and sequence number in one transaction of its database; this one
 * reads the journal from its start instead when it has lost them.
 */
public final class OccupancyConsumer implements TailListener {
    private static final int TOTAL = 0;

    /** Entries and exits of a site. */
    record Flow(long enters, long exits) {}

    private final LatestRows latest = new LatestRows();
    private long sequence;

    /** Reads on from where the last call ended until there is no more for now. */
    public void catchUp(Path journalDir) {
        try (JournalTailer tailer = JournalTailer.open(journalDir, StartAt.sequence(sequence + 1))) {
            tailer.drain(this);
        }
    }

    @Override
    public void onCount(CountRow row) {
        // adults and children are contained in the total
        if (row.row().objectType() == TOTAL) {
            latest.onCount(row);
        }
    }

    @Override
    public void onRecordEnd(long recordSequence) {
        sequence = recordSequence;
    }

    /** The last record that was counted. */
    public long sequence() {
        return sequence;
    }

    /** Sums per site. */
    public Map<String, Flow> flows() {
        Map<String, Flow> flows = new TreeMap<>();
        for (CountRow row : latest.counts()) {
            Flow flow = new Flow(row.counts().enters(), row.counts().exits());
            flows.merge(String.valueOf(row.head().siteId()), flow, OccupancyConsumer::add);
        }
        return flows;
    }

    private static Flow add(Flow one, Flow other) {
        return new Flow(one.enters() + other.enters(), one.exits() + other.exits());
    }

    /** Prints a line per site. */
    public void print(PrintStream out) {
        flows().forEach((site, flow) -> out.println(site + ": " + flow.enters() + " in, " + flow.exits() + " out"));
    }

    /** {@code OccupancyConsumer JOURNAL-DIR}. */
    public static void main(String[] args) throws IOException {
        OccupancyConsumer consumer = new OccupancyConsumer();
        consumer.catchUp(Files.createDirectories(Path.of(args[0])));
        consumer.print(System.out);
    }
}
