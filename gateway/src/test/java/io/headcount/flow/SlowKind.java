package io.headcount.flow;

import java.util.List;

/**
 * A way to hold a connection without being of use. Another one is another entry of {@link #all}: a half-done TLS handshake, say,
 * on a port of its own.
 *
 * @param name in the report
 * @param port of the gateway
 * @param opening sent at once; every character is a byte
 * @param drip sent again and again
 * @param dripMs between two of them
 * @param ends its direction behind the opening
 * @param reads what is answered, and so sees the end of the connection
 * @param goneWithinMs when it must be gone at the latest, counted from its opening
 */
record SlowKind(
        String name,
        int port,
        String opening,
        String drip,
        long dripMs,
        boolean ends,
        boolean reads,
        long goneWithinMs) {
    private static final String HEAD = "POST /data HTTP/1.1\r\nHost: gateway\r\n";
    private static final int BODY_BYTES = 1_000;
    /** Answers that the buffers of both sides hold, rounded up. */
    private static final long ANSWERS_ON_THE_WAY = 1_000;

    private static final String NOTHING = "";

    /**
     * Every kind.
     *
     * @param port of the gateway
     * @param headerMs {@code http.header-timeout}
     * @param bodyMs {@code http.body-timeout}
     * @param replyMs {@code http.reply-timeout}
     * @param dripMs between two bytes of those who send some
     */
    static List<SlowKind> all(int port, long headerMs, long bodyMs, long replyMs, long dripMs) {
        String sized = HEAD + "Content-Length: " + BODY_BYTES + "\r\n\r\n<Metrics>";
        String almost = sized + " ".repeat(BODY_BYTES - "<Metrics>".length() - BODY_BYTES / 100);
        String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\n<Metrics>\r\n";
        // refused with few bytes in and many out, so that the answers fill what is between us and the gateway in bodyMs
        long requests = (ANSWERS_ON_THE_WAY * dripMs + bodyMs - 1) / bodyMs;
        String unread = (HEAD + "Content-Length: 0\r\n\r\n").repeat((int) requests);
        return List.of(
                new SlowKind("silent", port, NOTHING, NOTHING, dripMs, false, true, headerMs),
                new SlowKind("slow header", port, HEAD, "x", dripMs, false, true, headerMs),
                new SlowKind("slow body", port, sized, " ", dripMs, false, true, headerMs + bodyMs),
                new SlowKind("body at 99 %", port, almost, NOTHING, dripMs, false, true, headerMs + bodyMs),
                new SlowKind("chunk drip", port, chunked, "1\r\n \r\n", dripMs, false, true, headerMs + bodyMs),
                new SlowKind("half-closed", port, HEAD, NOTHING, dripMs, true, true, headerMs),
                new SlowKind("slow reader", port, unread, unread, dripMs, false, false, bodyMs + replyMs));
    }
}
