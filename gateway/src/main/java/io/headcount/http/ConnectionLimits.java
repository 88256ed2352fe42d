package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections, in all and per address, and says when it is enough. An address is remembered as long as it has a
 * connection, so the map is bounded by the connections. An IPv6 address counts as its /64. Any thread. address -> welcome or not.
 */
final class ConnectionLimits {
    private final int max;
    private final int maxPerAddress;
    private final Telemetry telemetry;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> perNetwork = new ConcurrentHashMap<>();

    ConnectionLimits(int max, int maxPerAddress, Telemetry telemetry) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.telemetry = telemetry;
    }

    /** Takes in a connection from this address; false: it is one too many and is to be closed at once. */
    boolean tryOpen(InetAddress address) {
        if (!tryTake()) {
            return false;
        }
        if (!tryJoin(address)) {
            open.decrementAndGet();
            return false;
        }
        telemetry.count(Metric.CONNECTIONS_OPENED);
        return true;
    }

    /** A connection that was taken in from this address has been closed. */
    void close(InetAddress address) {
        part(address);
        closeProxied();
    }

    /** Takes in a connection from a proxy, whose own address has no bound; false as with {@link #tryOpen}. */
    boolean tryOpenProxied() {
        boolean taken = tryTake();
        if (taken) {
            telemetry.count(Metric.CONNECTIONS_OPENED);
        }
        return taken;
    }

    /** A connection that was taken in from a proxy has been closed. */
    void closeProxied() {
        open.decrementAndGet();
        telemetry.count(Metric.CONNECTIONS_CLOSED);
    }

    /** Counts a connection that is taken in already for the address it was made from; false: it is one too many. */
    boolean tryJoin(InetAddress address) {
        if (perNetwork.merge(PeerAddress.network(address), 1, Integer::sum) > maxPerAddress) {
            part(address);
            telemetry.count(Metric.CONNECTIONS_OVER_ADDRESS);
            return false;
        }
        return true;
    }

    /** Takes back {@link #tryJoin}. */
    void part(InetAddress address) {
        perNetwork.computeIfPresent(PeerAddress.network(address), (same, count) -> count == 1 ? null : count - 1);
    }

    private boolean tryTake() {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            telemetry.count(Metric.CONNECTIONS_OVER_TOTAL);
            return false;
        }
        return true;
    }

    /** Connections open now. */
    int open() {
        return open.get();
    }

    /** Addresses with a connection now. */
    int addresses() {
        return perNetwork.size();
    }
}
