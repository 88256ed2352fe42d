package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Takes the header of one connection from its decoder, then lets everything through. The address in it counts from then on,
 * for limits as well; where it has none, as in a load balancer's own looks at our health, the balancer's does. A connection
 * without a header in time is closed. Event loop of its channel. HAProxyMessage -> PeerAddress.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
    private final Deadline deadline;
    private final long timeoutMs;
    private final ConnectionLimits limits;
    private final Telemetry telemetry;

    private ChannelHandlerContext context;
    private boolean closed;

    ProxyHeader(EventExecutor eventLoop, long timeoutMs, ConnectionLimits limits, Telemetry telemetry) {
        this.deadline = new Deadline(eventLoop, this::closeWithoutHeader);
        this.timeoutMs = timeoutMs;
        this.limits = limits;
        this.telemetry = telemetry;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline.set(timeoutMs);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closed) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HAProxyMessage header) {
            onHeader(header);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void onHeader(HAProxyMessage header) {
        deadline.end();
        try {
            InetAddress client = clientOf(header);
            if (namesClient(header) && client == null) {
                closeWithoutHeader();
            } else if (client == null || joins(client, header.sourcePort())) {
                context.pipeline().remove(this);
            } else {
                close();
            }
        } finally {
            header.release();
        }
    }

    private static boolean namesClient(HAProxyMessage header) {
        AddressFamily family = header.proxiedProtocol().addressFamily();
        return header.command() == HAProxyCommand.PROXY
                && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
    }

    /** Null where none is named, or one that only the proxy's own host can make sense of: with a zone. */
    private static InetAddress clientOf(HAProxyMessage header) {
        return namesClient(header) && header.sourceAddress().indexOf('%') < 0
                ? NetUtil.createInetAddressFromIpAddressString(header.sourceAddress())
                : null;
    }

    private boolean joins(InetAddress client, int port) {
        if (!limits.tryJoin(client)) {
            return false;
        }
        context.channel().closeFuture().addListener(ended -> limits.part(client));
        PeerAddress.named(context.channel(), new InetSocketAddress(client, port));
        return true;
    }

    private void closeWithoutHeader() {
        telemetry.count(Metric.CONNECTIONS_WITHOUT_PROXY_HEADER);
        close();
    }

    private void close() {
        closed = true;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof DecoderException)) {
            ctx.fireExceptionCaught(cause);
        } else if (!closed) { // else it is about what came behind
            closeWithoutHeader();
        }
    }
}
