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
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The floor: as little as a Netty server can do with a post. It decodes the request, throws the body away and answers 200 with bytes
 * made once; no limits, no deadlines, no journal. What a gateway costs more than this is what it does for a post.
 */
final class FloorServer {
    private static final int BACKLOG = 4096;
    private static final ByteBuf KEPT = answer("");
    private static final ByteBuf CLOSED = answer("Connection: close\r\n");

    private FloorServer() {}

    /** Listens on any free port of the loopback address, prints a line like the gateway's, and serves until it is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        EventLoopGroup accepting = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoopGroup serving = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
        Channel listener = new ServerBootstrap()
                .group(accepting, serving)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpRequestDecoder(), new Discarding());
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
        String body = "{\"code\":0,\"msg\":\"success\"}";
        byte[] bytes = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                        + header + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(
                        ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())
                .asReadOnly());
    }

    private static final class Discarding extends ChannelInboundHandlerAdapter {
        private boolean kept;

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
            if (kept) {
                context.write(KEPT.duplicate());
            } else {
                context.write(CLOSED.duplicate()).addListener(ChannelFutureListener.CLOSE);
            }
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
