package io.headcount.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The port that speaks TLS, beside the plain one; meanings and defaults stand in {@code config/gateway.conf}. The files are
 * read when the port is opened, not here.
 *
 * @param enabled whether there is such a port
 * @param port 0 to 65535; 0 means any free one
 * @param certificate PEM file: the server's certificate and what leads to its root
 * @param key PEM file: the certificate's private key, PKCS #8, without a password
 * @param clientCa PEM file: who signs client certificates; empty: clients need none
 * @param ciphers cipher suites by their IANA names; empty: the library's choice
 * @param handshakeTimeoutMs from the opening of a connection to the end of its handshake
 */
public record TlsConfig(
        boolean enabled,
        int port,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> clientCa,
        List<String> ciphers,
        long handshakeTimeoutMs) {
    /** No TLS port. */
    public static final TlsConfig OFF =
            new TlsConfig(false, 0, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), 10_000);

    /** Checks every setting. */
    public TlsConfig {
        InvalidSetting.inRange("http.tls.port", port, 0, 65535);
        InvalidSetting.inRange("http.tls.handshake-timeout", handshakeTimeoutMs, 1, 3_600_000);
        ciphers = List.copyOf(ciphers);
        for (String cipher : ciphers) {
            if (!cipher.matches("[A-Z0-9_]+")) {
                throw new InvalidSetting(
                        "http.tls.ciphers", "\"" + cipher + "\"", "names as in TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
            }
        }
        if (enabled && (certificate.isEmpty() || key.isEmpty())) {
            throw new InvalidSetting("http.tls.enabled", true, "http.tls.certificate and http.tls.key with it");
        }
    }
}
