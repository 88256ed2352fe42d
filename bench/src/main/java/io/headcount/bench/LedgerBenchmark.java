package io.headcount.bench;

import io.headcount.aggregate.Ledger;
import io.headcount.config.LedgerConfig;
import io.headcount.model.Post;
import io.headcount.model.Verdict;
import io.headcount.telemetry.Telemetry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The ledger's decision about a post of three rows, while it remembers the last ten minutes of a fleet. The scores are per post, and
 * include the end of its batch; texts of the posts are made beforehand.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar LedgerBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
public class LedgerBenchmark extends GatewayFork {
    private static final int MINUTES_KEPT = 10;
    private static final int MS = 1000;
    private static final int MAX_DEVICES = 100_000;

    /** Rows remembered, about: ten minutes of three rows from a 30th of this many cameras. */
    @Param({"100", "10000", "1000000"})
    private int rows;

    private ThreeRows posts;
    private Ledger ledger;
    private int device = -1;
    private long minute;
    private long again;

    /** Fills the ledger. */
    @Setup
    public void setUp() {
        posts = new ThreeRows(Math.max(1, rows / (MINUTES_KEPT * ThreeRows.ROWS)));
        // a row is kept for the window after its minute's end
        long windowMs = (long) (MINUTES_KEPT - 1) * ThreeRows.MINUTE_SEC * MS;
        ledger = new Ledger(new LedgerConfig(windowMs, 2 * rows, MAX_DEVICES), new Telemetry());
        for (int i = 0; i < 2 * MINUTES_KEPT * posts.devices(); i++) {
            newRows();
        }
        requireFilled();
    }

    private void requireFilled() {
        long held = ledger.rowsHeld();
        if (held < rows / 2 || held > rows * 3L / 2) {
            throw new IllegalStateException("The ledger holds " + held + " rows (expected: about " + rows + ")");
        }
    }

    /** The next camera reports its next minute; as many rows are forgotten. */
    @Benchmark
    public Post newRows() {
        advance();
        if (device == 0) {
            minute++;
        }
        return settle(posts.of(device, minute, 0), Verdict.NEW);
    }

    /** The next camera reports the newest minute again, with a later TransmitTime. */
    @Benchmark
    public Post newerVersions() {
        advance();
        again++;
        return settle(posts.of(device, minute, again), Verdict.NEWER);
    }

    /** The next camera sends its newest post again. */
    @Benchmark
    public Post duplicates() {
        advance();
        return settle(posts.of(device, minute, 0), Verdict.DUPLICATE);
    }

    private void advance() {
        device = device + 1 == posts.devices() ? 0 : device + 1;
    }

    private Post settle(Post post, Verdict expected) {
        ledger.onPost(post);
        ledger.onBatchEnd();
        if (post.rows().verdict(0) != expected) {
            throw new IllegalStateException(
                    "The ledger says " + post.rows().verdict(0) + " (expected: " + expected + ")");
        }
        return post;
    }
}
