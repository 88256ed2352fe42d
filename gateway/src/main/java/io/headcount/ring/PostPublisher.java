package io.headcount.ring;

import java.util.List;

/** The ring as the intake sees it. Any event loop, never blocks. */
public interface PostPublisher {
    /**
     * Hands a delivery to the pipeline.
     *
     * @return false when the ring is full: the delivery stays the caller's, who tries again later
     */
    boolean tryPublish(Delivery delivery);

    /**
     * Hands over several, in this order, and wakes the pipeline once.
     *
     * @return false when the ring has no room for all of them: all stay the caller's, who may try one after the other
     */
    default boolean tryPublish(List<Delivery> deliveries) {
        return deliveries.size() == 1 && tryPublish(deliveries.get(0));
    }
}
