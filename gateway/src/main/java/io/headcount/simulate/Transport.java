package io.headcount.simulate;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * How sockets are driven: by epoll where its native part loads, else by the JDK.
 *
 * @param ioHandlers makes the part of an event loop that waits for sockets
 * @param stream a connection's type
 * @param epoll whether it is epoll
 */
record Transport(IoHandlerFactory ioHandlers, Class<? extends Channel> stream, boolean epoll) {
    static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(EpollIoHandler.newFactory(), EpollSocketChannel.class, true)
                : new Transport(NioIoHandler.newFactory(), NioSocketChannel.class, false);
    }
}
