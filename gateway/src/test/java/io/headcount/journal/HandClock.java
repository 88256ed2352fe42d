package io.headcount.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and an elapsed-time counter that stand still until moved by hand. */
public final class HandClock extends Clock {
    private long nowMs;
    private long elapsedNs;

    /** A clock at this time, {@code 2022-11-07T07:42:00Z}. */
    public HandClock(String instant) {
        nowMs = Instant.parse(instant).toEpochMilli();
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        nowMs += time.toMillis();
        elapsedNs += time.toNanos();
    }

    /** Sets the clock by this much, as an operator does: no time passes. */
    public void step(Duration by) {
        nowMs += by.toMillis();
    }

    long nanos() {
        return elapsedNs;
    }

    @Override
    public long millis() {
        return nowMs;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMs);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
