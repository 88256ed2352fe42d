package io.headcount.cli;

import io.headcount.admin.AdminServer;
import io.headcount.admin.GaugeReading;
import io.headcount.aggregate.Ledger;
import io.headcount.config.GatewayConfig;
import io.headcount.http.HttpIntake;
import io.headcount.http.RefusedBodies;
import io.headcount.journal.DiskWatch;
import io.headcount.journal.JournalWriter;
import io.headcount.journal.ReplayReport;
import io.headcount.journal.RetentionThread;
import io.headcount.quarantine.Quarantine;
import io.headcount.ring.PostRing;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway, wired: starts its stages so that each finds the next one running, stops them from the front. Started and
 * stopped by one thread.
 *
 * <pre>
 * start:  admin, journal (lock, replay into the ledger), retention, disk watch, ring, quarantine, http
 * stop:   http accepts no more and finishes what is in flight, ring runs empty, journal, http, quarantine, admin
 * </pre>
 */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long FAILED_DRAIN_MS = 500;
    private static final long BATCH_INTERVAL_NS = 200_000; // far below the 5 ms that are promised under half load

    private final GatewayConfig config;
    private final GatewayState state;
    private final Clock clock;
    private final Telemetry telemetry = new Telemetry();
    private final Ledger ledger;
    // what is running but quarantine and admin port, in the order in which it is closed
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private AdminServer admin;
    private JournalWriter journal;
    // written by main, read by hc-admin
    private volatile RetentionThread retention;
    private volatile DiskWatch disk;
    private volatile Quarantine quarantine;
    private volatile PostRing ring;
    private volatile HttpIntake http;
    private InetSocketAddress httpAddress;

    Gateway(GatewayConfig config, GatewayState state, Clock clock) {
        this.config = config;
        this.state = state;
        this.clock = clock;
        this.ledger = new Ledger(config.ledger(), telemetry);
    }

    /**
     * Starts everything; what has started is stopped again when something can't.
     *
     * @return false when the end was asked for before the journal had been read back; everything is stopped again then
     */
    boolean start() throws IOException {
        boolean started = false;
        try {
            startAdmin();
            if (startJournal()) {
                startRetention();
                startPipeline();
                startQuarantine();
                startHttp();
                started = true;
            }
        } catch (Throwable failed) {
            state.faulted(failed);
            throw failed;
        } finally {
            if (!started) {
                closeAll();
            }
        }
        return started;
    }

    private void startAdmin() throws IOException {
        if (config.admin().enabled()) {
            admin = new AdminServer(config.admin(), state, telemetry, gauges());
            admin.start();
        }
    }

    private boolean startJournal() {
        journal = JournalWriter.open(config.journal(), clock, telemetry);
        running.addFirst(journal);
        long nowMs = clock.millis();
        ReplayReport replayed = journal.replay(
                nowMs, config.ledger().windowMs(), post -> ledger.restore(post, nowMs), state::endIsAsked);
        telemetry.count(Metric.JOURNAL_DAMAGED_PLACES, replayed.faults());
        if (state.endIsAsked()) {
            return false;
        }
        if (journal.lastSequence() > 0) {
            ledger.restored(nowMs - config.ledger().windowMs());
        }
        LOG.info(
                "Journal {}: last sequence {}; replayed {} posts with {} rows in {} ms, {} damaged places",
                config.journal().dir(),
                journal.lastSequence(),
                replayed.posts(),
                replayed.rows(),
                replayed.elapsedMs(),
                replayed.faults());
        return true;
    }

    private void startRetention() {
        retention = RetentionThread.start(config, clock, telemetry);
        running.addFirst(retention);
    }

    private void startPipeline() {
        disk = DiskWatch.start(config.journal(), journal, state::fail);
        running.addFirst(disk);
        ring = new PostRing(
                config.ring(), BATCH_INTERVAL_NS, List.of(ledger, journal), this::onPipelineFailure, telemetry);
        ring.start();
        running.addFirst(ring);
        state.open(disk, ring);
    }

    private void onPipelineFailure(Throwable cause) {
        state.fail();
        state.faulted(cause);
    }

    private void startQuarantine() throws IOException {
        Optional<Path> dir = config.quarantine().dir();
        if (dir.isPresent()) {
            quarantine = Quarantine.open(dir.get(), config.quarantine(), telemetry);
        }
    }

    private void startHttp() throws IOException {
        RefusedBodies refusedBodies = quarantine == null ? (body, outcome) -> false : quarantine::offer;
        http = new HttpIntake(
                config.http(),
                config.xml(),
                config.ring(),
                config.quarantine(),
                ring,
                refusedBodies,
                state,
                telemetry,
                clock::millis,
                config.maxLogLinesPerSec());
        // closed behind the ring, which settles its last posts on http's event loops
        running.addLast(http);
        httpAddress = http.start();
    }

    private List<GaugeReading> gauges() {
        List<GaugeReading> gauges = new ArrayList<>(alwaysThere());
        gauges.addAll(ofJournal());
        if (config.http().tls().enabled()) {
            gauges.add(new GaugeReading(
                    "headcount_tls_certificate_expiry_seconds",
                    "When the certificate of the TLS port expires, epoch seconds",
                    () -> http == null ? Double.NaN : http.certificateExpirySec()));
        }
        return gauges;
    }

    /** Of the disk as of the last second, of retention as of the last minute. */
    private List<GaugeReading> ofJournal() {
        return List.of(
                new GaugeReading(
                        "headcount_journal_reserved_bytes",
                        "Room taken ahead on the disk for the roll file being appended to",
                        () -> disk == null ? Double.NaN : disk.reservedBytes()),
                new GaugeReading(
                        "headcount_journal_oldest_sequence",
                        "Sequence number of the oldest record kept",
                        () -> retention == null ? Double.NaN : retention.oldestSequence()),
                new GaugeReading(
                        "headcount_journal_files",
                        "Roll files kept",
                        () -> retention == null ? Double.NaN : retention.files()),
                new GaugeReading(
                        "headcount_tailer_lag_records",
                        "Records that a named tailer has still to read",
                        "tailer",
                        () -> retention == null ? Map.of() : retention.lags()));
    }

    private List<GaugeReading> alwaysThere() {
        return List.of(
                new GaugeReading(
                        "headcount_ready",
                        "1 while posts are accepted",
                        () -> state.notReady().isEmpty() ? 1 : 0),
                new GaugeReading(
                        "headcount_connections_open",
                        "Connections open now",
                        () -> http == null ? 0 : http.openConnections()),
                new GaugeReading(
                        "headcount_ring_depth", "Posts in the ring now", () -> ring == null ? 0 : ring.depth()),
                new GaugeReading(
                        "headcount_ring_capacity",
                        "Posts the ring can hold",
                        () -> config.ring().size()),
                new GaugeReading("headcount_ledger_rows_held", "Rows the ledger remembers", ledger::rowsHeld),
                new GaugeReading(
                        "headcount_quarantine_bytes",
                        "Bytes that kept bodies of refused posts take on disk, in blocks",
                        () -> quarantine == null ? 0 : quarantine.bytes()));
    }

    /** The contract's line for stdout: {@code headcount ready http=… https=… admin=… journal=…}. */
    String readyLine() {
        String https =
                http.tlsAddress().map(bound -> at(config.http().host(), bound)).orElse("-");
        String admins = admin == null ? "-" : at(config.admin().host(), admin.address());
        return "headcount ready http=" + at(config.http().host(), httpAddress) + " https=" + https + " admin=" + admins
                + " journal=" + config.journal().dir();
    }

    /** The host as configured: a wildcard address has several spellings, and only the port may differ. */
    private static String at(String host, InetSocketAddress bound) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
    }

    /** Finishes and answers what is in flight, within {@code stop-timeout}, and stops everything. */
    @Override
    public void close() {
        http.stopAccepting();
        boolean drained = http.drain(state.failed() ? FAILED_DRAIN_MS : config.stopTimeoutMs());
        if (!drained && !state.failed()) {
            LOG.warn(
                    "stop-timeout: posts were still in flight after {} ms; they stay unanswered",
                    config.stopTimeoutMs());
        }
        closeAll();
    }

    /**
     * The quarantine is offered bodies until http's event loops have ended, and the admin port answers until everything else
     * has stopped.
     */
    private void closeAll() {
        while (!running.isEmpty()) {
            close(running.removeFirst());
        }
        if (quarantine != null) {
            close(quarantine);
        }
        if (admin != null) {
            close(admin);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception broken) {
            LOG.error("{} did not close", part.getClass().getSimpleName(), broken);
        }
    }
}
