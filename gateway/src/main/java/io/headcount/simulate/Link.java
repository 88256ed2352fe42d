package io.headcount.simulate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;

/**
 * A camera's way to the gateway, or that of several: one connection at a time, one post under way at a time, the others wait.
 * Its event loop. posts -> answers and failures.
 *
 * <pre>
 *            post                connected            answer, kept
 *   CLOSED ───────▶ connecting ────────────▶ posting ──────────────▶ idle
 *     ▲                 │ failed                │  ▲                   │
 *     └─────────────────┴──── closed, time-out ─┘  └─────── post ──────┘
 * </pre>
 */
final class Link {
    private final FleetLoop loop;
    private final Destination destination;
    private final int camera;

    private Conversation conversation;
    private FleetPost current;
    private FleetPost first;
    private FleetPost last;
    private Runnable whenOpened;

    Link(FleetLoop loop, Destination destination, int camera) {
        this.loop = loop;
        this.destination = destination;
        this.camera = camera;
    }

    /** Sends a post as soon as those before it are settled. */
    void post(FleetPost post) {
        FleetPost ahead = first == null ? current : last;
        if (ahead != null && ahead.toldApart()) {
            post.waitBehindSlow();
        }
        if (first == null) {
            first = post;
        } else {
            last.behind = post;
        }
        last = post;
        if (current == null) {
            next();
        }
    }

    private void next() {
        if (first == null) {
            return;
        }
        current = first;
        first = current.behind;
        current.behind = null;
        attempt();
    }

    private void attempt() {
        loop.attempting(current);
        if (conversation == null) {
            connect();
        } else if (conversation.open) {
            send();
        }
    }

    /** Opens the connection ahead of the first post, handshake included; tells when that has worked out or not. */
    void open(Runnable done) {
        whenOpened = done;
        connect();
    }

    private void connect() {
        Conversation begun = new Conversation();
        conversation = begun;
        ChannelFuture connecting = destination.connect(loop.eventLoop(), camera, begun);
        begun.channel = connecting.channel();
        // a channel for which there was no socket tells of it on another thread
        connecting.addListener(outcome -> loop.eventLoop().execute(() -> onOutcome(begun, outcome.cause())));
    }

    private void onOutcome(Conversation begun, Throwable failure) {
        if (failure == null) {
            connected(begun);
        } else {
            broken(begun, failureOf(failure, PostFailure.NO_CONNECTION));
        }
    }

    private static PostFailure failureOf(Throwable cause, PostFailure otherwise) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ConnectTimeoutException) {
                return PostFailure.NO_CONNECTION_IN_TIME;
            }
            if (each instanceof ChannelException) {
                return PostFailure.NO_SOCKET;
            }
            if (each instanceof SSLException) {
                return PostFailure.TLS;
            }
        }
        return otherwise;
    }

    private void connected(Conversation with) {
        if (with != conversation) {
            return;
        }
        with.open = true;
        if (!destination.encrypted()) {
            opened();
        }
        if (current != null) {
            send();
        }
    }

    private void opened() {
        if (whenOpened != null) {
            Runnable done = whenOpened;
            whenOpened = null;
            done.run();
        }
    }

    private void send() {
        Conversation with = conversation;
        FleetPost post = current;
        with.decoder.begin();
        ByteBuf request = loop.request(post);
        if (post.slow()) {
            with.slowBody = SlowBody.begin(with.channel, request, loop.slowNs());
        } else if (post.losingAnswer()) {
            with.channel.writeAndFlush(request).addListener(sent -> loseAnswer(with, post));
        } else {
            with.channel.writeAndFlush(request, with.channel.voidPromise());
        }
    }

    /** The connection breaks with the answer on its way; the camera can't know, and posts again. */
    private void loseAnswer(Conversation with, FleetPost post) {
        if (with == conversation && post == current) {
            hangUp();
            loop.lostAnswer(post);
            attempt();
        }
    }

    /** The attempt under way takes too long. */
    void timeOut() {
        PostFailure failure = conversation != null && conversation.open
                ? PostFailure.NO_ANSWER_IN_TIME
                : PostFailure.NO_CONNECTION_IN_TIME;
        hangUp();
        settle(failure);
    }

    /** Closes the connection; what still comes of it is nobody's any more. */
    void hangUp() {
        Conversation ended = conversation;
        conversation = null;
        if (ended != null && ended.channel.isOpen()) {
            ended.channel.close();
        }
    }

    private void answered(Conversation with) {
        FleetPost post = current;
        current = null;
        boolean kept = destination.kept() && with.decoder.keptAlive() && !with.trickling();
        if (!kept) {
            hangUp();
        }
        loop.answered(post, with.decoder.status(), with.decoder.retryAfterSec());
        next();
    }

    private void broken(Conversation with, PostFailure failure) {
        if (with != conversation) {
            return;
        }
        hangUp();
        opened();
        if (current != null) {
            settle(failure);
        }
    }

    private void settle(PostFailure failure) {
        FleetPost post = current;
        current = null;
        loop.unanswered(post, failure);
        next();
    }

    /** One connection, from when it is asked for until its end. */
    private final class Conversation extends ChannelInboundHandlerAdapter {
        private final AnswerDecoder decoder = new AnswerDecoder();
        private Channel channel;
        private boolean open;
        private SlowBody slowBody;

        boolean trickling() {
            return slowBody != null && slowBody.unfinished();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            try {
                onBytes((ByteBuf) read);
            } finally {
                ReferenceCountUtil.release(read);
            }
        }

        private void onBytes(ByteBuf bytes) {
            if (this != conversation) {
                return;
            }
            if (current == null) {
                // nobody has asked
                broken(this, PostFailure.NOT_HTTP);
                return;
            }
            switch (decoder.feed(bytes)) {
                case COMPLETE -> answered(this);
                case MALFORMED -> broken(this, PostFailure.NOT_HTTP);
                case INCOMPLETE -> {
                    // more will come
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            boolean answered =
                    this == conversation && current != null && decoder.end() == AnswerDecoder.Progress.COMPLETE;
            if (answered) {
                answered(this);
            } else {
                broken(this, PostFailure.CLOSED);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                onHandshake(handshake.isSuccess());
            }
        }

        private void onHandshake(boolean success) {
            if (!success) {
                broken(this, PostFailure.TLS);
            } else if (this == conversation) {
                opened();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken(this, failureOf(cause, PostFailure.RESET));
            context.close();
        }
    }
}
