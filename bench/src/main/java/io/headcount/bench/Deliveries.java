package io.headcount.bench;

import io.headcount.ring.Delivery;
import io.headcount.ring.PostRing;
import io.headcount.ring.SettlementLane;

/** The deliveries of one benchmark's thread, all published together and then awaited together. */
final class Deliveries {
    private final EventLoop loop = new EventLoop();
    private final Delivery[] deliveries;

    Deliveries(int most) {
        deliveries = new Delivery[most];
        SettlementLane lane = new SettlementLane(loop, () -> {});
        for (int i = 0; i < most; i++) {
            deliveries[i] = new Delivery(lane);
            deliveries[i].listener((delivery, durable) -> loop.onSettled(durable));
        }
    }

    Delivery get(int index) {
        return deliveries[index];
    }

    /** Publishes one. The benchmarks' rings have room for all. */
    void publish(PostRing ring, int index) {
        if (!ring.tryPublish(deliveries[index])) {
            throw new IllegalStateException("The ring is full");
        }
    }

    void awaitSettled(int count) throws InterruptedException {
        loop.awaitSettled(count);
    }
}
