package io.headcount.http;

import io.headcount.ring.Delivery;
import io.headcount.ring.SettlementLane;
import io.headcount.xml.PostParser;

/**
 * What one post needs on its way: the parser that reads it, the copy of its body in case it is refused, and the delivery that carries
 * it. Lent to a connection from the first header to the answer; an idle connection has none. Event loop; hc-pipeline owns the delivery while it is published.
 *
 * <pre>
 *  POOLED ─begin─▶ READING ──────▶ WAITING (ring full) ──▶ PUBLISHED ─onSettled─▶ POOLED
 *                     └── refused, cut off ──┴────────────────────────────────────▶ POOLED
 * </pre>
 */
final class Exchange implements Delivery.Listener {
    private final Delivery delivery;
    private final BodyCapture capture;
    private final ExchangePool pool;
    private final ParserPool parsers;
    private final PostMemory memory;

    private PostParser parser; // until the post is read
    private PostHandler connection;
    private long takenBytes; // of memory

    // the waiting room's
    long patienceEndsNs;

    Exchange(ExchangePool pool, SettlementLane lane, ParserPool parsers, BodyCapture capture, PostMemory memory) {
        this.pool = pool;
        this.parsers = parsers;
        this.capture = capture;
        this.memory = memory;
        this.delivery = new Delivery(lane);
        delivery.listener(this);
    }

    /** Begins a post for this connection, whose body is copied as it comes in if it is {@code wanted} in case of a refusal. */
    void begin(PostHandler forConnection, boolean wanted) {
        connection = forConnection;
        parser = parsers.take();
        parser.begin(delivery.post());
        if (wanted) {
            capture.begin();
        }
    }

    /** So much of the body has been read; false: all posts together take too much memory, and this one has to go. */
    boolean fits(long bodyBytes) {
        long nowBytes = PostMemory.bytesOf(bodyBytes, delivery.post().rows());
        if (nowBytes <= takenBytes) {
            return true;
        }
        boolean fits = memory.grow(nowBytes - takenBytes);
        takenBytes = fits ? nowBytes : takenBytes;
        return fits;
    }

    private void giveMemoryBack() {
        memory.giveBack(takenBytes);
        takenBytes = 0;
    }

    PostParser parser() {
        return parser;
    }

    /** The post has been read: its parser goes to the next one, while what it has touched is still in the cache. */
    void endReading() {
        capture.end();
        if (parser != null) {
            parser.end();
            parsers.giveBack(parser);
            parser = null;
        }
    }

    BodyCapture capture() {
        return capture;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Whose post it is. */
    PostHandler connection() {
        return connection;
    }

    /** The connection has gone, or was answered, while the post is published: the exchange comes back by {@link #onSettled} and is answered to nobody. */
    void orphan() {
        connection = null;
    }

    /** Gives the exchange back; only while it is not published. */
    void release() {
        connection = null;
        endReading();
        delivery.post().clear();
        giveMemoryBack();
        pool.giveBack(this);
    }

    /** Leaves the exchange to the collector: its parser may be broken, or the ring have it. */
    void abandon() {
        capture.end();
        giveMemoryBack();
    }

    @Override
    public void onSettled(Delivery settled, boolean durable) {
        PostHandler to = connection;
        release();
        if (to != null) {
            to.onSettled(durable);
        }
    }
}
