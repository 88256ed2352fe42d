package io.headcount.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of {@code simulate} that would do nothing without, or beside, another one. Names of options given -> mistake. */
final class SimulatePairs {
    private record Pair(String option, String needed) {}

    private static final List<Pair> NEEDED = List.of(
            new Pair("--heartbeat", "--heartbeat-url"),
            new Pair("--burst", "--align"),
            new Pair("--outage-periods", "--outages"),
            new Pair("--skew", "--skewed"),
            new Pair("--slow-for", "--slow"),
            new Pair("--retries", "--retrying"));

    private SimulatePairs() {}

    /** The first mistake, naming both options; empty: there is none. */
    static Optional<String> mistake(Set<String> given, SimulateOptions options) {
        for (Pair pair : NEEDED) {
            if (given.contains(pair.option()) && !given.contains(pair.needed())) {
                return Optional.of(
                        pair.option() + " has no effect without " + pair.needed() + " (expected: both, or neither)");
            }
        }
        if (given.contains("--rate") && !options.realTime()) {
            return Optional.of("--rate has no effect without --mode realtime (expected: both, or neither)");
        }
        return ofTls(given, options);
    }

    private static Optional<String> ofTls(Set<String> given, SimulateOptions options) {
        if (given.contains("--ca") && given.contains("--insecure")) {
            return Optional.of("--ca has no effect with --insecure (expected: one of them)");
        }
        for (String option : List.of("--ca", "--insecure")) {
            if (given.contains(option) && !options.overTls()) {
                return Optional.of(option + " has no effect with --url or --heartbeat-url of http (expected: https)");
            }
        }
        return Optional.empty();
    }
}
