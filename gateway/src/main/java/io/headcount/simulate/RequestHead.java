package io.headcount.simulate;

import java.nio.charset.StandardCharsets;

/** What requests to one URL begin with, up to the value of Content-Length. Immutable. */
final class RequestHead {
    private final byte[] bytes;

    RequestHead(Endpoint endpoint, boolean kept) {
        String text = "POST " + endpoint.path() + " HTTP/1.1\r\nHost: " + endpoint.host() + ":" + endpoint.port()
                + "\r\nContent-Type: application/xml\r\n" + (kept ? "" : "Connection: close\r\n") + "Content-Length: ";
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    int length() {
        return bytes.length;
    }

    void writeTo(TextBuffer out) {
        out.text(bytes);
    }
}
