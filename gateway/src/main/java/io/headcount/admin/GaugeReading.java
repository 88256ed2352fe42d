package io.headcount.admin;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * A value that is read when somebody asks for the metrics, or several, told apart by one label.
 *
 * @param name the Prometheus name, {@code headcount_ring_depth}
 * @param help one line: what it is, in which unit
 * @param labelName the label's name, or null for a single value
 * @param values by the label's value, a single one under ""; read by an hc-admin thread; must not block
 */
public record GaugeReading(String name, String help, String labelName, Supplier<Map<String, Double>> values) {
    /** A single value without a label. */
    public GaugeReading(String name, String help, DoubleSupplier value) {
        this(name, help, null, () -> Map.of("", value.getAsDouble()));
    }
}
