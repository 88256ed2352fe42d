package io.headcount.tail;

/** Retention deleted records before a named tailer had read them. Its position stays where it is. */
public final class MissedRecordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long firstMissed;
    private final long lastMissed;

    MissedRecordsException(String name, long firstMissed, long lastMissed) {
        super("tailer " + name + ": records " + firstMissed + " to " + lastMissed
                + " were deleted before it read them; to go on at record " + (lastMissed + 1)
                + ": --skip-missed, elsewhere: --from start, end or a number");
        this.firstMissed = firstMissed;
        this.lastMissed = lastMissed;
    }

    /** Sequence number of the first record missed: the tailer's position. */
    public long firstMissed() {
        return firstMissed;
    }

    /** Sequence number of the last record missed; the next one is the oldest kept. */
    public long lastMissed() {
        return lastMissed;
    }
}
