package io.headcount.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Opens connections, has each deliver one post, and holds them open without a word. One event loop. */
final class HeldConnections implements AutoCloseable {
    private static final int AT_ONCE = 128;
    private static final int PER_ADDRESS = 10_000;
    private static final long PATIENCE_SEC = 60;

    private final InetSocketAddress server;
    private final SslContext tls; // null: plain
    private final PostBytes posts;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Semaphore opening = new Semaphore(AT_ONCE);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int opened;

    /** Connections to this server, over TLS or not; its certificate is not looked at. */
    HeldConnections(InetSocketAddress server, boolean overTls, PostBytes posts) throws IOException {
        this.server = server;
        this.posts = posts;
        this.tls = overTls
                ? SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build()
                : null;
    }

    /** Opens so many more and waits until each has had its post answered 200. */
    void open(int count) throws IOException, InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.SO_SNDBUF, posts.length() * 2)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(new Post());
                    }
                });
        for (int i = 0; i < count; i++) {
            awaitPlaces(1);
            bootstrap
                    .connect(server, new InetSocketAddress("127.0.0." + (1 + opened / PER_ADDRESS), 0))
                    .addListener(connected -> onFailure(connected.cause()));
            opened++;
        }
        awaitPlaces(AT_ONCE);
        opening.release(AT_ONCE);
    }

    private void awaitPlaces(int places) throws IOException, InterruptedException {
        if (!opening.tryAcquire(places, PATIENCE_SEC, TimeUnit.SECONDS)) {
            throw new IOException(
                    "after " + answered + " answers none more within " + PATIENCE_SEC + " s", failure.get());
        }
    }

    private void onFailure(Throwable cause) {
        if (cause != null) {
            failure.compareAndSet(null, cause);
        }
    }

    /** Connections that have delivered their post and are open. */
    int held() {
        return answered.get() - ended.get();
    }

    private byte[] nextPost() {
        byte[] bytes = new byte[posts.length()];
        posts.next(ByteBuffer.wrap(bytes));
        return bytes;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE_SEC, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Post extends SimpleChannelInboundHandler<ByteBuf> {
        private boolean answerBegan;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(nextPost()));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            if (answerBegan) {
                return; // its rest
            }
            answerBegan = true;
            if (bytes.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200 ")) {
                answered.incrementAndGet();
                opening.release();
            } else { // its place stays taken: the run ends with what is missing
                onFailure(new IOException("answered " + bytes.toString(StandardCharsets.US_ASCII)));
                context.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended.incrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            onFailure(cause);
            context.close();
        }
    }
}
