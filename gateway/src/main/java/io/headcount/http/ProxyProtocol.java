package io.headcount.http;

import io.headcount.config.AddressRange;
import io.headcount.config.HttpConfig;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The PROXY protocol, versions 1 and 2: a load balancer tells in front of everything else, TLS included, whom a connection
 * comes from. Expected from the configured addresses and from nobody else. Any thread. Channel -> handlers in front.
 */
final class ProxyProtocol {
    /** Bytes of what version 2 may append to the addresses; a client's certificate is among it at the most. */
    private static final int MAX_TLV_BYTES = 4096;

    private final List<AddressRange> proxies;
    private final long timeoutMs;
    private final ConnectionLimits limits;
    private final Telemetry telemetry;

    ProxyProtocol(HttpConfig config, ConnectionLimits limits, Telemetry telemetry) {
        this.proxies = config.access().proxies();
        this.timeoutMs = config.headerTimeoutMs();
        this.limits = limits;
        this.telemetry = telemetry;
    }

    /** Whether connections from there must begin with a header. */
    boolean expectedFrom(InetAddress address) {
        return AddressRange.anyContains(proxies, address);
    }

    /** Puts the header's handlers in front, where one is expected. */
    void addTo(Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress peer && expectedFrom(peer.getAddress())) {
            channel.pipeline()
                    .addLast(
                            new HAProxyMessageDecoder(MAX_TLV_BYTES),
                            new ProxyHeader(channel.eventLoop(), timeoutMs, limits, telemetry));
        }
    }
}
