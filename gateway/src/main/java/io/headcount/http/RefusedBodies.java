package io.headcount.http;

import io.headcount.model.RefusedBody;
import java.util.function.Consumer;

/** Whoever keeps the bodies of refused posts. Called on every event loop: must not block. */
@FunctionalInterface
public interface RefusedBodies {
    /** A request header by which a post asks not to be kept when it is refused again; its value does not matter. */
    String REPLAY_HEADER = "Headcount-Replay";

    /**
     * Keeps a body, maybe later.
     *
     * @param body whose bytes are not touched again by the caller
     * @param outcome to be told once, on any thread, whether the body is kept
     * @return false: it is not, and {@code outcome} will not be told
     */
    boolean offer(RefusedBody body, Consumer<Boolean> outcome);
}
