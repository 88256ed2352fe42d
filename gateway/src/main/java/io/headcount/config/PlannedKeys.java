package io.headcount.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keys whose names are settled and whose features are not built yet. One that would protect something is refused, so that
 * nobody believes himself protected; one that only tunes is accepted with a warning.
 */
final class PlannedKeys {
    private static final Map<String, String> REFUSED = new TreeMap<>(Map.of(
            "presence.registry", "every device is accepted",
            "admin.token", "the admin port asks for no token; bind it to 127.0.0.1"));

    private static final Map<String, String> WARNED = new TreeMap<>(Map.of(
            "presence.offline-floor", "cameras going offline are not reported",
            "presence.offline-factor", "cameras going offline are not reported",
            "presence.unknown-period", "cameras going offline are not reported",
            "presence.overrides", "cameras going offline are not reported"));

    private PlannedKeys() {}

    /** What holds instead, when {@code key} must be refused. */
    static Optional<String> refused(String key) {
        return find(REFUSED, key);
    }

    /** What holds instead, when {@code key} has no effect. */
    static Optional<String> warned(String key) {
        return find(WARNED, key);
    }

    private static Optional<String> find(Map<String, String> keys, String key) {
        for (Map.Entry<String, String> planned : keys.entrySet()) {
            if (key.equals(planned.getKey()) || key.startsWith(planned.getKey() + ".")) {
                return Optional.of(planned.getValue());
            }
        }
        return Optional.empty();
    }
}
