package io.headcount.http;

import io.headcount.model.RefusalReason;

/** Whether the gateway takes posts at present. Asked on every event loop at the end of a request's headers: no more than a volatile read. */
@FunctionalInterface
public interface Admission {
    /** Null while open; otherwise why not: DRAINING, LOW_DISK or JOURNAL_FAILED. */
    RefusalReason closedFor();
}
