package io.headcount.simulate;

import io.headcount.simulate.FleetSettings.Bounds;
import io.headcount.simulate.FleetSettings.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** Settings and cameras for tests. */
final class Fleets {
    static final long SEED = 20_261_128L;

    private Fleets() {}

    /** Windows of a minute that take a second, for ten seconds. */
    static Timing timing(int rate, boolean aligned) {
        return new Timing(
                60,
                Duration.ofSeconds(1).toNanos(),
                rate,
                Duration.ofSeconds(2).toNanos(),
                aligned,
                Duration.ofMillis(50).toNanos(),
                Duration.ofSeconds(10).toNanos(),
                0);
    }

    static FleetSettings settings(Mode mode, Misbehaviour misbehaviour) {
        return settings(mode, misbehaviour, Endpoint.parse("--url", "http://127.0.0.1:8080/"), 1);
    }

    static FleetSettings settings(Mode mode, Misbehaviour misbehaviour, Endpoint endpoint, int threads) {
        return new FleetSettings(
                20,
                mode,
                new Target(endpoint, Optional.empty(), Connections.KEEP, false, 0, Trust.OF_THE_JDK),
                timing(mode == Mode.REALTIME ? 4 : 1, false),
                misbehaviour,
                new Bounds(Duration.ofSeconds(5).toNanos(), 10_000),
                threads,
                SEED,
                Optional.empty());
    }

    /** Nothing goes wrong but this. */
    static Misbehaviour habits(double duplicates, double ties, double outages) {
        Misbehaviour none = Misbehaviour.NONE;
        return new Misbehaviour(
                duplicates, ties, outages, 3, 0, none.skewSec(), 0, 0, none.slowNs(), 0, 0, none.retries());
    }

    static Camera[] cameras(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Camera.of(number, Misbehaviour.NONE, new Chance(SEED)))
                .toArray(Camera[]::new);
    }
}
