package io.headcount.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;

/**
 * How sockets are driven: by epoll where its native part loads, else by the JDK.
 *
 * @param ioHandlers makes the part of an event loop that waits for sockets
 * @param listener the listening channel's type
 */
record Transport(IoHandlerFactory ioHandlers, Class<? extends ServerChannel> listener) {
    /**
     * Sockets served in one turn. Netty would take in all that are ready: under overload thousands of posts, which are out of the processor's caches,
     * and out of the pool, by the time they are answered.
     */
    private static final int MAX_EVENTS = 256;

    // of Linux, as a listener hands them on to the connections it accepts
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;

    static Transport best() {
        return Epoll.isAvailable() ? epoll() : nio();
    }

    static Transport epoll() {
        return new Transport(
                EpollIoHandler.newFactory(MAX_EVENTS, DefaultSelectStrategyFactory.INSTANCE),
                EpollServerSocketChannel.class);
    }

    /**
     * Has connections send at once, with a send buffer of this size. Over epoll both are set on the listener, which hands them on: two system calls
     * less for each connection.
     */
    void prepareSending(ServerBootstrap bootstrap, int sendBufferBytes) {
        if (listener == EpollServerSocketChannel.class) {
            bootstrap
                    .option(new IntegerUnixChannelOption("SO_SNDBUF", SOL_SOCKET, SO_SNDBUF), sendBufferBytes)
                    .option(new IntegerUnixChannelOption("TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY), 1);
        } else {
            bootstrap
                    .childOption(ChannelOption.SO_SNDBUF, sendBufferBytes)
                    .childOption(ChannelOption.TCP_NODELAY, true);
        }
    }

    static Transport nio() {
        return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }
}
