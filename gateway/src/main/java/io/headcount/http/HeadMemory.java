package io.headcount.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;

/**
 * What a connection remembers of the head that it sent last, so that the next one of the same bytes need not be decoded: that head is taken
 * from here, and the body behind it. Event loop of its channel. bytes -> HttpObject.
 */
final class HeadMemory {
    private final KnownHeads shared;
    private final int maxBodyBytes;

    private KnownHead known; // null: none yet
    private boolean inOnePiece; // the head that is being decoded
    private int from; // where it begins, while it is in one piece
    private int bodyLeft;

    HeadMemory(KnownHeads shared, int maxBodyBytes) {
        this.shared = shared;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Bytes have come: those of before may stand elsewhere now. */
    void onRead() {
        inOnePiece = false;
    }

    /** A head begins here. */
    void onHeadBegins(ByteBuf in) {
        inOnePiece = true;
        from = in.readerIndex();
    }

    /** Takes a known head, all of whose bytes are there; false: what comes must be decoded. */
    boolean takeHead(ByteBuf in, List<Object> out) {
        KnownHead match = known != null && known.match(in) != KnownHead.OTHER ? known : shared.find(in);
        int length = match == null ? 0 : match.match(in);
        if (!serves(length)) {
            return false;
        }
        known = match;
        bodyLeft = length;
        in.skipBytes(match.length());
        out.add(match.head().request());
        return true;
    }

    /** Takes what is there of the body behind a known head. */
    void takeBody(ByteBuf in, List<Object> out) {
        ByteBuf bytes = in.readRetainedSlice(Math.min(bodyLeft, in.readableBytes()));
        bodyLeft -= bytes.readableBytes();
        out.add(
                bodyLeft > 0
                        ? new DefaultHttpContent(bytes)
                        : new DefaultLastHttpContent(bytes, EmptyHttpHeaders.INSTANCE));
    }

    /** Bytes of the body that have not come yet. */
    int bodyLeft() {
        return bodyLeft;
    }

    /** A length that is not refused: then what the gate said of the head holds for another length, too. */
    private boolean serves(int bodyLength) {
        return bodyLength > 0 && bodyLength <= maxBodyBytes;
    }

    /** A head was decoded, up to here, of a request with a body; it is remembered when its length is all that is said of that. */
    void remember(ByteBuf in, HttpRequest request) {
        boolean plain = !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !request.headers().contains(HttpHeaderNames.EXPECT);
        KnownHead head =
                inOnePiece && plain ? KnownHead.of(in, from, in.readerIndex() - from, new RequestHead(request)) : null;
        if (head != null && serves(head.bodyLength())) {
            known = head;
            shared.add(head);
        }
    }

    /** What the head of a request says that was handed out just now. */
    RequestHead headOf(HttpRequest request) {
        boolean remembered = known != null && known.head().request() == request;
        return remembered ? known.head() : new RequestHead(request);
    }
}
