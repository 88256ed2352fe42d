package io.headcount.http;

import io.headcount.model.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whole answers as bytes. Those to accepted posts are made once and shared by all event loops; refusals are rare and made on
 * demand from our own constants, never from what the peer sent. Any event loop. outcome -> bytes.
 */
final class Answers {
    /** What becomes of the connection after an answer, and what has to be said of it. */
    enum Connection {
        /** Kept, as HTTP/1.1 does by itself. */
        KEPT(""),
        /** Kept for an HTTP/1.0 peer, which needs to be told. */
        KEPT_ALIVE("Connection: keep-alive\r\n"),
        /** Closed after the answer. */
        CLOSED("Connection: close\r\n");

        private final String header;

        Connection(String header) {
            this.header = header;
        }
    }

    private static final String JSON = "application/json";
    private static final String PLAIN = "text/plain";
    private static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");
    private static final int METHOD_NOT_ALLOWED = 405;

    private final Map<Connection, ByteBuf> accepted = new EnumMap<>(Connection.class);

    /** The answers with this text as body of the 200. */
    Answers(String replyBody) {
        for (Connection connection : Connection.values()) {
            accepted.put(connection, constant(head(200, JSON, "", connection, replyBody) + replyBody));
        }
    }

    private static ByteBuf constant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct).asReadOnly());
    }

    private static String head(int status, String type, String extra, Connection connection, String body) {
        return "HTTP/1.1 " + HttpResponseStatus.valueOf(status)
                + "\r\nContent-Type: " + type + "\r\nContent-Length: " + ByteBufUtil.utf8Bytes(body) + "\r\n"
                + extra + connection.header + "\r\n";
    }

    /** The word an Expect: 100-continue waits for. */
    ByteBuf goOn() {
        return CONTINUE.duplicate();
    }

    /** The answer to a post that is durable. */
    ByteBuf accepted(Connection connection) {
        return accepted.get(connection).duplicate();
    }

    /** The answer to who asks for the time. */
    ByteBuf time(ByteBufAllocator alloc, String time, Connection connection) {
        return ByteBufUtil.writeUtf8(alloc, head(200, PLAIN, "", connection, time) + time);
    }

    /**
     * The answer to a request that was refused.
     *
     * @param headOnly leave the body out: the request was a HEAD
     * @param retryAfterSec for reasons that pass
     */
    ByteBuf refused(
            ByteBufAllocator alloc, Refusal refusal, Connection connection, boolean headOnly, int retryAfterSec) {
        int status = refusal.reason().status();
        String body = "{\"code\":" + status + ",\"msg\":\"" + refusal.message() + "\"}";
        String extra = status == METHOD_NOT_ALLOWED ? "Allow: POST\r\n" : "";
        if (refusal.reason().passing()) {
            extra += "Retry-After: " + retryAfterSec + "\r\n";
        }
        return ByteBufUtil.writeUtf8(alloc, head(status, JSON, extra, connection, body) + (headOnly ? "" : body));
    }
}
