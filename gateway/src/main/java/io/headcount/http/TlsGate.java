package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;

/**
 * Makes a TLS connection look like a plain one to the handlers behind it: it becomes active when the handshake is done, the
 * peer's close_notify is the end of its input, and closing waits for nobody. What goes wrong in TLS is the peer's
 * doing and ends here. Event loop of its channel. decrypted bytes and events -> the same, as of a plain connection.
 *
 * <pre>
 *            handshake done              closed, broken record, flood
 *  HANDSHAKE ──────────────▶ OPEN ───────────────────────────────────▶ ENDED
 *      └── failed, timed out, peer has gone: counted and logged ───────────▲
 * </pre>
 *
 * <p>Design note: SslHandler's own close waits up to three seconds for a peer that takes no bytes, and logs a line
 * for each. Ours is asked for when a peer's time is over: what it does not take at once it does not get.
 */
final class TlsGate extends ChannelDuplexHandler {
    /**
     * Bytes of records that carry no data, for a handshake and again for the time after it: two records of the largest size
     * with what a read brings on top. A peer that sends more only wants to keep us busy, with empty records or fresh keys.
     */
    private static final long MAX_EMPTY_BYTES = 64 * 1024;
    /** Bytes of records for each byte of data: what one-byte records need in the most wasteful cipher, rounded up. */
    private static final long RECORD_BYTES_PER_BYTE = 128;

    private enum Stage {
        HANDSHAKE,
        OPEN,
        ENDED
    }

    private final TlsRecords records;
    private final SslHandler tls;
    private final IntakeParts parts;

    private Stage stage = Stage.HANDSHAKE;
    private boolean inputEnded;
    private long receivedBefore;
    private long dataBytes;

    TlsGate(TlsRecords records, SslHandler tls, IntakeParts parts) {
        this.records = records;
        this.tls = tls;
        this.parts = parts;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // told once the handshake is done, so that deadlines begin then
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            onHandshake(ctx, handshake);
        } else if (event instanceof SslCloseCompletionEvent closed) {
            onCloseNotify(ctx, closed);
        } else if (event instanceof ChannelInputShutdownEvent) {
            onInputEnded(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void onHandshake(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
        if (stage != Stage.HANDSHAKE) {
            return;
        }
        if (handshake.isSuccess()) {
            stage = Stage.OPEN;
            receivedBefore = records.received();
            parts.telemetry().count(Metric.TLS_HANDSHAKES);
            ctx.fireChannelActive();
        } else {
            fail(ctx, HandshakeFailure.of(handshake.cause()));
        }
    }

    /** SslHandler closes the connection once its alert is on its way. */
    private void fail(ChannelHandlerContext ctx, Metric reason) {
        stage = Stage.ENDED;
        boolean probed = reason == Metric.TLS_FAILED_ENDED && records.received() == 0;
        if (!probed) { // else somebody looked whether the port is open
            parts.log().handshakeFailed(reason, PeerAddress.of(ctx.channel()));
        }
    }

    private void onCloseNotify(ChannelHandlerContext ctx, SslCloseCompletionEvent closed) {
        if (closed.isSuccess()) {
            onInputEnded(ctx);
        }
    }

    private void onInputEnded(ChannelHandlerContext ctx) {
        if (stage == Stage.HANDSHAKE) {
            fail(ctx, Metric.TLS_FAILED_ENDED);
            closeNow(ctx, ctx.newPromise());
        } else if (!inputEnded) { // close_notify and FIN are one end
            inputEnded = true;
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        dataBytes += ((ByteBuf) message).readableBytes();
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long received = records.received() - receivedBefore;
        if (received > MAX_EMPTY_BYTES + RECORD_BYTES_PER_BYTE * dataBytes) {
            onFlood(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    private void onFlood(ChannelHandlerContext ctx) {
        if (stage == Stage.HANDSHAKE) {
            fail(ctx, Metric.TLS_FAILED_OTHER);
        }
        breakOff(ctx);
    }

    private void breakOff(ChannelHandlerContext ctx) {
        if (stage == Stage.OPEN) {
            stage = Stage.ENDED;
            parts.log().tlsBroken(PeerAddress.of(ctx.channel()));
        }
        closeNow(ctx, ctx.newPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            breakOff(ctx);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (stage == Stage.OPEN) {
            stage = Stage.ENDED;
            tls.closeOutbound(); // close_notify
        }
        closeNow(ctx, promise);
    }

    private static void closeNow(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.pipeline().firstContext().close(promise);
    }
}
