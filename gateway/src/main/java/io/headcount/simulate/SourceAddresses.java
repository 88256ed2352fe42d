package io.headcount.simulate;

import io.headcount.config.InvalidSetting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Addresses to post from. A connection's four numbers are unique, so one address has room for as many connections as there
 * are ephemeral ports, about 28,000; the loopback has 16 million addresses.
 */
final class SourceAddresses {
    static final int MOST = 60_000;

    /** Also below {@code http.max-connections-per-address}. */
    private static final int CONNECTIONS_PER_ADDRESS = 8_000;

    private static final int PER_BYTE = 250;

    private final InetSocketAddress[] addresses;

    private SourceAddresses(InetSocketAddress... addresses) {
        this.addresses = addresses;
    }

    /**
     * @param wanted how many; 0: as many as are needed
     * @param connections how many may be open at once
     */
    static SourceAddresses towards(InetSocketAddress target, int wanted, int connections) {
        boolean loopback = !target.isUnresolved() && target.getAddress().getAddress()[0] == 127;
        if (wanted > 1 && !loopback) {
            throw new InvalidSetting("--source-addresses", String.valueOf(wanted), "a target in 127.0.0.0/8");
        }
        int count = wanted > 0 || !loopback ? wanted : 1 + connections / CONNECTIONS_PER_ADDRESS;
        return count <= 1 ? new SourceAddresses() : first(count);
    }

    private static SourceAddresses first(int count) {
        InetSocketAddress[] all = new InetSocketAddress[count];
        for (int i = 0; i < count; i++) {
            all[i] = new InetSocketAddress(nth(i), 0);
        }
        return new SourceAddresses(all);
    }

    private static InetAddress nth(int i) {
        byte[] bytes = {127, 1, (byte) (i / PER_BYTE), (byte) (1 + i % PER_BYTE)};
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    /** The address for a camera's connections; null: whichever the system takes. */
    InetSocketAddress of(int camera) {
        return addresses.length == 0 ? null : addresses[camera % addresses.length];
    }

    int count() {
        return Math.max(1, addresses.length);
    }
}
