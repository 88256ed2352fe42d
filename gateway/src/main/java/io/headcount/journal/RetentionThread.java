package io.headcount.journal;

import io.headcount.config.GatewayConfig;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does {@link Retention} once a minute on its own daemon thread hc-retention, away from intake. A round that fails is logged
 * and counted, and tried again a minute later.
 */
public final class RetentionThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionThread.class);
    private static final long PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

    private final Retention retention;
    private final Telemetry telemetry;
    private final Thread thread;

    // written by hc-retention, read by hc-admin
    private volatile JournalInfo latest = new JournalInfo(List.of(), List.of());
    private volatile boolean closed;

    private RetentionThread(Retention retention, Telemetry telemetry) {
        this.retention = retention;
        this.telemetry = telemetry;
        this.thread = new Thread(this::work, "hc-retention");
        thread.setDaemon(true);
    }

    /** Starts the first round at once. */
    public static RetentionThread start(GatewayConfig config, Clock clock, Telemetry telemetry) {
        RetentionTime time = new RetentionTime(
                clock, System::nanoTime, RollFile.lengthMs(config.journal().roll()));
        Retention retention = new Retention(config, time, telemetry);
        RetentionThread started = new RetentionThread(retention, telemetry);
        started.thread.start();
        return started;
    }

    private void work() {
        while (!closed) {
            round();
            sleep();
        }
    }

    private void round() {
        try {
            retention.run();
            latest = retention.look();
        } catch (RuntimeException failed) {
            telemetry.count(Metric.JOURNAL_RETENTION_FAILED);
            LOG.error("journal: retention failed, tried again in a minute", failed);
        }
    }

    private void sleep() {
        long untilNs = System.nanoTime() + PAUSE_NS;
        while (!closed && untilNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, untilNs - System.nanoTime());
        }
    }

    /** Sequence number of the oldest record kept, as of the last round; 0 when there was none. Any thread. */
    public long oldestSequence() {
        return latest.firstSequence();
    }

    /** Roll files as of the last round. Any thread. */
    public int files() {
        return latest.files().size();
    }

    /** Records that each named tailer had still to read, as of the last round. Any thread. */
    public Map<String, Double> lags() {
        JournalInfo journal = latest;
        Map<String, Double> lags = new LinkedHashMap<>();
        journal.tailers().stream()
                .limit(TailerRegistry.MAX_TAILERS)
                .forEach(tailer -> lags.put(tailer.name(), (double) journal.lag(tailer)));
        return lags;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
