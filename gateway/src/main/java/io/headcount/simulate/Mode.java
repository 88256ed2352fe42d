package io.headcount.simulate;

/** When cameras report (PROTOCOL, section 1). */
public enum Mode {
    /** One post per interval, of the window that has just ended: {@code Metrics}. */
    INTERVAL,
    /** Posts within the window, each with the counts so far: {@code RTMetrics}. */
    REALTIME
}
