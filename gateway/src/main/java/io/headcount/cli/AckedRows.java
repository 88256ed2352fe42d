package io.headcount.cli;

import io.headcount.journal.Fault;
import io.headcount.model.RowKind;
import io.headcount.simulate.AckLogReader;
import io.headcount.tail.CountRow;
import io.headcount.tail.Counts;
import io.headcount.tail.JournalTailer;
import io.headcount.tail.RecordHead;
import io.headcount.tail.RowKey;
import io.headcount.tail.RowVersion;
import io.headcount.tail.StartAt;
import io.headcount.tail.TailListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares a journal with what a fleet has sent and what was acknowledged. One thread; memory grows with the distinct rows
 * that were sent. acknowledgement log, journal -> lost, duplicated, wrong.
 *
 * <p>A row is lost when a version of it was acknowledged and the journal's greatest, by the reader's rule, is less or is not
 * there. A version is duplicated each time it stands in the journal again. A row of these cameras that stands in the journal and
 * was never sent like this is wrong. So where none is lost or wrong, and all was acknowledged, what readers make of the journal
 * is exactly what the rule makes of the posts.
 */
final class AckedRows implements AckLogReader.Listener, TailListener {
    private static final int STATUS = 0;
    private static final int MOST_EXAMPLES = 5;

    private final Map<RowKey, SentVersion> rows = new HashMap<>();
    private final Map<Device, Device> devices = new HashMap<>();
    private final Map<Long, List<SentVersion>> unacknowledged = new HashMap<>();
    private final List<String> examples = new ArrayList<>();

    private Device device;
    private long transmitSec;
    private List<SentVersion> versions = new ArrayList<>();

    private long posts;
    private long acknowledged;
    private long journaled;
    private long others;
    private long lost;
    private long duplicated;
    private long wrong;
    private long faults;

    private record Device(String id, String serialNumber) {}

    /** One version of a row that was sent, and the next one of the same row. */
    private static final class SentVersion {
        private final long transmitSec;
        private final Counts counts;
        private SentVersion next;
        private boolean acknowledged;
        private boolean journaled;

        SentVersion(long transmitSec, Counts counts, SentVersion next) {
            this.transmitSec = transmitSec;
            this.counts = counts;
            this.next = next;
        }

        boolean is(long version, Counts other) {
            return transmitSec == version && counts.equals(other);
        }

        RowVersion version() {
            List<Integer> values = List.of(counts.enters(), counts.exits(), counts.passings(), counts.returns());
            return new RowVersion(transmitSec, values, STATUS);
        }
    }

    /**
     * What came out of it.
     *
     * @param good nothing is lost, duplicated, wrong or damaged, and there was something to compare
     * @param lines for people
     */
    record Result(boolean good, List<String> lines) {}

    /**
     * Reads the log, then the journal.
     *
     * @throws IOException when the log can't be read or is not complete
     */
    static Result compare(Path ackLog, Path journal) throws IOException {
        AckedRows table = new AckedRows();
        AckLogReader.read(ackLog, table);
        try (JournalTailer tailer = JournalTailer.open(journal, StartAt.start())) {
            tailer.drain(table);
        }
        return table.result();
    }

    @Override
    public void onSent(long number, String deviceId, String serialNumber, long sentSec) {
        posts++;
        device = devices.computeIfAbsent(new Device(deviceId, serialNumber), known -> known);
        transmitSec = sentSec;
        versions = new ArrayList<>();
        unacknowledged.put(number, versions);
    }

    @Override
    public void onRow(AckLogReader.Row row) {
        RowKey key = new RowKey(
                device.id(),
                device.serialNumber(),
                null,
                row.objectId(),
                row.objectType(),
                RowKind.COUNT,
                row.startSec(),
                row.seconds());
        Counts counts = new Counts(row.enters(), row.exits(), row.passings(), row.returns());
        SentVersion first = rows.get(key);
        SentVersion sent = find(first, transmitSec, counts);
        if (sent == null) {
            sent = new SentVersion(transmitSec, counts, first);
            rows.put(key, sent);
        }
        versions.add(sent);
    }

    @Override
    public void onAcknowledged(long number) {
        List<SentVersion> sent = unacknowledged.remove(number);
        if (sent != null) {
            acknowledged++;
            sent.forEach(version -> version.acknowledged = true);
        }
    }

    private static SentVersion find(SentVersion first, long version, Counts counts) {
        SentVersion each = first;
        while (each != null && !each.is(version, counts)) {
            each = each.next;
        }
        return each;
    }

    @Override
    public void onCount(CountRow row) {
        RecordHead head = row.head();
        if (!devices.containsKey(new Device(head.deviceId(), head.identity()))) {
            others++;
            return;
        }
        journaled++;
        SentVersion sent = find(rows.get(row.key()), head.version(), row.counts());
        if (sent == null || row.row().status() != STATUS) {
            wrong++;
            example("wrong", row.key(), "sequence " + head.sequence() + " has " + row.counts() + ", never sent");
        } else if (sent.journaled) {
            duplicated++;
            example("duplicated", row.key(), "sequence " + head.sequence() + " has it again");
        } else {
            sent.journaled = true;
        }
    }

    @Override
    public void onDamage(Fault fault) {
        faults++;
        if (examples.size() < MOST_EXAMPLES) {
            examples.add("damaged: " + fault.message());
        }
    }

    private void checkLost(RowKey key, SentVersion first) {
        RowVersion promised = null;
        RowVersion kept = null;
        for (SentVersion each = first; each != null; each = each.next) {
            promised = each.acknowledged ? greater(promised, each.version()) : promised;
            kept = each.journaled ? greater(kept, each.version()) : kept;
        }
        if (promised != null && (kept == null || kept.compareTo(promised) < 0)) {
            lost++;
            example("lost", key, "acknowledged " + words(promised) + ", journaled " + words(kept));
        }
    }

    private static String words(RowVersion version) {
        return version == null ? "nothing" : "version " + version.version() + " with " + version.values();
    }

    private static RowVersion greater(RowVersion held, RowVersion other) {
        return held == null || other.compareTo(held) > 0 ? other : held;
    }

    private void example(String kind, RowKey key, String what) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add("%s: %s %s type %d at %s: %s"
                    .formatted(
                            kind,
                            key.deviceId(),
                            key.identity(),
                            key.objectType(),
                            Instant.ofEpochSecond(key.startSec()),
                            what));
        }
    }

    /** To be asked once, at the end. */
    Result result() {
        rows.forEach(this::checkLost);
        List<String> lines = new ArrayList<>(examples);
        lines.add(format(
                "log      %,d posts, %,d acknowledged, %,d cameras, %,d distinct rows",
                posts, acknowledged, devices.size(), rows.size()));
        lines.add(format("journal  %,d rows of these cameras, %,d of others, %,d faults", journaled, others, faults));
        if (acknowledged == 0) {
            lines.add("hint     nothing was acknowledged: there is nothing to compare");
        }
        if (journaled + others + faults == 0) {
            lines.add("hint     the journal holds no rows at all (expected: the directory that journal.dir names)");
        }
        if (wrong > 0) {
            lines.add(
                    "hint     rows of another run with the same --seed are wrong here, too (expected: a seed or a journal"
                            + " of its own for each run)");
        }
        lines.add(format("rows     %,d lost, %,d duplicated, %,d wrong", lost, duplicated, wrong));
        boolean good = lost == 0 && duplicated == 0 && wrong == 0 && faults == 0 && acknowledged > 0;
        return new Result(good, lines);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
