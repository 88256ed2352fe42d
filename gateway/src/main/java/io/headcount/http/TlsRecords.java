package io.headcount.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Counts the bytes that come in before they are decrypted. Event loop of its channel. bytes -> the same bytes. */
final class TlsRecords extends ChannelInboundHandlerAdapter {
    private long received;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        received += ((ByteBuf) message).readableBytes();
        ctx.fireChannelRead(message);
    }

    /** Bytes received so far. */
    long received() {
        return received;
    }
}
