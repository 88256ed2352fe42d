package io.headcount.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The floor: as little as a Netty server can do with a post. It decodes the request, throws the body away and answers 200; no limits, no deadlines, no
 * journal. What a gateway costs more than this is what it does for a post. Of two kinds: {@code raw} answers with bytes made once, as the gateway does, and
 * has no encoder; {@code codec} is the server of Netty's own examples, with HttpServerCodec and a response object for every answer.
 */
final class FloorServer {
    private static final int BACKLOG = 4096;
    private static final String REPLY = "{\"code\":0,\"msg\":\"success\"}";
    private static final ByteBuf BODY = constant(REPLY);
    private static final ByteBuf KEPT = answer("");
    private static final ByteBuf CLOSED = answer("Connection: close\r\n");

    private FloorServer() {}

    /** Listens on any free port of the loopback address, prints a line like the gateway's, and serves until it is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        EventLoopGroup accepting = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoopGroup serving = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
        boolean codec = arguments.length > 0 && arguments[0].equals("codec");
        Channel listener = new ServerBootstrap()
                .group(accepting, serving)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        codec ? new HttpServerCodec() : new HttpRequestDecoder(),
                                        new Discarding(codec));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        System.out.println("floor ready http=127.0.0.1:" + port + " https=- admin=- journal=-");
        listener.closeFuture().sync();
    }

    private static ByteBuf answer(String header) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
        return constant(head + REPLY.length() + "\r\n" + header + "\r\n" + REPLY);
    }

    private static ByteBuf constant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(
                        ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())
                .asReadOnly());
    }

    private static final class Discarding extends ChannelInboundHandlerAdapter {
        private final boolean codec;
        private boolean kept;

        Discarding(boolean codec) {
            this.codec = codec;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                kept = HttpUtil.isKeepAlive(request);
            }
            if (message instanceof LastHttpContent) {
                answer(context);
            }
            ReferenceCountUtil.release(message);
        }

        private void answer(ChannelHandlerContext context) {
            Object answer = codec ? response(kept) : (kept ? KEPT : CLOSED).duplicate();
            if (kept) {
                context.write(answer);
            } else {
                context.write(answer).addListener(ChannelFutureListener.CLOSE);
            }
        }

        private static FullHttpResponse response(boolean kept) {
            FullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, BODY.duplicate());
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, BODY.readableBytes());
            HttpUtil.setKeepAlive(response, kept);
            return response;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
            context.fireChannelReadComplete();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
