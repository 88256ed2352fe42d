package io.headcount.admin;

import java.util.function.DoubleSupplier;

/**
 * A value that is read when somebody asks for the metrics.
 *
 * @param name the Prometheus name, {@code headcount_ring_depth}
 * @param help one line: what it is, in which unit
 * @param value read by an hc-admin thread; must not block
 */
public record GaugeReading(String name, String help, DoubleSupplier value) {}
