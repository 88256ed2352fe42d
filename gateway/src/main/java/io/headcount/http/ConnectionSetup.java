package io.headcount.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;

/** Gives a new connection its handlers, in the order in which bytes pass them. Event loop of the channel. Channel -> pipeline. */
final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final ProxyProtocol proxies;
    private final Map<EventExecutor, IntakeLoop> loops;

    /**
     * A set-up for the connections of one listener.
     *
     * @param proxies whose connections begin with a header, in front of everything
     * @param loops what belongs to each event loop; filled before the listener is bound and not changed any more
     */
    ConnectionSetup(ProxyProtocol proxies, Map<EventExecutor, IntakeLoop> loops) {
        this.proxies = proxies;
        this.loops = loops;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        proxies.addTo(channel);
        PostHandler handler = new PostHandler(loops.get(channel.eventLoop()));
        pipeline.addLast(handler.decoder(), handler);
    }
}
