package io.headcount.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The tokens of one file and what each allows. Holds digests only: no token can be read out of it. Immutable, any thread.
 * token -> Grant.
 */
public final class Tokens {
    private final Map<TokenDigest, Grant> grants;

    Tokens(Map<TokenDigest, Grant> grants) {
        this.grants = Map.copyOf(grants);
    }

    /** What the token allows, null when there is no such token; the same work for whatever is asked. */
    Grant find(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
        return grants.get(TokenDigest.of(bytes, 0, bytes.length));
    }

    /** How many tokens there are. */
    public int size() {
        return grants.size();
    }
}
