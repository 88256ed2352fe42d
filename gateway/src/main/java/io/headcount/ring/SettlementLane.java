package io.headcount.ring;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back from hc-pipeline to one event loop. Settled deliveries are chained during a batch and handed over with one
 * task at its end, so that a batch wakes each event loop at most once.
 */
public final class SettlementLane {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementLane.class);

    private final Executor eventLoop;
    private final Runnable afterSettling;

    // hc-pipeline only
    private Delivery first;
    private Delivery last;

    /**
     * A lane to one event loop.
     *
     * @param eventLoop runs the deliveries' listeners
     * @param afterSettling run on the event loop after each hand-over: the ring has room again, or will have in a moment
     */
    public SettlementLane(Executor eventLoop, Runnable afterSettling) {
        this.eventLoop = eventLoop;
        this.afterSettling = afterSettling;
    }

    /** Chains a delivery; true when it is the first of its batch in this lane. */
    boolean add(Delivery delivery, boolean durable) {
        delivery.durable = durable;
        delivery.next = null;
        if (first == null) {
            first = delivery;
            last = delivery;
            return true;
        }
        last.next = delivery;
        last = delivery;
        return false;
    }

    /** Hands the chain over to the event loop. */
    void handOver() {
        Delivery chain = first;
        first = null;
        last = null;
        try {
            eventLoop.execute(() -> tell(chain));
        } catch (RejectedExecutionException loopHasEnded) {
            // its connections are gone, nobody is left to be told
        }
    }

    private void tell(Delivery chain) {
        Delivery delivery = chain;
        while (delivery != null) {
            Delivery following = delivery.next;
            delivery.next = null;
            tellListener(delivery);
            delivery = following;
        }
        afterSettling.run();
    }

    /** The others of the batch are told, whatever becomes of this one. */
    private static void tellListener(Delivery delivery) {
        try {
            delivery.tellListener();
        } catch (RuntimeException bug) {
            LOG.error("A connection failed when it was told that its post is settled", bug);
        }
    }
}
