package io.headcount.ring;

import io.headcount.model.Post;

/**
 * A stage of the pipeline behind the ring. Called on hc-pipeline only, for every post in ring order; stages see a post in
 * the order in which they were given to the ring. An exception is a bug or a broken machine and stops the pipeline.
 */
public interface PostStage {
    /** Takes one post. */
    void onPost(Post post);

    /** The batch ends: what must be durable before its posts are answered is made so here. */
    default void onBatchEnd() {}
}
