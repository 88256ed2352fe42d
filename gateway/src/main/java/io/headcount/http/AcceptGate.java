package io.headcount.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Turns connections away that are over a bound, before anything is made for them. hc-accept. Channel -> Channel, or closed. */
final class AcceptGate extends ChannelInboundHandlerAdapter {
    private final ConnectionLimits limits;

    AcceptGate(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel connection = (Channel) message;
        InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
        if (peer == null || !limits.tryOpen(peer.getAddress())) { // null: the peer has gone already
            connection.unsafe().closeForcibly();
            return;
        }
        InetAddress address = peer.getAddress();
        connection.closeFuture().addListener(closed -> limits.close(address));
        ctx.fireChannelRead(connection);
    }
}
