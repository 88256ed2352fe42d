package io.headcount.http;

import java.util.Locale;

/**
 * A request target as it stood in the request line. Pure functions. String -> path, or the form it has.
 */
final class Target {
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private Target() {}

    /** Whether it is a path or a whole URL; the other forms, * and host:port, belong to OPTIONS and CONNECT. */
    static boolean namesResource(String target) {
        return target.startsWith("/") || isUrl(target);
    }

    /** Whether it holds what no camera sends and what servers disagree about: \, encoded control characters, dot segments. */
    static boolean suspicious(String target) {
        String path = path(target);
        return path.indexOf('\\') >= 0 || hasEncodedControl(path) || hasDotSegment(path);
    }

    /** The path, without host, query and fragment. */
    static String path(String target) {
        int from = isUrl(target) ? afterAuthority(target) : 0;
        int to = target.length();
        for (int i = from; i < to; i++) {
            char c = target.charAt(i);
            if (c == '?' || c == '#') {
                to = i;
            }
        }
        return from == to ? "/" : target.substring(from, to);
    }

    private static boolean isUrl(String target) {
        if (target.startsWith("/")) {
            return false;
        }
        String lower = target.toLowerCase(Locale.ROOT);
        return lower.startsWith(HTTP) || lower.startsWith(HTTPS);
    }

    private static int afterAuthority(String target) {
        int i = target.indexOf("//") + 2;
        while (i < target.length() && "/?#".indexOf(target.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static boolean hasEncodedControl(String path) {
        for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
            if (i + 1 < path.length() && (path.charAt(i + 1) == '0' || path.charAt(i + 1) == '1')) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDotSegment(String path) {
        return path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/..");
    }
}
