package io.headcount.cli;

import io.headcount.admin.Health;
import io.headcount.http.Admission;
import io.headcount.journal.DiskWatch;
import io.headcount.model.RefusalReason;
import io.headcount.ring.PostRing;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the gateway is between start and end, for those who have to know: event loops, the admin port, main.
 *
 * <pre>
 * STARTING ──▶ OPEN ──stop asked──▶ DRAINING ──▶ end, exit 0
 *     └─────────┴──pipeline failed──▶ FAILED ──▶ end, exit 1
 * </pre>
 */
final class GatewayState implements Admission, Health {
    private enum Phase {
        STARTING("starting: the journal is being replayed"),
        OPEN(null),
        DRAINING("draining: the gateway is stopping"),
        FAILED("failed: posts can no longer be journaled, see the log");

        private final String notReady;

        Phase(String notReady) {
            this.notReady = notReady;
        }
    }

    private static final String STALLED =
            "stalled: the journal's disk has not taken a batch of posts within ring.settle-timeout";

    private static final Logger LOG = LoggerFactory.getLogger(GatewayState.class);

    private final MemoryEnd memory;
    private final AtomicBoolean toldBroken = new AtomicBoolean();
    private final CountDownLatch endAsked = new CountDownLatch(1);
    private volatile Phase phase = Phase.STARTING;
    private volatile DiskWatch disk;
    private volatile PostRing ring;

    /** A gateway that starts; {@code memory} is what ends it when memory has run out. */
    GatewayState(MemoryEnd memory) {
        this.memory = memory;
    }

    /** Posts are accepted from now on, while the disk takes them. */
    synchronized void open(DiskWatch watch, PostRing pipeline) {
        disk = watch;
        ring = pipeline;
        if (phase == Phase.STARTING) {
            phase = Phase.OPEN;
        }
    }

    /** New requests are refused from now on; whoever waits in {@link #awaitEnd} goes on. */
    synchronized void drain() {
        if (phase != Phase.FAILED) {
            phase = Phase.DRAINING;
        }
        endAsked.countDown();
    }

    /** Nothing is acknowledged from now on; whoever waits in {@link #awaitEnd} goes on. */
    synchronized void fail() {
        phase = Phase.FAILED;
        endAsked.countDown();
    }

    @Override
    public void faulted(Throwable cause) {
        if (MemoryEnd.causedBy(cause)) {
            fail();
            memory.meet(cause);
        }
    }

    @Override
    public void broken(Throwable cause) {
        fail();
        memory.meet(cause);
        if (toldBroken.compareAndSet(false, true)) {
            LOG.error("The gateway can't go on and stops; nothing is acknowledged any more", cause);
        }
    }

    /** Whether {@link #awaitEnd} would not wait. Any thread. */
    boolean endIsAsked() {
        return endAsked.getCount() == 0;
    }

    boolean failed() {
        return phase == Phase.FAILED;
    }

    void awaitEnd() throws InterruptedException {
        endAsked.await();
    }

    @Override
    public RefusalReason closedFor() {
        return switch (phase) {
            case OPEN ->
                ring.stalled() ? RefusalReason.STALLED : disk.refusal().isPresent() ? RefusalReason.LOW_DISK : null;
            case STARTING, DRAINING -> RefusalReason.DRAINING;
            case FAILED -> RefusalReason.JOURNAL_FAILED;
        };
    }

    @Override
    public boolean live() {
        return phase != Phase.FAILED;
    }

    @Override
    public Optional<String> notReady() {
        Phase now = phase;
        if (now == Phase.OPEN) {
            return ring.stalled() ? Optional.of(STALLED) : disk.refusal();
        }
        return Optional.ofNullable(now.notReady);
    }
}
