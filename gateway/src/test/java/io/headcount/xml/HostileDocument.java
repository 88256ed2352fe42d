package io.headcount.xml;

import java.nio.charset.StandardCharsets;

/**
 * A document that is made to cost its parser dearly, and what it may cost.
 *
 * @param name what it attacks with
 * @param text the document, ASCII
 * @param verdict status, K or X for a connection that is kept or closed, and the refusal's label; {@code 200 K} if accepted
 * @param lookedAt the most of its bytes that are looked at before it is refused
 */
public record HostileDocument(String name, String text, String verdict, int lookedAt) {
    /** The document as it comes from the wire. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Its length. */
    public int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return name;
    }
}
