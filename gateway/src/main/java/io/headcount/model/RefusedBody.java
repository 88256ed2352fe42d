package io.headcount.model;

import java.nio.ByteBuffer;

/**
 * The body of a refused post, as it came: its secrets are in it. Whoever is given one owns its bytes.
 *
 * @param refusal why the post was refused
 * @param peer whose it was, an address
 * @param receivedAtMs when it was refused, epoch milliseconds
 * @param receivedBytes of the body that had come by then
 * @param whole whether {@code bytes} is all of the body; else it is its beginning
 * @param bytes of the body, on the heap
 */
public record RefusedBody(
        Refusal refusal, String peer, long receivedAtMs, long receivedBytes, boolean whole, ByteBuffer bytes) {}
