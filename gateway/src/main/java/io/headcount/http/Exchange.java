package io.headcount.http;

import io.headcount.config.XmlConfig;
import io.headcount.ring.Delivery;
import io.headcount.ring.SettlementLane;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;

/**
 * What one post needs on its way: the parser that reads it and the delivery that carries it. Lent to a connection from the first
 * header to the answer; an idle connection has none. Event loop; hc-pipeline owns the delivery while it is published.
 *
 * <pre>
 *  POOLED ─begin─▶ READING ──────▶ WAITING (ring full) ──▶ PUBLISHED ─onSettled─▶ POOLED
 *                     └── refused, cut off ──┴────────────────────────────────────▶ POOLED
 * </pre>
 */
final class Exchange implements Delivery.Listener {
    private final Delivery delivery;
    private final PostParser parser;
    private final ExchangePool pool;

    private PostHandler connection;

    // the waiting room's
    long patienceEndsNs;

    Exchange(ExchangePool pool, SettlementLane lane, XmlReaders readers, XmlConfig config, Telemetry telemetry) {
        this.pool = pool;
        this.delivery = new Delivery(lane);
        this.parser = new PostParser(readers, config, telemetry);
        delivery.listener(this);
    }

    /** Begins a post for this connection. */
    void begin(PostHandler forConnection) {
        connection = forConnection;
        parser.begin(delivery.post());
    }

    PostParser parser() {
        return parser;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Whose post it is. */
    PostHandler connection() {
        return connection;
    }

    /** The connection has gone while the post is published: it comes back by {@link #onSettled} and is answered to nobody. */
    void orphan() {
        connection = null;
    }

    /** Gives the exchange back; only while it is not published. */
    void release() {
        connection = null;
        parser.end();
        delivery.post().clear();
        pool.giveBack(this);
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
