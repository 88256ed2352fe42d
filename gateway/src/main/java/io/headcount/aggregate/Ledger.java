package io.headcount.aggregate;

import io.headcount.config.LedgerConfig;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;
import io.headcount.ring.PostStage;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;

/**
 * Decides for every row of a post whether it is new, newer, late, a duplicate or stale, and stamps revision and deltas
 * (PROTOCOL, decisions 2 to 6). hc-pipeline, one writer. Post -> Post with verdicts.
 *
 * <pre>
 *                 in the ledger?
 *            no ┌───────┴───────┐ yes: compare version, sum, values, status
 *   start after the floor?      ├── greater: NEWER, revision + 1, deltas to the one held
 *   yes: NEW   no: LATE         ├── equal:   DUPLICATE
 *   deltas     no deltas        └── less:    STALE
 * </pre>
 */
public final class Ledger implements PostStage {
    private final LedgerTable table;
    private final RowStore store;
    private final IdentityWatch identities;
    private final Telemetry telemetry;

    private int postNumber;
    private long evictedCounted;

    // written by hc-pipeline, read by hc-admin
    private volatile long rowsHeld;

    /** An empty ledger. */
    public Ledger(LedgerConfig config, Telemetry telemetry) {
        this(config, new RowStore(), telemetry);
    }

    Ledger(LedgerConfig config, RowStore rows, Telemetry telemetry) {
        this.table = new LedgerTable(config.windowMs(), config.maxRows(), rows);
        this.store = table.store();
        this.identities = new IdentityWatch(config.windowMs(), config.maxDevices());
        this.telemetry = telemetry;
    }

    /** Rows remembered, as of the last batch; any thread. */
    public long rowsHeld() {
        return rowsHeld;
    }

    @Override
    public void onPost(Post post) {
        nextPost();
        if (identities.inConflict(post.deviceId(), post.identity(), post.receivedAtMs())) {
            post.flag(RowFlag.IDENTITY_CONFLICT);
        }
        for (int row = 0; row < post.rows().size(); row++) {
            settle(post, row);
        }
        count(post.rows());
    }

    @Override
    public void onBatchEnd() {
        rowsHeld = table.size();
        long evicted = table.evicted();
        telemetry.count(Metric.LEDGER_EVICTED, evicted - evictedCounted);
        evictedCounted = evicted;
    }

    /**
     * Takes in a post that the journal holds: its rows with the revisions they have there. Rows whose time is over by now are left
     * out; the floor says of them all that is to be known. Before the first post only.
     *
     * @param nowMs the clock at start, epoch ms
     */
    public void restore(Post post, long nowMs) {
        nextPost();
        identities.inConflict(post.deviceId(), post.identity(), post.receivedAtMs());
        for (int row = 0; row < post.rows().size(); row++) {
            if (!table.isOver(post, row, nowMs)) {
                restore(post, row);
            }
        }
        rowsHeld = table.size();
    }

    private void restore(Post post, int row) {
        int slot = table.find(post, row);
        boolean unknown = slot == LedgerTable.NONE;
        slot = unknown ? table.add(post, row) : slot;
        int order = unknown ? 1 : compare(post, row, slot);
        // a version that came twice in one post may have been journaled though it says nothing new
        if (order > 0 || (order == 0 && post.rows().revision(row) > store.revision(slot))) {
            hold(slot, post, row);
        }
        table.arrived(slot, post.receivedAtMs());
        table.evictBeyondBound();
    }

    /**
     * The journal has been read back, as far as it goes back by the clock of this moment. Should the clock have been ahead,
     * rows that it left out must not pass for new once it is set right.
     *
     * @param fromMs start of the ledger's window that was read back, epoch ms
     */
    public void restored(long fromMs) {
        table.raiseFloor(fromMs);
    }

    /** Numbers wrap around after 2^32 posts, by when no row holds an old number. */
    private void nextPost() {
        postNumber++;
        postNumber = postNumber == 0 ? 1 : postNumber;
    }

    private void settle(Post post, int row) {
        int slot = table.find(post, row);
        if (slot == LedgerTable.NONE) {
            first(post, row);
        } else if (store.lastPost(slot) == postNumber) {
            again(post, row, slot);
        } else {
            next(post, row, slot);
            store.lastPost(slot, postNumber, row);
            table.arrived(slot, post.receivedAtMs());
        }
    }

