package io.headcount.quarantine;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many a second, no more. Any thread. */
final class PerSecond {
    private final int most;
    private final LongSupplier nanoTime;

    private long second; // guarded by this, like taken
    private int taken;

    PerSecond(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.second = second();
    }

    /** Whether this second has room for one more; it is taken then. */
    synchronized boolean take() {
        long now = second();
        if (now != second) {
            second = now;
            taken = 0;
        }
        if (taken == most) {
            return false;
        }
        taken++;
        return true;
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }
}
