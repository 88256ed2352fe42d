package io.headcount.http;

import io.headcount.model.RefusalReason;

/** Whether the gateway takes posts at present. Asked on every event loop at the end of a request's headers: no more than a few volatile reads. */
@FunctionalInterface
public interface Admission {
    /** Null while open; otherwise why not: DRAINING, STALLED, LOW_DISK or JOURNAL_FAILED. */
    RefusalReason closedFor();

    /** An exception that nobody expected was met on an event loop: its connection ends, and where memory has run out so must the gateway. Any thread. */
    default void faulted(Throwable cause) {}

    /**
     * An event loop's thread has ended: nothing that goes on can be relied on, and the gateway has to stop. Any thread; may be told
     * more than once.
     */
    default void broken(Throwable cause) {}
}
