package io.headcount.http;

/**
 * Wraps what runs on an event loop outside of any connection's pipeline, so that an exception there is counted and logged like
 * every other and not just swallowed by the event loop. Any thread.
 */
final class TaskGuard {
    private final RefusalLog log;

    TaskGuard(RefusalLog log) {
        this.log = log;
    }

    Runnable of(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error bug) {
                log.faulted(bug, null);
            }
        };
    }
}
