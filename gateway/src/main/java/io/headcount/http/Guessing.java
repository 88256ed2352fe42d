package io.headcount.http;

import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts requests without a valid token per address, in a table of fixed size: addresses that fall on the same entry share a
 * budget. That harms nobody, since a valid token is never asked for its address. An entry is chosen by a seeded hash, so that
 * nobody can choose whom to share with. Any thread. address -> too many or not.
 */
final class Guessing {
    static final int PER_MINUTE = 20;
    static final int BURST = 20;
    private static final int ENTRY_BITS = 14;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd

    private final RateLimit limit = RateLimit.of(PER_MINUTE, TimeUnit.MINUTES, BURST);
    private final AtomicLongArray spentUpToNs = new AtomicLongArray(1 << ENTRY_BITS);
    private final long seed = new SplittableRandom().nextLong();
    private final Ticker ticker;
    private final long startNs;

    Guessing(Ticker ticker) {
        this.ticker = ticker;
        this.startNs = ticker.nanoTime();
    }

    /** Counts a request without a valid token; true when there were too many from its address. */
    boolean tooMany(InetAddress peer) {
        int entry = entry(peer);
        long now = ticker.nanoTime() - startNs;
        long before;
        do {
            before = spentUpToNs.get(entry);
            if (limit.exceeded(before, now)) {
                return true;
            }
        } while (!spentUpToNs.compareAndSet(entry, before, limit.spent(before, now)));
        return false;
    }

    private int entry(InetAddress peer) {
        long bits = seed ^ (peer == null ? 0 : bits(PeerAddress.network(peer)));
        bits = (bits ^ (bits >>> 32)) * MULTIPLIER;
        bits = (bits ^ (bits >>> 29)) * MULTIPLIER;
        return (int) (bits >>> (Long.SIZE - ENTRY_BITS));
    }

    private static long bits(InetAddress network) {
        long bits = 0;
        for (byte b : network.getAddress()) { // of an IPv6 network the second half is zero
            bits = Long.rotateLeft(bits, Byte.SIZE) ^ (b & 0xff);
        }
        return bits;
    }
}
