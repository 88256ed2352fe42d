package io.headcount.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The roll files behind the one that is read. The directory is listed anew only when none of them is known: it may hold tens of thousands,
 * and new files come behind all others. One thread.
 */
final class FollowingFiles {
    private final Supplier<List<RollFile>> listing;
    private final Deque<RollFile> known = new ArrayDeque<>();

    /** Takes its files, oldest first, from this listing of the directory. */
    FollowingFiles(Supplier<List<RollFile>> listing) {
        this.listing = listing;
    }

    /** All roll files as they are now, oldest first. */
    List<RollFile> list() {
        List<RollFile> files = listing.get();
        known.clear();
        known.addAll(files);
        return files;
    }

    /** The first file that begins after this time (epoch ms), as far as known; it may be gone by now. Null: none is known, there may be one. */
    RollFile knownAfter(long startMs) {
        while (!known.isEmpty() && known.getFirst().startMs() <= startMs) {
            known.removeFirst();
        }
        return known.peekFirst();
    }

    /** The first file that begins after this time, or null when there is none now; a known one may be gone by now. */
    RollFile after(long startMs) {
        RollFile next = knownAfter(startMs);
        if (next == null) {
            list();
            next = knownAfter(startMs);
        }
        return next;
    }
}
