package io.headcount.ring;

import io.headcount.model.Post;

/**
 * A post on its way from a connection through the ring and back. Its event loop owns it until it is published, hc-pipeline
 * until it is settled, then its event loop again; the ring and the loop's task queue carry it, and its memory, across.
 */
public final class Delivery {
    /** Told on the delivery's event loop what became of the post. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The post is settled and the delivery is the event loop's again.
         *
         * @param delivery which
         * @param durable true: the post may be answered 200; false: the pipeline has failed and nothing is known to be kept
         */
        void onSettled(Delivery delivery, boolean durable);
    }

    private final Post post = new Post();
    private final SettlementLane lane;
    private Listener listener;

    // written by hc-pipeline while it owns the delivery
    Delivery next;
    boolean durable;

    /** A delivery that returns through this lane. */
    public Delivery(SettlementLane lane) {
        this.lane = lane;
    }

    /** The post; for whoever owns the delivery. */
    public Post post() {
        return post;
    }

    /** Who is told of the outcome; set before publishing. */
    public void listener(Listener value) {
        listener = value;
    }

    SettlementLane lane() {
        return lane;
    }

    void tellListener() {
        listener.onSettled(this, durable);
    }
}
