package io.headcount.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.Optional;

/** Gives a new connection its handlers, in the order in which bytes pass them. Event loop of the channel. Channel -> pipeline. */
final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final ProxyProtocol proxies;
    private final Map<EventExecutor, IntakeLoop> loops;
    private final Optional<TlsContext> tls;

    /**
     * A set-up for the connections of one listener.
     *
     * @param proxies whose connections begin with a header, in front of everything
     * @param loops what belongs to each event loop; filled before the listener is bound and not changed any more
     * @param tls the certificate of a listener that speaks TLS; empty: it speaks plain HTTP
     */
    ConnectionSetup(ProxyProtocol proxies, Map<EventExecutor, IntakeLoop> loops, Optional<TlsContext> tls) {
        this.proxies = proxies;
        this.loops = loops;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        IntakeLoop loop = loops.get(channel.eventLoop());
        proxies.addTo(channel);
        tls.ifPresent(context -> addTls(channel, context, loop.parts()));
        PostHandler handler = new PostHandler(loop);
        channel.pipeline().addLast(handler.decoder(), handler);
    }

    private static void addTls(Channel channel, TlsContext context, IntakeParts parts) {
        TlsRecords records = new TlsRecords();
        SslHandler handler = context.newHandler(channel.alloc());
        channel.pipeline().addLast(records, handler, new TlsGate(records, handler, parts));
    }
}
