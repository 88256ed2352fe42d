package io.headcount.http;

import io.headcount.model.RefusedBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes refused bodies, unless told not to, and tells what became of them when told to. Any thread. */
final class FakeKeeper implements RefusedBodies {
    final List<RefusedBody> offered = new ArrayList<>();
    private final List<Consumer<Boolean>> outcomes = new ArrayList<>();
    private boolean full;

    /** From now on nothing is taken. */
    synchronized void fill() {
        full = true;
    }

    @Override
    public synchronized boolean offer(RefusedBody body, Consumer<Boolean> outcome) {
        if (!full) {
            offered.add(body);
            outcomes.add(outcome);
        }
        return !full;
    }

    /** Tells of all that were taken. */
    synchronized void settle(boolean kept) {
        outcomes.forEach(outcome -> outcome.accept(kept));
        outcomes.clear();
    }

    /** From now on {@code other} tells what became of those taken so far. */
    synchronized void moveOutcomesTo(FakeKeeper other) {
        other.outcomes.addAll(outcomes);
        outcomes.clear();
    }

    synchronized int count() {
        return offered.size();
    }

    /** The texts of what was taken. */
    synchronized List<String> texts() {
        return offered.stream()
                .map(body -> StandardCharsets.ISO_8859_1
                        .decode(body.bytes().duplicate())
                        .toString())
                .toList();
    }
}
