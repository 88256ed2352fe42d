package io.headcount.http;

import io.headcount.config.XmlConfig;
import io.headcount.ring.Delivery;
import io.headcount.ring.SettlementLane;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;

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
    private final PostParser parser;
    private final BodyCapture capture;
    private final ExchangePool pool;

    private PostHandler connection;

    // the waiting room's
    long patienceEndsNs;

    Exchange(
            ExchangePool pool,
            SettlementLane lane,
            XmlReaders readers,
            XmlConfig config,
            BodyCapture capture,
            Telemetry telemetry) {
        this.pool = pool;
        this.capture = capture;
        this.delivery = new Delivery(lane);
        this.parser = new PostParser(readers, config, telemetry);
        delivery.listener(this);
    }

    /** Begins a post for this connection, whose body is copied as it comes in if it is {@code wanted} in case of a refusal. */
    void begin(PostHandler forConnection, boolean wanted) {
        connection = forConnection;
        parser.begin(delivery.post());
        if (wanted) {
            capture.begin();
        }
    }

    PostParser parser() {
        return parser;
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
        capture.end();
        parser.end();
        delivery.post().clear();
        pool.giveBack(this);
    }

    /** Leaves the exchange to the collector: its parser may be broken. */
    void abandon() {
        capture.end();
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
