package io.headcount.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Turns connections away that are over a bound, before anything is made for them. hc-accept. Channel -> Channel, or closed. */
final class AcceptGate extends ChannelInboundHandlerAdapter {
    private final ConnectionLimits limits;
    private final ProxyProtocol proxies;

    AcceptGate(ConnectionLimits limits, ProxyProtocol proxies) {
        this.limits = limits;
        this.proxies = proxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel connection = (Channel) message;
        InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
        if (peer == null || !tryOpen(connection, peer.getAddress())) { // null: the peer has gone already
            connection.unsafe().closeForcibly();
            return;
        }
        ctx.fireChannelRead(connection);
    }

    private boolean tryOpen(Channel connection, InetAddress address) {
        boolean proxied = proxies.expectedFrom(address);
        boolean welcome = proxied ? limits.tryOpenProxied() : limits.tryOpen(address);
        if (welcome) {
            Runnable close = proxied ? limits::closeProxied : () -> limits.close(address);
            connection.closeFuture().addListener(closed -> close.run());
        }
        return welcome;
    }
}
