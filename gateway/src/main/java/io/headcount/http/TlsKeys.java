package io.headcount.http;

import io.headcount.config.InvalidSetting;
import io.headcount.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the TLS port's files hold, read and found to fit together. Complaints name key, file and what was expected, never what
 * stands in a file. Any thread. files -> keys.
 *
 * @param chain the server's certificate and what leads to its root
 * @param key the certificate's private key
 * @param clientCas who signs client certificates; empty: clients need none
 */
record TlsKeys(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientCas) {
    private static final String CERTIFICATE_KEY = "http.tls.certificate";
    private static final String PRIVATE_KEY_KEY = "http.tls.key";
    private static final String CLIENT_CA_KEY = "http.tls.client-ca";
    private static final String IN_ORDER = "the server's own certificate first, each followed by its issuer's";
    private static final int MAX_CHAIN = 10;
    private static final Duration SOON = Duration.ofDays(14);
    private static final byte[] PROBE = "signed and verified".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads the files.
     *
     * @param config of an enabled port
     * @throws InvalidSetting when a port can't work with them
     */
    static TlsKeys read(TlsConfig config) {
        PemFile certificates =
                PemFile.read(CERTIFICATE_KEY, config.certificate().orElseThrow());
        List<X509Certificate> chain = certificates(certificates);
        if (chain.size() > MAX_CHAIN) {
            throw certificates.complaint(chain.size() + " certificates", "at most " + MAX_CHAIN);
        }
        PemFile keyFile = PemFile.read(PRIVATE_KEY_KEY, config.key().orElseThrow());
        PrivateKey key = privateKey(keyFile);
        checkPair(chain, key, certificates, keyFile);
        checkOrder(chain, certificates);
        List<X509Certificate> clientCas = config.clientCa()
                .map(file -> certificates(PemFile.read(CLIENT_CA_KEY, file)))
                .orElse(List.of());
        return new TlsKeys(chain, key, clientCas);
    }

    private static List<X509Certificate> certificates(PemFile file) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : file.labelled("CERTIFICATE")) {
            certificates.add(certificate(file, block, certificates.size() + 1));
        }
        if (certificates.isEmpty()) {
            throw file.complaint("no certificate in it", "-----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(PemFile file, PemFile.Block block, int number) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(file.bytes(block)));
        } catch (CertificateException broken) {
            throw file.complaint("certificate " + number + " is broken", "X.509 certificates");
        }
    }

    private static PrivateKey privateKey(PemFile file) {
        List<PemFile.Block> keys = file.blocks().stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw file.complaint(keys.isEmpty() ? "no private key in it" : "several private keys", "one private key");
        }
        PemFile.Block key = keys.get(0);
        String convert = "PKCS #8 without a password, -----BEGIN PRIVATE KEY-----; to convert: openssl pkcs8 -topk8"
                + " -nocrypt -in " + file.file() + " -out NEW";
        if (key.encrypted() || key.label().startsWith("ENCRYPTED")) {
            throw file.complaint("the key is encrypted", convert);
        }
        if (!key.label().equals("PRIVATE KEY")) {
            throw file.complaint("-----BEGIN " + key.label() + "-----", convert);
        }
        return decoded(file, file.bytes(key));
    }

    private static PrivateKey decoded(PemFile file, byte[] der) {
        return Stream.of("RSA", "EC", "EdDSA")
                .flatMap(algorithm -> decoded(algorithm, der).stream())
                .findFirst()
                .orElseThrow(() -> file.complaint(
                        "the key is broken, or of a kind that is not for TLS", "an RSA, EC or Ed25519 key"));
    }

    private static Optional<PrivateKey> decoded(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (InvalidKeySpecException ofAnotherAlgorithm) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("the JDK is broken: no " + algorithm, missing);
        }
    }

    private static void checkPair(List<X509Certificate> chain, PrivateKey key, PemFile certificates, PemFile keyFile) {
        if (pair(key, chain.get(0).getPublicKey())) {
            return;
        }
        for (int i = 1; i < chain.size(); i++) {
            if (pair(key, chain.get(i).getPublicKey())) {
                throw certificates.complaint("the key belongs to certificate " + (i + 1), IN_ORDER);
            }
        }
        throw keyFile.complaint(
                "does not belong to the certificate", "the key of the first certificate in " + certificates.file());
    }

    private static void checkOrder(List<X509Certificate> chain, PemFile certificates) {
        for (int i = 1; i < chain.size(); i++) {
            if (!signed(chain.get(i), chain.get(i - 1))) {
                throw certificates.complaint("certificate " + i + " is not signed by certificate " + (i + 1), IN_ORDER);
            }
        }
    }

    private static boolean pair(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    /** When the server's certificate expires. */
    Instant expiry() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** What works, at least with some clients or for some time, and should be mended all the same; a sentence each. */
    List<String> warnings(TlsConfig config, Instant now) {
        List<String> warnings = new ArrayList<>();
        String certificates = CERTIFICATE_KEY + ": " + config.certificate().orElseThrow();
        warnAboutTime(certificates, chain, now, warnings);
        config.clientCa().ifPresent(file -> warnAboutTime(CLIENT_CA_KEY + ": " + file, clientCas, now, warnings));
        return List.copyOf(warnings);
    }

    private static void warnAboutTime(
            String file, List<X509Certificate> certificates, Instant now, List<String> warnings) {
        for (int i = 0; i < certificates.size(); i++) {
            Instant from = certificates.get(i).getNotBefore().toInstant();
            Instant until = certificates.get(i).getNotAfter().toInstant();
            String which = file + ": certificate " + (i + 1) + " ";
            if (now.isAfter(until)) {
                warnings.add(which + "has EXPIRED, valid until " + until);
            } else if (now.plus(SOON).isAfter(until)) {
                warnings.add(which + "expires soon, valid until " + until);
            } else if (now.isBefore(from)) {
                warnings.add(which + "is not valid before " + from);
            }
        }
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** The files that the settings name. */
    static List<Path> files(TlsConfig config) {
        List<Path> files = new ArrayList<>();
        config.certificate().ifPresent(files::add);
        config.key().ifPresent(files::add);
        config.clientCa().ifPresent(files::add);
        return files;
    }
}
