package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Ends a connection so that its last answer arrives: a socket that is closed with unread input resets the connection, and the
 * reset may overtake the answer. So our direction is closed first, and what still comes is read and thrown away for a while.
 * Event loop of its channel. last answer -> closed connection.
 */
final class Farewell {
    private final ChannelHandlerContext context;
    private final StrictRequestDecoder decoder;
    private final Deadline deadline;
    private final IntakeParts parts;
    private boolean answered;
    private boolean inputEnded;

    Farewell(ChannelHandlerContext context, StrictRequestDecoder decoder, Deadline deadline, IntakeParts parts) {
        this.context = context;
        this.decoder = decoder;
        this.deadline = deadline;
        this.parts = parts;
    }

    /**
     * Sends the last answer and ends the connection.
     *
     * @param nothingMoreComes there is no unread input that could reset the connection: it need not linger
     */
    void answerAndLeave(ByteBuf answer, boolean nothingMoreComes) {
        inputEnded = nothingMoreComes;
        deadline.set(parts.http().replyTimeoutMs());
        decoder.discard();
        context.writeAndFlush(answer).addListener(sent -> {
            if (!sent.isSuccess()) {
                context.pipeline().fireExceptionCaught(sent.cause());
            }
            context.executor().execute(() -> onAnswered(sent.isSuccess()));
        });
    }

    private void onAnswered(boolean sent) {
        answered = true;
        if (sent && !inputEnded && context.channel() instanceof DuplexChannel socket) {
            deadline.set(parts.http().lingerTimeoutMs());
            endOutput(socket);
        } else {
            context.close();
        }
    }

    private void endOutput(DuplexChannel socket) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            socket.shutdownOutput();
        } else { // close_notify, then FIN
            tls.closeOutbound().addListener(sent -> socket.shutdownOutput());
        }
    }

    /** The peer has closed its direction, too. */
    void onInputEnded() {
        inputEnded = true;
        if (answered) {
            context.close();
        }
    }

    /** More was read and thrown away. */
    void onRead() {
        if (answered && decoder.discardedBytes() > parts.http().maxLingerBytes()) {
            context.close();
        }
    }

    /** The peer takes too long over the answer, or over ending. */
    void onDeadline() {
        if (!answered) {
            parts.telemetry().count(Metric.CONNECTIONS_UNREAD);
        }
        context.close();
    }
}
