package io.headcount.http;

/** A path that begins with a token, {@code /t/TOKEN/rest}. Pure functions. path -> its parts. */
final class TokenPath {
    private static final String PREFIX = "/t/";

    private TokenPath() {}

    /** What stands where a token belongs, whatever it is; "" where the path has none. */
    static String token(String path) {
        return path.startsWith(PREFIX) ? path.substring(PREFIX.length(), end(path)) : "";
    }

    /** The path behind the token, / at the least; the whole path where there is none. */
    static String behind(String path) {
        if (!path.startsWith(PREFIX)) {
            return path;
        }
        String rest = path.substring(end(path));
        return rest.isEmpty() ? "/" : rest;
    }

    private static int end(String path) {
        int slash = path.indexOf('/', PREFIX.length());
        return slash < 0 ? path.length() : slash;
    }
}
