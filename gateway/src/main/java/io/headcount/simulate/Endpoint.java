package io.headcount.simulate;

import io.headcount.config.InvalidSetting;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where posts go.
 *
 * @param tls whether TLS is spoken
 * @param host as the URL has it
 * @param port from the URL, or 80 or 443
 * @param path path and query; may hold a token, so it goes into no message
 */
public record Endpoint(boolean tls, String host, int port, String path) {
    static final int MOST_URL_CHARS = 2048;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Reads a URL.
     *
     * @param option who gave it, for the message
     * @throws InvalidSetting when it is none; the message does not repeat it
     */
    public static Endpoint parse(String option, String url) {
        URI uri = uri(option, url);
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        boolean web = tls || "http".equalsIgnoreCase(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getPort() > 65_535
                || url.length() > MOST_URL_CHARS) {
            throw notOne(option);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Endpoint(
                tls, uri.getHost(), port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static URI uri(String option, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException notOne) {
            // its message repeats the URL, token and all
            throw notOne(option);
        }
    }

    private static InvalidSetting notOne(String option) {
        return new InvalidSetting(option, "this URL", "http://HOST:PORT/PATH, or https, in ASCII");
    }

    /** Whether both are served by the same listener, so that connections can be shared. */
    boolean sameListener(Endpoint other) {
        return tls == other.tls && port == other.port && host.equals(other.host);
    }

    /** Host and port, unresolved when the name is not known. */
    InetSocketAddress address() {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new InetSocketAddress(bare, port);
    }

    /** The endpoint without its path. */
    String listener() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }
}
