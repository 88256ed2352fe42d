package io.headcount.journal;

import io.headcount.model.Post;

/** Takes the posts of a replay, in order: without names and properties, by which the ledger does not go. */
@FunctionalInterface
public interface PostVisitor {
    /** Takes one post, which is used again for the next. */
    void onPost(Post post);
}
