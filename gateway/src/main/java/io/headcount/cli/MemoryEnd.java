package io.headcount.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when memory has run out: at once, as by kill -9, because a stop in order needs memory. What was acknowledged is
 * journaled by then. Any thread that meets the error comes here; what it needs is loaded and made before, and nothing is allocated.
 */
final class MemoryEnd {
    private static final byte[] LINE =
            ("headcount: memory has run out: nothing is acknowledged any more, the process ends at once with exit code 1;"
                            + " what was acknowledged is journaled. Give it more (-Xmx, -XX:MaxDirectMemorySize where it is set), or"
                            + " lower the bounds in gateway.conf\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int DEEPEST_CAUSE = 32;
    private static final int RESERVE_PIECES = 32;
    private static final int PIECE_BYTES = 64 * 1024;

    private final FileOutputStream errors;
    private final Runnable halt;
    private final AtomicBoolean met = new AtomicBoolean();

    // given back at the end: the virtual machine halts between two collections, and would have to wait for its turn
    // among threads that
    // all want one
    private final AtomicReference<byte[][]> reserve = new AtomicReference<>(new byte[RESERVE_PIECES][PIECE_BYTES]);
    private volatile boolean begun;
    private volatile Thread waiting;

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
            reserve.set(null);
            begun = true;
            LockSupport.unpark(waiting); // first: nobody may take the line, and then StopLimit ends the process
            errors.write(LINE);
        } catch (IOException nobodyHears) {
            // there is nothing left to say it with
        } finally {
            halt.run();
        }
    }

    /** Waits for the end to come, without allocating anything; true when it has begun. For one thread. */
    boolean await(long timeoutMs) throws InterruptedException {
        waiting = Thread.currentThread();
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!begun && untilNs - System.nanoTime() > 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(this, untilNs - System.nanoTime());
        }
        return begun;
    }
}
