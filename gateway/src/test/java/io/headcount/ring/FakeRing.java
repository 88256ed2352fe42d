package io.headcount.ring;

import java.util.ArrayList;
import java.util.List;

/** A ring for tests of the intake: takes as many posts as it is told to and settles them when it is told to. Any thread. */
public final class FakeRing implements PostPublisher {
    private final List<Delivery> taken = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private boolean settlesAtOnce;
    private int published;
    private int handOvers;
    private boolean breaks;

    /** A ring that settles each post as soon as it has it. */
    public static FakeRing settlingAtOnce() {
        FakeRing ring = new FakeRing();
        ring.settlesAtOnce = true;
        return ring;
    }

    /** Takes no more than {@code posts} that are not settled. */
    public synchronized void room(int posts) {
        room = posts;
    }

    /** Throws at every hand-over, as no ring should. */
    public synchronized void breaks(boolean broken) {
        breaks = broken;
    }

    @Override
    public synchronized boolean tryPublish(Delivery delivery) {
        requireWhole();
        if (taken.size() >= room) {
            return false;
        }
        handOvers++;
        published++;
        taken.add(delivery);
        if (settlesAtOnce) {
            settle(true);
        }
        return true;
    }

    @Override
    public synchronized boolean tryPublish(List<Delivery> deliveries) {
        requireWhole();
        if (taken.size() + deliveries.size() > room) {
            return false;
        }
        deliveries.forEach(this::tryPublish);
        handOvers -= deliveries.size() - 1;
        return true;
    }

    private void requireWhole() {
        if (breaks) {
            throw new IllegalStateException("a bug");
        }
    }

    /** How often posts were handed over, one or several. */
    public synchronized int handOvers() {
        return handOvers;
    }

    /** Settles all that it has, as the pipeline does at the end of a batch. */
    public synchronized void settle(boolean durable) {
        for (Delivery delivery : taken) {
            delivery.lane().add(delivery, durable);
        }
        taken.stream().map(Delivery::lane).distinct().forEach(SettlementLane::handOver);
        taken.clear();
    }

    /** Posts published so far. */
    public synchronized int published() {
        return published;
    }

    /** Devices of the posts that are not settled, in order. */
    public synchronized List<String> devices() {
        return taken.stream().map(delivery -> delivery.post().deviceId()).toList();
    }
}
