package io.headcount.http;

import java.util.List;

/**
 * The Host rule of RFC 9112: exactly one, and nothing but a host and a port in it. Pure functions. values -> right or not.
 */
final class HostHeader {
    private HostHeader() {}

    /**
     * Whether the request's Host headers are right.
     *
     * @param values of all Host headers
     * @param required HTTP/1.1; HTTP/1.0 may do without
     */
    static boolean valid(List<String> values, boolean required) {
        if (values.isEmpty()) {
            return !required;
        }
        return values.size() == 1 && hostAndPort(values.get(0));
    }

    private static boolean hostAndPort(String value) {
        int end = value.startsWith("[") ? addressEnd(value) : nameEnd(value);
        return end == value.length() || (end >= 0 && value.charAt(end) == ':' && digits(value, end + 1));
    }

    /** End of an IPv6 address in brackets, or -1. */
    private static int addressEnd(String value) {
        int bracket = value.indexOf(']');
        for (int i = 1; i < bracket; i++) {
            if (Character.digit(value.charAt(i), 16) < 0 && ":.%".indexOf(value.charAt(i)) < 0) {
                return -1;
            }
        }
        return bracket < 0 ? -1 : bracket + 1;
    }

    private static int nameEnd(String value) {
        int i = 0;
        while (i < value.length() && nameCharacter(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean nameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }

    private static boolean digits(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
