package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.LedgerConfig;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import io.headcount.reference.ReferenceLedger;
import io.headcount.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The same posts in any order, repeated, with restarts between, come to the same table. A failure prints the seed of its
 * round.
 */
class LedgerOrderTest {
    private static final long SEED = Long.getLong("headcount.seed", 20_221_107L);
    private static final int ROUNDS = Integer.getInteger("headcount.rounds", 2000);
    private static final long T = 1_667_806_020L;
    private static final int MANY_ROWS = 100_000;
    private static final List<RowKind> KINDS =
            List.of(RowKind.COUNT, RowKind.COUNT, RowKind.COUNT, RowKind.COUNT, RowKind.GENDER, RowKind.TOTALS);

    private final List<Post> journal = new ArrayList<>();

    @Test
    void shouldComeToTheSameTableInWhateverOrder() {
        for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
            Random random = new Random(seed);
            List<Post> posts = posts(random);
            run(posts, random, MANY_ROWS, 1);
            assertThat(journaledTable()).as("-Dheadcount.seed=%d", seed).isEqualTo(table(posts));
            assertDeltasAddUp(seed);
        }
    }

    @Test
    void shouldComeToTheSameTableWhenItHasToForget() {
        for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
            Random random = new Random(seed);
            List<Post> posts = posts(random);
            run(posts, random, 1 + random.nextInt(6), 1 + random.nextInt(4000));
            assertThat(journaledTable()).as("-Dheadcount.seed=%d", seed).isEqualTo(table(posts));
        }
    }

    /** Few cameras, objects, minutes and values, so that much falls together. */
    private static List<Post> posts(Random random) {
        List<Post> posts = new ArrayList<>();
        for (int i = random.nextInt(12) + 1; i > 0; i--) {
            LedgerPost post = LedgerPost.sentAt(T + 600 + random.nextInt(4))
                    .from("d" + random.nextInt(2), random.nextInt(4) == 0 ? null : "s" + random.nextInt(2));
            for (int rows = random.nextInt(4); rows >= 0; rows--) {
                addRow(post, random);
            }
            posts.add(post.post());
        }
        return posts;
    }

    private static void addRow(LedgerPost post, Random random) {
        RowKind kind = KINDS.get(random.nextInt(KINDS.size()));
        post.row(
                kind,
                random.nextInt(5) == 0 ? "other" : null,
                "0",
                random.nextInt(2),
                T + 60L * random.nextInt(3),
                kind.hasWindow() ? 60 : 0,
                random.nextInt(3) == 0 ? Rows.NO_STATUS : random.nextInt(3) - 1,
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(2));
    }

    /** Gives the ledger the posts shuffled, each once to three times, and starts it anew now and then. */
    private void run(List<Post> posts, Random random, int maxRows, int secondsBetween) {
        journal.clear();
        List<Post> order = new ArrayList<>();
        posts.forEach(post -> order.addAll(Collections.nCopies(1 + random.nextInt(3), post)));
        Collections.shuffle(order, random);
        Ledger ledger = ledger(maxRows);
        long nowMs = (T + 700) * 1000;
        for (Post post : order) {
            if (random.nextInt(8) == 0) {
                ledger = restarted(maxRows, nowMs);
            }
            nowMs += 1000L * secondsBetween;
            Post arrived = LedgerPost.fresh(post, nowMs);
            ledger.onPost(arrived);
            ledger.onBatchEnd();
            journal.add(LedgerPost.journaled(arrived));
        }
    }

    private Ledger restarted(int maxRows, long nowMs) {
        Ledger ledger = ledger(maxRows);
        journal.forEach(post -> ledger.restore(post, nowMs));
        return ledger;
    }

    private static Ledger ledger(int maxRows) {
        return new Ledger(new LedgerConfig(7_200_000, maxRows, 100), new Telemetry());
    }

    private static Map<ReferenceLedger.Key, ReferenceLedger.Version> table(List<Post> posts) {
        ReferenceLedger reference = new ReferenceLedger();
        for (Post post : posts) {
            for (int row = 0; row < post.rows().size(); row++) {
                reference.take(LedgerPost.key(post, row), LedgerPost.version(post, row));
            }
        }
        return reference.table();
    }

    private Map<ReferenceLedger.Key, ReferenceLedger.Version> journaledTable() {
        return table(journal);
    }

    /** Nothing was forgotten: revisions count on from 1, and the deltas add up to the table. */
    private void assertDeltasAddUp(long seed) {
        Map<ReferenceLedger.Key, List<Integer>> sums = new HashMap<>();
        Map<ReferenceLedger.Key, Integer> revisions = new HashMap<>();
        for (Post post : journal) {
            for (int row = 0; row < post.rows().size(); row++) {
                ReferenceLedger.Key key = LedgerPost.key(post, row);
                assertThat(post.rows().revision(row))
                        .as("-Dheadcount.seed=%d %s", seed, key)
                        .isEqualTo(revisions.merge(key, 1, Integer::sum));
                sums.merge(key, deltas(post.rows(), row), LedgerOrderTest::added);
            }
        }
        Map<ReferenceLedger.Key, List<Integer>> held = new HashMap<>();
        journaledTable().forEach((key, version) -> held.put(key, version.values()));
        assertThat(sums).as("-Dheadcount.seed=%d", seed).isEqualTo(held);
    }

    private static List<Integer> deltas(Rows rows, int row) {
        assertThat(rows.hasDeltas(row)).isTrue();
        List<Integer> deltas = new ArrayList<>();
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            deltas.add(rows.delta(row, i));
        }
        return deltas;
    }

    private static List<Integer> added(List<Integer> a, List<Integer> b) {
        List<Integer> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            sum.add(a.get(i) + b.get(i));
        }
        return sum;
    }
}
