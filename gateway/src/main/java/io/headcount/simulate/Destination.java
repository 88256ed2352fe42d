package io.headcount.simulate;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.resolver.NoopAddressResolverGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A listener that cameras post to: opens connections to it. Any event loop. */
final class Destination {
    /** Answers are short. */
    private static final int READ_BYTES = 1024;

    private final InetSocketAddress address;
    private final boolean kept;
    private final Transport transport;
    private final SourceAddresses sources;
    private final ClientTls tls;
    private final long timeoutNs;

    /**
     * Looks up the address.
     *
     * @throws IOException when the host is not known, or the certificates to believe can't be read
     */
    Destination(Endpoint endpoint, FleetSettings settings, Transport transport) throws IOException {
        this.address = endpoint.address();
        if (address.isUnresolved()) {
            throw new IOException(
                    "the host " + endpoint.host() + " is not known (expected: a name that can be looked up)");
        }
        this.kept = settings.target().connections().kept();
        this.transport = transport;
        this.sources = SourceAddresses.towards(
                address,
                settings.target().sourceAddresses(),
                settings.target().connections().most(settings.cameras()));
        this.timeoutNs = settings.bounds().timeoutNs();
        this.tls = endpoint.tls()
                ? ClientTls.towards(endpoint, settings.target().trust(), TimeUnit.NANOSECONDS.toMillis(timeoutNs))
                : null;
    }

    /** Whether its connections are used again. */
    boolean kept() {
        return kept;
    }

    /** Whether a connection needs a handshake once it is there. */
    boolean encrypted() {
        return tls != null;
    }

    /** Opens a connection on this event loop. */
    ChannelFuture connect(EventLoop loop, int camera, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.stream())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TimeUnit.NANOSECONDS.toMillis(timeoutNs))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .handler(tls == null ? handler : new Encrypted(tls, handler));
        InetSocketAddress source = sources.of(camera);
        if (source == null) {
            return bootstrap.connect(address);
        }
        if (transport.epoll()) {
            // else the system would take a port at once, that no other connection of the address may have
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
        return bootstrap.connect(address, source);
    }

    int sourceAddresses() {
        return sources.count();
    }

    void close() {
        if (tls != null) {
            tls.close();
        }
    }

    /** Puts TLS in front. */
    private static final class Encrypted extends ChannelInitializer<Channel> {
        private final ClientTls tls;
        private final ChannelHandler handler;

        Encrypted(ClientTls tls, ChannelHandler handler) {
            this.tls = tls;
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()), handler);
        }
    }
}
