package io.headcount.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the process when memory has run out: at once, as by kill -9, because a stop in order needs memory. What was acknowledged is
 * journaled by then. Any thread that meets the error comes here; what it needs is loaded and made before, and nothing is allocated.
 */
final class MemoryEnd {
    private static final byte[] LINE =
            ("headcount: memory has run out: nothing is acknowledged any more, the process ends at once with exit code 1;"
                            + " what was acknowledged is journaled. Give it more (-Xmx), or lower the bounds in gateway.conf\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int DEEPEST_CAUSE = 32;

    private final FileOutputStream errors;
    private final Runnable halt;
    private final AtomicBoolean met = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(1);

    /**
     * An end that has not come.
     *
     * @param errors where it is told
     * @param halt ends the process with exit code 1; may not return
     */
    MemoryEnd(FileOutputStream errors, Runnable halt) {
        this.errors = errors;
        this.halt = halt;
    }

    /** The end of this process. */
    static MemoryEnd ofProcess() {
        MemoryEnd end = new MemoryEnd(new FileOutputStream(FileDescriptor.err), MemoryEnd::haltProcess);
        end.warmUp();
        return end;
    }

    private static void haltProcess() {
        Runtime.getRuntime().halt(HeadcountCommand.FAILED);
    }

    /** Loads what the end needs. */
    private void warmUp() {
        try {
            Class.forName("java.lang.Shutdown", true, null);
            errors.write(LINE, 0, 0);
        } catch (ClassNotFoundException | IOException other) {
            // loaded when it is needed, if there is memory for it
        }
        causedBy(new IllegalStateException(new OutOfMemoryError()));
    }

    /** Whether an exception is, or was caused by, memory that has run out. */
    static boolean causedBy(Throwable failure) {
        Throwable cause = failure;
        for (int deep = 0; cause != null && deep < DEEPEST_CAUSE; deep++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Ends the process if memory has run out; else does nothing. The first caller does not return, others may. */
    void meet(Throwable failure) {
        if (!causedBy(failure) || !met.compareAndSet(false, true)) {
            return;
        }
        try {
            begun.countDown(); // first: nobody may take the line, and then StopLimit ends the process
            errors.write(LINE);
        } catch (IOException nobodyHears) {
            // there is nothing left to say it with
        } finally {
            halt.run();
        }
    }

    /** Waits for the end to come; true when it has begun. */
    boolean await(long timeoutMs) throws InterruptedException {
        return begun.await(timeoutMs, TimeUnit.MILLISECONDS);
    }
}
