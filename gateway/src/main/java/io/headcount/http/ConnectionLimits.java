package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections, in all and per address, and says when it is enough. An address is remembered as long as it has a
 * connection, so the map is bounded by the connections. Any thread. address -> welcome or not.
 */
final class ConnectionLimits {
    private final int max;
    private final int maxPerAddress;
    private final Telemetry telemetry;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    ConnectionLimits(int max, int maxPerAddress, Telemetry telemetry) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.telemetry = telemetry;
    }

    /** Takes a connection in; false: it is one too many and is to be closed at once. */
    boolean tryOpen(InetAddress address) {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            telemetry.count(Metric.CONNECTIONS_OVER_TOTAL);
            return false;
        }
        if (perAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            release(address);
            telemetry.count(Metric.CONNECTIONS_OVER_ADDRESS);
            return false;
        }
        telemetry.count(Metric.CONNECTIONS_OPENED);
        return true;
    }

    /** A connection that was taken in has been closed. */
    void close(InetAddress address) {
        release(address);
        telemetry.count(Metric.CONNECTIONS_CLOSED);
    }

    private void release(InetAddress address) {
        perAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }

    /** Connections open now. */
    int open() {
        return open.get();
    }

    /** Addresses with a connection now. */
    int addresses() {
        return perAddress.size();
    }
}
