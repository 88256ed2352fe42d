package io.headcount.http;

import io.headcount.config.QuarantineConfig;
import io.headcount.model.Refusal;
import io.headcount.model.RefusedBody;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What becomes of the bodies of refused posts on one event loop: copied while they come in, offered to whoever keeps them. Only
 * refusals of the parser come here, those that are about the document. Event loop. BodyCapture -> RefusedBody.
 */
final class BodyKeeper {
    static final AsciiString REPLAY_HEADER = AsciiString.cached(RefusedBodies.REPLAY_HEADER);

    private final Executor eventLoop;
    private final QuarantineConfig config;
    private final RefusedBodies bodies;
    private final CaptureBudget budget;
    private final Telemetry telemetry;
    private final LongSupplier epochMs;

    /**
     * A keeper for one event loop.
     *
     * @param eventLoop where outcomes are told
     * @param config what is kept
     * @param bodies who keeps it
     * @param maxBytes of bodies that come in at a time
     */
    BodyKeeper(
            Executor eventLoop,
            QuarantineConfig config,
            RefusedBodies bodies,
            long maxBytes,
            Telemetry telemetry,
            LongSupplier epochMs) {
        this.eventLoop = eventLoop;
        this.config = config;
        this.bodies = bodies;
        this.budget = new CaptureBudget(maxBytes);
        this.telemetry = telemetry;
        this.epochMs = epochMs;
    }

    /** The share of one event loop in the memory for bodies that come in: at least room for one. */
    static long shareOf(QuarantineConfig config, int eventLoops) {
        return Math.max(config.maxMemoryBytes() / 2 / eventLoops, config.maxBodyBytes() + CaptureBudget.SEGMENT_BYTES);
    }

    CaptureBudget budget() {
        return budget;
    }

    BodyCapture newCapture() {
        return new BodyCapture(budget, config.maxBodyBytes());
    }

    /** Whether the body of this request is to be kept when it is refused. */
    boolean wants(RequestHead head) {
        return config.dir().isPresent() && !head.replayed();
    }

    /** Whether a refused post is answered 200 once its body is kept. */
    boolean answersOnceKept() {
        return config.reply() == QuarantineConfig.Reply.ACCEPT;
    }

    /**
     * Offers a body.
     *
     * @param receivedBytes of the body so far
     * @param ended whether that is all of it
     * @param outcome told on the event loop whether it is kept, where the answer hangs on it
     * @return false: it is not kept, and {@code outcome} is not told
     */
    boolean offer(
            BodyCapture capture,
            Refusal why,
            String peer,
            long receivedBytes,
            boolean ended,
            Consumer<Boolean> outcome) {
        if (!capture.isOpen()) {
            return false;
        }
        byte[] bytes = capture.toArray();
        if (bytes.length == 0 && receivedBytes > 0) {
            telemetry.count(Metric.QUARANTINE_DROPPED_MEMORY);
            return false;
        }
        boolean whole = ended && !capture.isCut();
        return bodies.offer(
                new RefusedBody(why, peer, epochMs.getAsLong(), receivedBytes, whole, ByteBuffer.wrap(bytes)),
                kept -> tell(outcome, kept));
    }

    private void tell(Consumer<Boolean> outcome, boolean kept) {
        if (!answersOnceKept()) {
            return;
        }
        try {
            eventLoop.execute(() -> outcome.accept(kept));
        } catch (RejectedExecutionException loopHasEnded) {
            // its connections are gone, nobody is left to be told
        }
    }
}
