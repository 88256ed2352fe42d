package io.headcount.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Whom a connection comes from: the socket's other end, or whom a trusted proxy names in front of it. Headers such as
 * X-Forwarded-For are not asked: anybody can send them. Event loop of the channel. Channel -> address.
 */
final class PeerAddress {
    private static final AttributeKey<InetSocketAddress> NAMED = AttributeKey.valueOf(PeerAddress.class, "named");
    private static final int NETWORK_BYTES = 8;

    private PeerAddress() {}

    /** The address that counts for limits and logs; null when the peer has gone. Allocates nothing: asked for when memory has run out, too. */
    static SocketAddress of(Channel channel) {
        return channel.hasAttr(NAMED) ? channel.attr(NAMED).get() : channel.remoteAddress();
    }

    /** {@link #of} without the port; null where there is no IP address. */
    static InetAddress ipOf(Channel channel) {
        return of(channel) instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }

    /** A trusted proxy says whom it speaks for. */
    static void named(Channel channel, InetSocketAddress by) {
        channel.attr(NAMED).set(by);
    }

    /**
     * What limits per address count as one: an IPv4 address, the /64 of an IPv6 address, for that is the least that one
     * subscriber is given, and he can take any address in it.
     */
    static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException neverOfThisLength) {
            throw new IllegalStateException(neverOfThisLength);
        }
    }
}
