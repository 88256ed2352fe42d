package io.headcount.simulate;

/**
 * Posts that wait for their answers, the oldest attempt first: all have the same time to take, so only the head needs to be
 * looked at, and no post needs a timer. One event loop.
 */
final class Attempts {
    private FleetPost oldest;
    private FleetPost youngest;

    /** The attempt that began first, or null. */
    FleetPost oldest() {
        return oldest;
    }

    /** An attempt begins. */
    void add(FleetPost post) {
        post.older = youngest;
        if (youngest == null) {
            oldest = post;
        } else {
            youngest.younger = post;
        }
        youngest = post;
    }

    /** It has ended. */
    void remove(FleetPost post) {
        if (post.older == null) {
            oldest = post.younger;
        } else {
            post.older.younger = post.younger;
        }
        if (post.younger == null) {
            youngest = post.older;
        } else {
            post.younger.older = post.older;
        }
        post.older = null;
        post.younger = null;
    }
}
