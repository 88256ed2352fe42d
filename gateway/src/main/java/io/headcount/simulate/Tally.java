package io.headcount.simulate;

import java.util.EnumMap;
import java.util.Map;

/** What an event loop has counted, or all of them together. One thread; others get copies. */
final class Tally {
    private static final int STATUSES = 1000;

    long posts;
    long heartbeats;
    long requests;
    long acknowledged;
    long failed;
    long duplicates;
    long ties;
    long backlogs;
    long slow;
    long lostAnswers;
    long retries;

    private final long[] statuses = new long[STATUSES];
    private final Map<PostFailure, Long> failures = new EnumMap<>(PostFailure.class);

    void answer(int status) {
        statuses[status]++;
    }

    void failure(PostFailure failure, long count) {
        if (count > 0) {
            failures.merge(failure, count, Long::sum);
        }
    }

    long answers(int status) {
        return statuses[status];
    }

    int statusBound() {
        return STATUSES;
    }

    long failures(PostFailure failure) {
        return failures.getOrDefault(failure, 0L);
    }

    /** Posts that are due and not settled. */
    long inFlight() {
        return posts - acknowledged - failed;
    }

    /** Adds what another one has counted. */
    void add(Tally other) {
        posts += other.posts;
        heartbeats += other.heartbeats;
        requests += other.requests;
        acknowledged += other.acknowledged;
        failed += other.failed;
        duplicates += other.duplicates;
        ties += other.ties;
        backlogs += other.backlogs;
        slow += other.slow;
        lostAnswers += other.lostAnswers;
        retries += other.retries;
        addEach(statuses, other.statuses);
        other.failures.forEach(this::failure);
    }

    private static void addEach(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    Tally copy() {
        Tally copy = new Tally();
        copy.add(this);
        return copy;
    }
}
