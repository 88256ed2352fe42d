package io.headcount.http;

import io.headcount.config.TlsConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Certificates made for a test, and the files that the gateway reads them from. */
public final class Certificates {
    private Certificates() {}

    /** One that has signed itself, for this name, valid since yesterday and for a year. */
    public static X509Bundle selfSigned(String name) throws Exception {
        return selfSigned(builder(name, Algorithm.ecp256));
    }

    static X509Bundle selfSigned(CertificateBuilder builder) throws Exception {
        return builder.setIsCertificateAuthority(true).buildSelfSigned();
    }

    static CertificateBuilder builder(String name, Algorithm algorithm) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .algorithm(algorithm)
                .addSanDnsName("localhost")
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(365)));
    }

    /** Where {@link #write} puts the certificate. */
    public static Path certificateIn(Path dir) {
        return dir.resolve("certificate.pem");
    }

    /** Where {@link #write} puts the key. */
    public static Path keyIn(Path dir) {
        return dir.resolve("key.pem");
    }

    /** Writes certificate and key. */
    public static void write(Path dir, X509Bundle bundle) throws IOException {
        Files.writeString(certificateIn(dir), bundle.getCertificatePathPEM());
        Files.writeString(keyIn(dir), bundle.getPrivateKeyPEM());
    }

    /** Settings of a TLS port on any free one, with the files in this directory. */
    static TlsConfig config(Path dir) {
        return config(dir, Optional.empty(), List.of());
    }

    static TlsConfig config(Path dir, Optional<Path> clientCa, List<String> ciphers) {
        return new TlsConfig(
                true, 0, Optional.of(certificateIn(dir)), Optional.of(keyIn(dir)), clientCa, ciphers, 10_000);
    }
}
