package io.headcount.ring;

/** The ring as the intake sees it. Any event loop, never blocks. */
public interface PostPublisher {
    /**
     * Hands a delivery to the pipeline.
     *
     * @return false when the ring is full: the delivery stays the caller's, who tries again later
     */
    boolean tryPublish(Delivery delivery);
}
