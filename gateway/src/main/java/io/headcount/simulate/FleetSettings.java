package io.headcount.simulate;

import io.headcount.config.InvalidSetting;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a fleet is and does.
 *
 * @param cameras how many
 * @param mode when they report
 * @param target where to
 * @param timing when
 * @param misbehaviour what goes wrong
 * @param bounds what is not exceeded
 * @param threads event loops
 * @param seed makes documents and schedule the same again
 * @param ackLog where to write what was sent and acknowledged
 */
public record FleetSettings(
        int cameras,
        Mode mode,
        Target target,
        Timing timing,
        Misbehaviour misbehaviour,
        Bounds bounds,
        int threads,
        long seed,
        Optional<Path> ackLog) {
    static final int MOST_CAMERAS = 100_000;
    private static final int MOST_THREADS = 64;

    /** Checks what the parts have not checked. */
    public FleetSettings {
        InvalidSetting.inRange("--cameras", cameras, 1, MOST_CAMERAS);
        InvalidSetting.inRange("--threads", threads, 1, MOST_THREADS);
        if (target.preconnect() && !target.connections().kept()) {
            throw new InvalidSetting("--preconnect", "with --connections per-post", "connections that are kept");
        }
        int shared = target.connections().shared();
        if (shared > cameras) {
            throw new InvalidSetting("--connections", shared, "at most --cameras, " + cameras);
        }
        if (shared > 0 && threads > shared) {
            throw new InvalidSetting("--threads", threads, "at most --connections, " + shared);
        }
        if (misbehaviour.slow() > 0 && misbehaviour.slowNs() >= bounds.timeoutNs()) {
            throw new InvalidSetting(
                    "--slow-for", TimeUnit.NANOSECONDS.toMillis(misbehaviour.slowNs()) + " ms", "less than --timeout");
        }
    }

    /** Connections that may be open at a time; 0 where that depends on the answers. */
    public int connections() {
        if (!target.connections().kept()) {
            return 0;
        }
        int destinations = target.heartbeats().isPresent() ? 2 : 1;
        return target.connections().most(cameras) * destinations;
    }

    /**
     * Where posts go.
     *
     * @param posts counts
     * @param heartbeats signs of life; none without
     * @param connections how they are used
     * @param preconnect open them all before the first post
     * @param sourceAddresses addresses of 127.0.0.0/8 to post from; 0: as many as are needed
     * @param trust whose certificates are believed
     */
    public record Target(
            Endpoint posts,
            Optional<Endpoint> heartbeats,
            Connections connections,
            boolean preconnect,
            int sourceAddresses,
            Trust trust) {
        /** Checks the addresses. */
        public Target {
            InvalidSetting.inRange("--source-addresses", sourceAddresses, 0, SourceAddresses.MOST);
        }
    }

    /**
     * What is not exceeded.
     *
     * @param timeoutNs for connection and answer together
     * @param inFlight posts that are due and not settled
     */
    public record Bounds(long timeoutNs, int inFlight) {
        private static final int MOST_IN_FLIGHT = 2_000_000;

        /** Checks both. */
        public Bounds {
            InvalidSetting.inRange("--timeout", TimeUnit.NANOSECONDS.toMillis(timeoutNs), 1, 600_000);
            InvalidSetting.inRange("--max-in-flight", inFlight, 1, MOST_IN_FLIGHT);
        }
    }
}
