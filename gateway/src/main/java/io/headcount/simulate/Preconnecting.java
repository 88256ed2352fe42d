package io.headcount.simulate;

import java.util.concurrent.CountDownLatch;

/** Opens an event loop's connections ahead of the first post, not all at once. That event loop. */
final class Preconnecting {
    private static final int AT_ONCE = 128;

    private final Link[] links;
    private final CountDownLatch tried;
    private int begun;
    private int done;

    Preconnecting(Link[] links, CountDownLatch tried) {
        this.links = links;
        this.tried = tried;
    }

    /** Goes on. A connection that can't be had is asked for again by the post that needs it. */
    void more() {
        while (begun < links.length && begun - done < AT_ONCE) {
            Link next = links[begun];
            begun++;
            next.open(this::opened);
        }
    }

    private void opened() {
        done++;
        if (done == links.length) {
            tried.countDown();
        } else {
            more();
        }
    }
}
