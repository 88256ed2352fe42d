package io.headcount.http;

import io.headcount.model.Refusal;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts refusals and faults and logs them: reason, field, peer, and nothing of what the peer sent. So many lines per second,
 * the others are counted. Any thread. outcome -> counter and log line.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final String OWN_PACKAGES = "io.headcount.";

    private final Telemetry telemetry;
    private final int maxLinesPerSec;
    private final Ticker ticker;
    private final Consumer<Throwable> onFault;

    private long second; // guarded by this, like lines
    private int lines;

    RefusalLog(Telemetry telemetry, int maxLinesPerSec, Ticker ticker, Consumer<Throwable> onFault) {
        this.telemetry = telemetry;
        this.maxLinesPerSec = maxLinesPerSec;
        this.ticker = ticker;
        this.onFault = onFault;
    }

    /** A request was refused. */
    void refused(Refusal refusal, SocketAddress peer) {
        telemetry.countRefusal(refusal.reason());
        if (LOG.isInfoEnabled() && mayLog()) {
            String field = refusal.field() == null ? "-" : refusal.field();
            LOG.info("refused reason={} field={} peer={}", refusal.reason().label(), field, text(peer));
        }
    }

    /** A TLS handshake failed, counted under its reason. */
    void handshakeFailed(Metric reason, SocketAddress peer) {
        telemetry.count(reason);
        if (LOG.isInfoEnabled() && mayLog()) {
            LOG.info("handshake failed reason={} peer={}", reason.labelValue(), text(peer));
        }
    }

    /** What a peer sent after its handshake is not TLS as it should be: the connection is closed. */
    void tlsBroken(SocketAddress peer) {
        telemetry.count(Metric.TLS_BROKEN);
        if (LOG.isInfoEnabled() && mayLog()) {
            LOG.info("connection closed over broken tls peer={}", text(peer));
        }
    }

    /** A bug or a broken machine: the connection is closed, and who would stop the gateway is told. The exception's text may hold the request's and is left out. */
    void faulted(Throwable cause, SocketAddress peer) {
        onFault.accept(cause); // first: if memory has run out nothing else will go
        telemetry.count(Metric.CONNECTIONS_FAULTED);
        if (mayLog()) {
            LOG.error(
                    "connection closed by a fault={} at={} peer={}",
                    cause.getClass().getName(),
                    place(cause),
                    text(peer));
        }
    }

    private synchronized boolean mayLog() {
        long now = TimeUnit.NANOSECONDS.toSeconds(ticker.nanoTime());
        if (now != second) {
            second = now;
            lines = 0;
        }
        if (lines < maxLinesPerSec) {
            lines++;
            return true;
        }
        telemetry.count(Metric.LOG_LINES_SUPPRESSED);
        return false;
    }

    /** The innermost frame of our own, else the innermost of all. */
    private static String place(Throwable cause) {
        StackTraceElement[] frames = cause.getStackTrace();
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().startsWith(OWN_PACKAGES)) {
                return frame.toString();
            }
        }
        return frames.length == 0 ? "-" : frames[0].toString();
    }

    /** The peer's address without its port; {@code -} where it has gone already. */
    static String text(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "-";
    }
}
