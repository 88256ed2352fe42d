package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.LedgerConfig;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.Verdict;
import io.headcount.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Few cameras over many hours, so that series lose their last row again and again, decided as by a plain map that holds nothing but
 * the rule: a row is remembered for the ledger's window after its end and its last arrival. A failure prints its seed.
 */
class LedgerOverHoursTest {
    private static final int ROUNDS = Integer.getInteger("headcount.rounds", 300);
    private static final long WINDOW_SEC = 7200;
    private static final long T = 1_667_806_020L;
    private static final int POSTS = 400;

    /** One row as it is sent. */
    private record Sent(String camera, String object, long start, int seconds, int value) {
        String key() {
            return camera + "/" + object + "/" + start + "/" + seconds;
        }

        Sent withValue(int other) {
            return new Sent(camera, object, start, seconds, other);
        }
    }

    /** What the rule knows of a row. */
    private static final class Known {
        private long arrived;
        private long version;
        private int value;
        private int revision = 1;
    }

    private final Map<String, Known> known = new HashMap<>();
    private final List<List<Sent>> sent = new ArrayList<>();

    @Test
    void shouldDecideAsAPlainMapWould() {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            known.clear();
            sent.clear();
            run(seed, new Random(seed));
        }
    }

    private void run(long seed, Random random) {
        Ledger ledger = new Ledger(new LedgerConfig(WINDOW_SEC * 1000, 1_000_000, 1000), new Telemetry());
        int cameras = 1 + random.nextInt(4);
        int mostBetween = 60 * (1 + random.nextInt(40));
        long now = T;
        for (int i = 0; i < POSTS; i++) {
            now += random.nextInt(8) == 0 ? 0 : random.nextInt(mostBetween);
            List<Sent> rows = sent.isEmpty() || random.nextBoolean() ? fresh(random, cameras, now) : again(random);
            sent.add(rows);
            LedgerPost made = LedgerPost.sentAt(now).from(rows.get(0).camera, null);
            rows.forEach(row -> made.row(RowKind.COUNT, null, row.object, 0, row.start, row.seconds, 0, row.value));
            Post post = made.post();
            ledger.onPost(post);
            for (int row = 0; row < rows.size(); row++) {
                assertThat(decision(post, row))
                        .as("seed %d, post %d, %s", seed, i, rows.get(row))
                        .isEqualTo(expected(rows.get(row), now));
            }
        }
    }

    private static List<Sent> fresh(Random random, int cameras, long now) {
        String camera = "d" + random.nextInt(cameras);
        long start = Math.floorDiv(now, 60) * 60 - 60L * random.nextInt(30) + (random.nextInt(5) == 0 ? 600 : 0);
        int seconds = random.nextInt(6) == 0 ? 3600 : 60;
        List<Sent> rows = new ArrayList<>();
        for (int object = random.nextInt(6); object >= 0; object--) {
            rows.add(new Sent(camera, "o" + object, start, seconds, random.nextInt(20)));
        }
        return rows;
    }

    private List<Sent> again(Random random) {
        List<Sent> before = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(30)));
        boolean changed = random.nextBoolean();
        return before.stream()
                .map(row -> changed ? row.withValue(random.nextInt(20)) : row)
                .toList();
    }

    private static String decision(Post post, int row) {
        Verdict verdict = post.rows().verdict(row);
        return verdict + (verdict.journaled() ? " " + post.rows().revision(row) : "");
    }

    private String expected(Sent row, long now) {
        Known before = known.get(row.key());
        if (before == null || now - Math.max(row.start + row.seconds, before.arrived) > WINDOW_SEC) {
            Known first = new Known();
            first.arrived = now;
            first.version = now;
            first.value = row.value;
            known.put(row.key(), first);
            return (row.start <= now - WINDOW_SEC ? Verdict.LATE : Verdict.NEW) + " 1";
        }
        before.arrived = now;
        int order = Long.compare(now, before.version);
        order = order == 0 ? Integer.compare(row.value, before.value) : order;
        if (order <= 0) {
            return (order == 0 ? Verdict.DUPLICATE : Verdict.STALE).toString();
        }
        before.version = now;
        before.value = row.value;
        before.revision++;
        return Verdict.NEWER + " " + before.revision;
    }
}
