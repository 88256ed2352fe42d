package io.headcount.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code 2001:db8::/32}; without a
 * prefix length a single address. An IPv4-mapped IPv6 address is its IPv4 address. Immutable.
 */
public final class AddressRange {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private final byte[] network;
    private final int prefixBits;

    private AddressRange(byte[] network, int prefixBits) {
        this.network = network;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads the ranges of one key.
     *
     * @param key for the complaint
     * @param texts in CIDR notation
     * @throws InvalidSetting when one is no range, or has bits set behind its prefix
     */
    static List<AddressRange> parse(String key, List<String> texts) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : texts) {
            ranges.add(parse(key, text));
        }
        return List.copyOf(ranges);
    }

    private static AddressRange parse(String key, String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? null : text.substring(slash + 1);
        byte[] network = literal(address);
        if (network == null || (prefix != null && !PREFIX.matcher(prefix).matches())) {
            throw new InvalidSetting(key, "\"" + text + "\"", "addresses or ranges, as in 192.0.2.7 or 10.0.0.0/8");
        }
        int bits = prefix == null ? network.length * Byte.SIZE : Integer.parseInt(prefix);
        if (bits > network.length * Byte.SIZE) {
            throw new InvalidSetting(
                    key, "\"" + text + "\"", "a prefix length of at most " + network.length * Byte.SIZE);
        }
        for (int bit = bits; bit < network.length * Byte.SIZE; bit++) {
            if (bit(network, bit) != 0) {
                throw new InvalidSetting(
                        key,
                        "\"" + text + "\"",
                        "no bits behind the prefix; for the address alone leave /" + bits + " out");
            }
        }
        return new AddressRange(network, bits);
    }

    /** The bytes of an address that is written in digits, null where it is none; never asks a name server. */
    private static byte[] literal(String text) {
        if (!LITERAL.matcher(text).matches() || (text.indexOf(':') < 0 && !dottedQuad(text))) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Java reads {@code 10.1} as 10.0.0.1; nobody means that. */
    private static boolean dottedQuad(String text) {
        return text.chars().filter(c -> c == '.').count() == 3;
    }

    private static int bit(byte[] address, int bit) {
        return (address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE)) & 1;
    }

    /** Whether the address lies in the range. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = prefixBits / Byte.SIZE;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        for (int bit = whole * Byte.SIZE; bit < prefixBits; bit++) {
            if (bit(bytes, bit) != bit(network, bit)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address lies in one of the ranges. */
    public static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range
                && prefixBits == range.prefixBits
                && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixBits;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefixBits;
        } catch (UnknownHostException neverOfThisLength) {
            throw new IllegalStateException(neverOfThisLength);
        }
    }
}
