package io.headcount.simulate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Makes whole requests. One event loop. FleetPost -> bytes. */
final class RequestWriter {
    /** Of a head but for the URL. */
    private static final int HEAD_BYTES = 1024;

    private static final int DOCUMENT_AT = HEAD_BYTES + 2 * Endpoint.MOST_URL_CHARS;
    private static final int MOST_LENGTH_DIGITS = 6;
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final PostTemplate template;
    private final TextBuffer text = new TextBuffer(DOCUMENT_AT + PostTemplate.MOST_BYTES);

    RequestWriter(PostTemplate template) {
        this.template = template;
    }

    /** A request, in a buffer for the caller to release. */
    ByteBuf write(FleetPost post, RequestHead head, ByteBufAllocator alloc) {
        text.moveTo(DOCUMENT_AT);
        template.write(post, text);
        int end = text.end();
        int start = writeHead(head, end - DOCUMENT_AT);
        return alloc.directBuffer(end - start).writeBytes(text.bytes(), start, end - start);
    }

    /** In front of the document, whose length is known only now. */
    private int writeHead(RequestHead head, int length) {
        int digits = digits(length);
        int start = DOCUMENT_AT - HEAD_END.length - digits - head.length();
        text.moveTo(start);
        head.writeTo(text);
        text.digits(length, digits);
        text.text(HEAD_END);
        return start;
    }

    private static int digits(int length) {
        int digits = 1;
        for (int rest = length; rest >= 10 && digits < MOST_LENGTH_DIGITS; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
