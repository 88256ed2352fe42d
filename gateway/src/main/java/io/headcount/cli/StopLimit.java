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

    private final GatewayState state;
    private final long stopTimeoutMs;

    private StopLimit(GatewayState state, long stopTimeoutMs) {
        this.state = state;
        this.stopTimeoutMs = stopTimeoutMs;
    }

    static void start(GatewayState state, long stopTimeoutMs) {
        Thread thread = new Thread(new StopLimit(state, stopTimeoutMs), "hc-stop");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            state.awaitEnd();
            long limitMs = state.failed() ? FAILED_MS : stopTimeoutMs + GRACE_MS;
            TimeUnit.MILLISECONDS.sleep(limitMs);
            LOG.error("The stop has not come to its end within {} ms: ended as by kill -9", limitMs);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(HeadcountCommand.FAILED);
        }
    }
}
