package io.headcount.cli;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a gateway whose stop does not come to its end: its disk stalls, or what has failed keeps it from stopping in order. Nothing is
 * lost by it that was acknowledged, as by kill -9. Daemon thread hc-stop, begun at start, because a machine that is broken may
 * give none.
 */
final class StopLimit implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StopLimit.class);
    /** What a stop may take beyond {@code stop-timeout}. */
    private static final long GRACE_MS = 20_000;
    /** What the end after a failure may take, in which little is waited for. */
    private static final long FAILED_MS = 5_000;
    /** What telling that memory has run out may take, if nobody reads standard error. */
    private static final long TELLING_MS = 1_000;

    /**
     * What is waited for, ms.
     *
     * @param stoppingMs a stop that was asked for
     * @param failedMs one after a failure
     * @param tellingMs the line that tells of memory that has run out
     */
    record Limits(long stoppingMs, long failedMs, long tellingMs) {}

    private final GatewayState state;
    private final MemoryEnd memory;
    private final Limits limits;
    private final Runnable halt;

    /** A limit that nobody runs yet; {@code halt} ends the process with exit code 1. */
    StopLimit(GatewayState state, MemoryEnd memory, Limits limits, Runnable halt) {
        this.state = state;
        this.memory = memory;
        this.limits = limits;
        this.halt = halt;
    }

    static void start(GatewayState state, MemoryEnd memory, long stopTimeoutMs) {
        Limits limits = new Limits(stopTimeoutMs + GRACE_MS, FAILED_MS, TELLING_MS);
        Runnable halt = () -> Runtime.getRuntime().halt(HeadcountCommand.FAILED);
        Thread thread = new Thread(new StopLimit(state, memory, limits, halt), "hc-stop");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            state.awaitEnd();
            long limitMs = state.failed() ? limits.failedMs() : limits.stoppingMs();
            if (memory.await(limitMs)) {
                TimeUnit.MILLISECONDS.sleep(limits.tellingMs());
            } else {
                LOG.error("The stop has not come to its end within {} ms: ended as by kill -9", limitMs);
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        } finally {
            halt.run();
        }
    }
}
