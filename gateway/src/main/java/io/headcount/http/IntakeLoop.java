package io.headcount.http;

import io.headcount.ring.SettlementLane;
import io.headcount.xml.XmlReaders;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the connections of one event loop share: the way back from the ring, the waiting room, exchanges, bodies of refused posts,
 * scratch memory. Only its event loop touches it.
 */
final class IntakeLoop {
    /** An everyday post in one piece; the parser cuts it for aalto. */
    private static final int SCRATCH_BYTES = 4096;

    private static final int MAX_POOLED_EXCHANGES = 1024;
    private static final int MAX_POOLED_PARSERS = 64;
    private static final int MAX_RETRY_AFTER_SEC = 10;

    private final IntakeParts parts;
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final SplittableRandom random = new SplittableRandom();
    private final Set<PostHandler> connections = new HashSet<>();
    private final WaitingRoom waitingRoom;
    private final SettlementLane lane;
    private final BodyKeeper keeper;
    private final KnownHeads knownHeads = new KnownHeads();
    private final ParserPool parsers;
    private final PostMemory memory;
    private final ExchangePool exchanges;
    private boolean draining;

    IntakeLoop(EventExecutor eventLoop, IntakeParts parts, BodyKeeper keeper, PostMemory memory) {
        this.parts = parts;
        this.keeper = keeper;
        this.memory = memory;
        TaskGuard guard = new TaskGuard(parts.log());
        this.waitingRoom = new WaitingRoom(eventLoop, parts.publisher(), parts.ring(), parts.telemetry(), guard);
        this.lane = new SettlementLane(eventLoop, guard.of(waitingRoom::retry));
        this.parsers = new ParserPool(MAX_POOLED_PARSERS, new XmlReaders(), parts.xml(), parts.telemetry());
        this.exchanges = new ExchangePool(MAX_POOLED_EXCHANGES, this::newExchange);
    }

    private Exchange newExchange(ExchangePool home) {
        return new Exchange(home, lane, parsers, keeper.newCapture(), memory);
    }

    IntakeParts parts() {
        return parts;
    }

    /** Where body bytes pass through on their way to a parser; nobody keeps anything in it. */
    byte[] scratch() {
        return scratch;
    }

    KnownHeads knownHeads() {
        return knownHeads;
    }

    WaitingRoom waitingRoom() {
        return waitingRoom;
    }

    BodyKeeper keeper() {
        return keeper;
    }

    ExchangePool exchanges() {
        return exchanges;
    }

    /** Seconds for a Retry-After, spread so that those who were refused together don't come back together. */
    int retryAfterSec() {
        return random.nextInt(1, MAX_RETRY_AFTER_SEC + 1);
    }

    void join(PostHandler connection) {
        connections.add(connection);
        if (draining) {
            connection.drain();
        }
    }

    void part(PostHandler connection) {
        connections.remove(connection);
    }

    /** From now on every answer ends its connection; idle ones end in a moment. */
    void drain() {
        draining = true;
        List.copyOf(connections).forEach(PostHandler::drain);
    }

    boolean draining() {
        return draining;
    }

    /** Connections with a request or an answer under way. */
    int busy() {
        int busy = 0;
        for (PostHandler connection : connections) {
            busy += connection.busy() ? 1 : 0;
        }
        return busy;
    }
}
