package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.InvalidSetting;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TlsKeysTest {
    @TempDir
    private Path dir;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private X509Bundle first;

    @BeforeEach
    void writeGoodPair() throws Exception {
        first = Certificates.selfSigned("first");
        Certificates.write(dir, first);
    }

    private TlsCheck check() {
        return TlsCheck.of(Certificates.config(dir), now);
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContainingAll(words)
                .satisfies(mistake -> assertThat(mistake.getMessage()).doesNotContain("MII"));
    }

    private void writeCertificates(String pem) throws IOException {
        Files.writeString(Certificates.certificateIn(dir), pem);
    }

    private void writeKey(String pem) throws IOException {
        Files.writeString(Certificates.keyIn(dir), pem);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ecp256", "ecp384", "rsa2048", "ed25519"})
    void shouldTakeKeysOfTheKindsThatTlsKnows(Algorithm algorithm) throws Exception {
        Certificates.write(dir, Certificates.selfSigned(Certificates.builder("gateway", algorithm)));

        assertThat(check().warnings()).isEmpty();
    }

    @Test
    void shouldTellUntilWhenTheCertificateIsValid() {
        String until = first.getCertificate().getNotAfter().toInstant().toString();

        assertThat(check().facts())
                .containsExactly("http.tls.certificate: " + Certificates.certificateIn(dir) + ": valid until " + until);
    }

    @Test
    void shouldNameTheKeyThatDoesNotBelongToTheCertificate() throws Exception {
        writeKey(Certificates.selfSigned("other").getPrivateKeyPEM());

        assertRefused(
                "http.tls.key",
                Certificates.keyIn(dir) + ": does not belong to the certificate",
                "the key of the first certificate in " + Certificates.certificateIn(dir));
    }

    @Test
    void shouldNameAKeyOfAnotherKind() throws Exception {
        writeKey(Certificates.selfSigned(Certificates.builder("other", Algorithm.rsa2048))
                .getPrivateKeyPEM());

        assertRefused("http.tls.key", "does not belong to the certificate");
    }

    @Test
    void shouldTellTheOrderWhereTheIssuerComesFirst() throws Exception {
        X509Bundle issued = Certificates.builder("gateway", Algorithm.ecp256).buildIssuedBy(first);
        writeCertificates(first.getCertificatePEM() + issued.getCertificatePEM());
        writeKey(issued.getPrivateKeyPEM());

        assertRefused("http.tls.certificate", "the key belongs to certificate 2");
    }

    @Test
    void shouldRefuseACertificateThatIsNotSignedByTheNext() throws Exception {
        X509Bundle issued = Certificates.builder("gateway", Algorithm.ecp256).buildIssuedBy(first);
        writeCertificates(
                issued.getCertificatePEM() + Certificates.selfSigned("stranger").getCertificatePEM());
        writeKey(issued.getPrivateKeyPEM());

        assertRefused(
                "http.tls.certificate", "certificate 1 is not signed by certificate 2", "followed by its issuer's");
    }

    @Test
    void shouldWarnOfACertificateOutsideOfItsTime() throws Exception {
        assertThat(warningFor(-20, -10)).contains("certificate 1 has EXPIRED, valid until ");
        assertThat(warningFor(-20, 10)).contains("certificate 1 expires soon, valid until ");
        assertThat(warningFor(10, 200)).contains("certificate 1 is not valid before ");
    }

    private String warningFor(int fromDays, int untilDays) throws Exception {
        Certificates.write(
                dir,
                Certificates.selfSigned(Certificates.builder("gateway", Algorithm.ecp256)
                        .notBefore(now.plus(Duration.ofDays(fromDays)))
                        .notAfter(now.plus(Duration.ofDays(untilDays)))));
        return String.join("\n", check().warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt -in",
        "EC PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt -in",
        "ENCRYPTED PRIVATE KEY, the key is encrypted"
    })
    void shouldTellHowToConvertAKeyOfAnotherForm(String label, String words) throws Exception {
        writeKey(first.getPrivateKeyPEM().replace("PRIVATE KEY", label));

        assertRefused("http.tls.key", words);
    }

    @Test
    void shouldRefuseAnOldEncryptedKey() throws Exception {
        writeKey(first.getPrivateKeyPEM()
                .replaceFirst("-----\\R", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"));

        assertRefused("http.tls.key", "the key is encrypted");
    }

    @Test
    void shouldRefuseFilesThatDoNotHoldWhatTheyShould() throws Exception {
        String key = first.getPrivateKeyPEM();
        writeKey(first.getCertificatePEM());
        assertRefused("http.tls.key", "no private key in it");
        writeKey(key + key);
        assertRefused("http.tls.key", "several private keys");
        writeKey(key.substring(0, key.length() / 2));
        assertRefused("http.tls.key", "cut off in the middle");
        writeKey(key.replaceFirst("M", "!"));
        assertRefused("http.tls.key", "broken base64");
        writeKey(key.replaceFirst("(?m)^M.*$", "AAAA"));
        assertRefused("http.tls.key", "the key is broken");
        writeKey("nothing of the kind");
        assertRefused("http.tls.key", "not PEM");
        Files.delete(Certificates.keyIn(dir));
        assertRefused("http.tls.key", "no such file");

        writeKey(key);
        writeCertificates(key);
        assertRefused("http.tls.certificate", "no certificate in it");
        writeCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused("http.tls.certificate", "certificate 1 is broken");
        writeCertificates(first.getCertificatePEM().repeat(11));
        assertRefused("http.tls.certificate", "11 certificates", "at most 10");
    }

    @Test
    void shouldRefuseACipherThatNobodyKnows() {
        assertThatThrownBy(() -> TlsCheck.of(
                        Certificates.config(dir, Optional.empty(), List.of("TLS_RSA_WITH_RC4_128_NOTHING")), now))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContainingAll("http.tls.ciphers", "TLS_RSA_WITH_RC4_128_NOTHING");
    }
}