    private void first(Post post, int row) {
        Rows rows = post.rows();
        boolean late = rows.start(row) * 1000 <= table.floorMs(post.receivedAtMs());
        int slot = table.add(post, row);
        rows.verdict(row, late ? Verdict.LATE : Verdict.NEW);
        rows.revision(row, 1);
        rows.hasDeltas(row, !late);
        if (late) {
            rows.flag(row, RowFlag.LATE);
        } else {
            for (int i = 0; i < rows.kind(row).valueCount(); i++) {
                rows.delta(row, i, rows.value(row, i));
            }
        }
        hold(slot, post, row);
        store.lastPost(slot, postNumber, row);
        table.arrived(slot, post.receivedAtMs());
        table.evictBeyondBound();
    }

    private void next(Post post, int row, int slot) {
        Rows rows = post.rows();
        int order = compare(post, row, slot);
        if (order <= 0) {
            rows.verdict(row, order == 0 ? Verdict.DUPLICATE : Verdict.STALE);
            return;
        }
        rows.verdict(row, Verdict.NEWER);
        rows.revision(row, store.revision(slot) + 1);
        rows.hasDeltas(row, true);
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            setDelta(rows, row, i, rows.value(row, i) - store.value(slot, i));
        }
        hold(slot, post, row);
    }

    /** The same post has had this row before: of the two the greater is journaled, as one version. */
    private void again(Post post, int row, int slot) {
        Rows rows = post.rows();
        int earlier = store.lastRow(slot);
        boolean earlierJournaled = rows.verdict(earlier).journaled();
        int order = compare(post, row, slot);
        rows.flag(row, RowFlag.REPEATED);
        rows.flag(earlier, RowFlag.REPEATED);
        if (order > 0 && earlierJournaled) {
            supersede(rows, row, earlier);
            hold(slot, post, row);
            store.lastPost(slot, postNumber, row);
        } else {
            next(post, row, slot);
            if (rows.verdict(row).journaled()) {
                store.lastPost(slot, postNumber, row);
            }
        }
    }

    /** Gives {@code row} the place of {@code earlier}: its revision, and deltas to the version before both. */
    private static void supersede(Rows rows, int row, int earlier) {
        rows.verdict(row, rows.verdict(earlier));
        rows.revision(row, rows.revision(earlier));
        rows.hasDeltas(row, rows.hasDeltas(earlier));
        if (RowFlag.LATE.in(rows.flags(earlier))) {
            rows.flag(row, RowFlag.LATE);
        }
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            int before = rows.value(earlier, i) - rows.delta(earlier, i);
            setDelta(rows, row, i, rows.hasDeltas(row) ? rows.value(row, i) - before : 0);
        }
        rows.verdict(earlier, Verdict.STALE);
    }

    private static void setDelta(Rows rows, int row, int index, int delta) {
        rows.delta(row, index, delta);
        if (delta < 0) {
            rows.flag(row, RowFlag.DECREASING);
        }
    }

    /**
     * How the row ranks against the version held: above 0 when it is greater. Where our receive time stands in for a
     * TransmitTime, equal values are the same version: the camera has only sent again.
     */
    private int compare(Post post, int row, int slot) {
        int byContent = compareContent(post.rows(), row, slot);
        if (byContent == 0 && post.version() != post.transmitTime()) {
            return 0;
        }
        int byVersion = Long.compare(post.version(), store.version(slot));
        return byVersion != 0 ? byVersion : byContent;
    }

    private int compareContent(Rows rows, int row, int slot) {
        int values = rows.kind(row).valueCount();
        long difference = 0;
        for (int i = 0; i < values; i++) {
            difference += (long) rows.value(row, i) - store.value(slot, i);
        }
        int order = Long.signum(difference);
        for (int i = 0; i < values && order == 0; i++) {
            order = Integer.compare(rows.value(row, i), store.value(slot, i));
        }
        return order != 0 ? order : Integer.compare(rows.status(row), store.status(slot));
    }

    private void hold(int slot, Post post, int row) {
        Rows rows = post.rows();
        store.version(slot, post.version());
        store.revision(slot, rows.revision(row));
        store.status(slot, rows.status(row));
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            store.value(slot, i, rows.value(row, i));
        }
    }

    private void count(Rows rows) {
        for (int row = 0; row < rows.size(); row++) {
            telemetry.count(metric(rows.verdict(row)));
        }
    }

    private static Metric metric(Verdict verdict) {
        return switch (verdict) {
            case NEW -> Metric.ROWS_NEW;
            case NEWER -> Metric.ROWS_NEWER;
            case LATE -> Metric.ROWS_LATE;
            case DUPLICATE -> Metric.ROWS_DUPLICATE;
            case STALE -> Metric.ROWS_STALE;
        };
    }
}
