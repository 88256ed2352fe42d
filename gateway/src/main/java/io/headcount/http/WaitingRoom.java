package io.headcount.http;

import io.headcount.config.RingConfig;
import io.headcount.ring.Delivery;
import io.headcount.ring.PostPublisher;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The way of one event loop's posts into the ring. What arrives in one turn of the event loop is published together, at its end, so that it wakes the
 * pipeline once; on a single core that is most of what a hand-over costs. While the ring is full posts wait here in the order of their arrival. Tried again whenever the ring has
 * settled posts of this loop, and by a timer, because the room may come from another loop's posts. Bounded by the connections: each
 * has one post at most here, and takes it along when it goes. Event loop. Exchange -> ring, or 503 when patience ends.
 */
final class WaitingRoom {
    private static final long RETRY_MS = 5;

    private final EventExecutor eventLoop;
    private final PostPublisher publisher;
    private final Telemetry telemetry;
    private final TaskGuard guard;
    private final long patienceNs;
    private final Runnable publishing;
    private final List<Exchange> arrived = new ArrayList<>(); // in this turn
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Set<Exchange> waiting = new LinkedHashSet<>();
    private boolean timerRuns;

    WaitingRoom(
            EventExecutor eventLoop, PostPublisher publisher, RingConfig config, Telemetry telemetry, TaskGuard guard) {
        this.eventLoop = eventLoop;
        this.publisher = publisher;
        this.telemetry = telemetry;
        this.guard = guard;
        this.publishing = guard.of(this::publishArrived);
        this.patienceNs = TimeUnit.MILLISECONDS.toNanos(config.patienceMs());
    }

    /** Takes a post that is published at the end of this turn, or waits; its connection hears of the outcome. */
    void enter(Exchange exchange) {
        arrived.add(exchange);
        if (arrived.size() == 1) {
            eventLoop.execute(publishing);
        }
    }

    private void publishArrived() {
        int handedOver = 0;
        try {
            if (waiting.isEmpty() && !arrived.isEmpty() && publishTogether()) {
                handedOver = arrived.size();
                return;
            }
            while (handedOver < arrived.size()) {
                publishOrWait(arrived.get(handedOver));
                handedOver++;
            }
        } finally {
            List<Exchange> broken = List.copyOf(arrived.subList(handedOver, arrived.size())); // by an exception
            arrived.clear();
            broken.forEach(this::giveUp);
        }
    }

    /** Whether the ring has it nobody knows: it is refused; its exchange comes back by itself if the ring has it, and is left to the collector if not. */
    private void giveUp(Exchange exchange) {
        PostHandler connection = exchange.connection();
        waiting.remove(exchange);
        exchange.orphan();
        exchange.abandon();
        connection.onOverload();
    }

    private boolean publishTogether() {
        for (int i = 0; i < arrived.size(); i++) {
            deliveries.add(arrived.get(i).delivery());
        }
        try {
            return publisher.tryPublish(deliveries);
        } finally {
            deliveries.clear();
        }
    }

    private void publishOrWait(Exchange exchange) {
        if (waiting.isEmpty() && publisher.tryPublish(exchange.delivery())) {
            return;
        }
        telemetry.count(Metric.POSTS_WAITED);
        exchange.patienceEndsNs = eventLoop.ticker().nanoTime() + patienceNs;
        waiting.add(exchange);
        startTimer();
    }

    /** Takes a post out again whose connection has gone; false: it does not wait, it is published. */
    boolean leave(Exchange exchange) {
        return arrived.remove(exchange) || waiting.remove(exchange);
    }

    /** Publishes as many as the ring takes, refuses those whose patience has ended. */
    void retry() {
        boolean room = true;
        while (room && !waiting.isEmpty()) {
            room = publishFirst();
        }
        refuseImpatient();
    }

    private void refuseImpatient() {
        long now = eventLoop.ticker().nanoTime();
        while (!waiting.isEmpty() && first().patienceEndsNs - now <= 0) {
            Exchange exchange = removeFirst();
            PostHandler connection = exchange.connection();
            exchange.release();
            connection.onOverload();
        }
    }

    private boolean publishFirst() {
        try {
            if (!publisher.tryPublish(first().delivery())) {
                return false;
            }
        } catch (RuntimeException | Error bug) {
            giveUp(first());
            throw bug;
        }
        removeFirst();
        return true;
    }

    private Exchange first() {
        return waiting.iterator().next();
    }

    private Exchange removeFirst() {
        Iterator<Exchange> all = waiting.iterator();
        Exchange exchange = all.next();
        all.remove();
        return exchange;
    }

    private void startTimer() {
        if (!timerRuns) {
            timerRuns = true;
            eventLoop.schedule(guard.of(this::onTimer), RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void onTimer() {
        timerRuns = false;
        try {
            retry();
        } finally {
            if (!waiting.isEmpty()) {
                startTimer();
            }
        }
    }

    int size() {
        return arrived.size() + waiting.size();
    }
}
