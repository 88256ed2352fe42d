package io.headcount.model;

/** Which way of reporting a row came by. {@link #code()} is written to the journal: never renumber one. */
public enum RowSource {
    /** {@code Metrics}: every camera interval, also when nobody passed. */
    INTERVAL(0, "interval"),
    /** {@code RTMetrics}, {@code RealTimeMetrics}, {@code Metrics} with Interval 0, and rows found in a {@code Diags}. */
    REALTIME(1, "realtime");

    private final int code;
    private final String label;

    RowSource(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The source's number in the journal. */
    public int code() {
        return code;
    }

    /** The source's name in JSON lines. */
    public String label() {
        return label;
    }

    /** The source with this {@link #code()}. */
    public static RowSource ofCode(int code) {
        return code == 0 ? INTERVAL : REALTIME;
    }
}
