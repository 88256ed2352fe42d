package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;

/**
 * Sends answers and notices when the peer does not take them: as soon as one stays behind in our memory, nothing more is
 * read, and after reply-timeout the connection is closed. So unread answers cost the socket's send buffer and one batch of them.
 * Event loop of its channel. bytes -> socket.
 */
final class Outlet {
    private final ChannelHandlerContext context;
    private final IntakeParts parts;
    private final Runnable onTaken;
    private final Deadline deadline;
    // A void promise, which costs nothing, tells the pipeline of a failure; a SslHandler tells nobody.
    private final boolean encrypted;
    private final GenericFutureListener<Future<Void>> onWritten;
    private boolean unread;
    private boolean written; // since the last flush

    Outlet(ChannelHandlerContext context, IntakeParts parts, Runnable onTaken) {
        this.context = context;
        this.parts = parts;
        this.onTaken = onTaken;
        this.deadline = new Deadline(context.executor(), this::onDeadline);
        this.encrypted = context.pipeline().get(SslHandler.class) != null;
        this.onWritten = written -> {
            Throwable cause = written.cause();
            if (cause instanceof Error || (cause != null && cause.getCause() instanceof Error)) {
                context.pipeline().fireExceptionCaught(cause);
            }
        };
    }

    /** Writes an answer; it is sent with the next {@link #flush()}, or now when there is much of it. */
    void write(ByteBuf answer) {
        if (encrypted) {
            context.write(answer).addListener(onWritten);
        } else {
            context.write(answer, context.voidPromise());
        }
        written = true;
        if (!context.channel().isWritable()) {
            flush();
        }
    }

    /** Sends what was written. */
    void flush() {
        if (!written) { // the JDK's TLS would send an empty record
            return;
        }
        written = false;
        context.flush();
        if (!unread && pendingBytes() > 0) {
            unread = true;
            deadline.set(parts.http().replyTimeoutMs());
            // Told in a task of its own: inside of a flush the bytes just sent still count as pending.
            context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(taken -> context.executor().execute(() -> onTaken(taken.isSuccess())));
        }
    }

    /** Whether the peer is behind with reading. */
    boolean unread() {
        return unread;
    }

    /** The connection has gone. */
    void end() {
        deadline.end();
    }

    private void onTaken(boolean success) {
        unread = false;
        deadline.clear();
        if (success) { // else the connection has gone
            onTaken.run();
        }
    }

    private void onDeadline() {
        parts.telemetry().count(Metric.CONNECTIONS_UNREAD);
        context.close();
    }

    private long pendingBytes() {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
