package io.headcount.http;

import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.config.TlsConfig;
import io.headcount.ring.FakeRing;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The TLS port over real sockets, by each library. */
final class TlsIntakeTest {
    @TempDir
    private Path dir;

    private final HttpSettings settings = new HttpSettings();
    private final Telemetry telemetry = new Telemetry();
    private FakeRing ring = FakeRing.settlingAtOnce();
    private HttpIntake intake;
    private InetSocketAddress address;

    @BeforeEach
    void writeCertificate() throws Exception {
        Certificates.write(dir, Certificates.selfSigned("first"));
        settings.tls = Certificates.config(dir);
    }

    private void start(TlsLibrary library) throws IOException {
        intake = new HttpIntake(
                settings.config(),
                HttpSettings.XML,
                HttpSettings.RING,
                settings.quarantine,
                ring,
                new FakeKeeper(),
                () -> null,
                telemetry,
                System::currentTimeMillis,
                10);
        intake.start(Transport.best(), () -> library);
        address = intake.tlsAddress().orElseThrow();
    }

    @AfterEach
    void stop() {
        intake.close();
        assertThat(telemetry.sum(Metric.CONNECTIONS_FAULTED)).as("faults").isZero();
    }

    private void awaitConnections(int open) {
        await().until(() -> intake.openConnections() == open);
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldServeAsOnThePlainPort(TlsLibrary library, String protocol) throws Exception {
        start(library);
        try (Peer peer = new TlsClient(protocol).connect(address)) {
            assertThat(peer.send(postOf("1")).status()).isEqualTo(200);
            assertThat(peer.drip(postOf("2")).status()).isEqualTo(200);
            assertThat(peer.send(post("<Unknown/>")).status()).isEqualTo(422);
            assertThat(peer.send(postOf("3") + postOf("4")).status()).isEqualTo(200);
            assertThat(peer.status()).isEqualTo(200);
            assertThat(peer.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n").status()).isEqualTo(405);
            assertThat(peer.status()).as("ended").isZero();
        }
        awaitConnections(0);
        assertThat(telemetry.sum(Metric.TLS_HANDSHAKES)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldServeANewCertificateUnderLoadAndFailNoPost(TlsLibrary library) throws Exception {
        start(library);
        TlsClient client = new TlsClient();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Peer kept = client.connect(address)) {
            List<Future<Integer>> loads = List.of(
                    threads.submit(() -> postOnOneConnection(stop)),
                    threads.submit(() -> postOnOneConnection(stop)),
                    threads.submit(() -> postOnConnectionsOfTheirOwn(stop)),
                    threads.submit(() -> postOnConnectionsOfTheirOwn(stop)));
            for (String name : List.of("second", "third")) {
                Certificates.write(dir, Certificates.selfSigned(name));
                await().until(() -> subjectServed(), ("CN=" + name)::equals);
            }
            stop.set(true);
            for (Future<Integer> load : loads) {
                assertThat(load.get()).as("posts, all of them answered 200").isPositive();
            }
            assertThat(kept.send(postOf("1")).status())
                    .as("on a connection from before")
                    .isEqualTo(200);
        } finally {
            stop.set(true);
            threads.shutdown();
        }
        assertThat(telemetry.sum(Metric.TLS_RELOADS_DONE)).isEqualTo(2);
        assertThat(telemetry.sum(Metric.TLS_RELOADS_FAILED)).isZero();
    }

    private String subjectServed() throws Exception {
        return new TlsClient().certificateOf(address).getSubjectX500Principal().getName();
    }

    private int postOnOneConnection(AtomicBoolean stop) throws Exception {
        int posts = 0;
        try (Peer peer = new TlsClient().connect(address)) {
            while (!stop.get()) {
                assertThat(peer.send(postOf("2")).status()).isEqualTo(200);
                posts++;
            }
        }
        return posts;
    }

    private int postOnConnectionsOfTheirOwn(AtomicBoolean stop) throws Exception {
        int posts = 0;
        for (; !stop.get(); posts++) {
            try (Peer peer = new TlsClient().connect(address)) {
                assertThat(peer.send(postOf("3")).status()).isEqualTo(200);
            }
        }
        return posts;
    }

    @Test
    void shouldKeepTheCertificateBeforeWhileChangedFilesCanNotWork() throws Exception {
        start(TlsLibrary.best());
        X509Bundle next = Certificates.selfSigned("next");
        Files.writeString(Certificates.certificateIn(dir), next.getCertificatePathPEM()); // and not its key
        await().until(() -> telemetry.sum(Metric.TLS_RELOADS_FAILED) == 1);
        assertThat(subjectServed()).isEqualTo("CN=first");

        Files.delete(Certificates.keyIn(dir));
        await().until(() -> telemetry.sum(Metric.TLS_RELOADS_FAILED) == 2);
        assertThat(subjectServed()).isEqualTo("CN=first");

        Files.writeString(Certificates.keyIn(dir), next.getPrivateKeyPEM());
        await().until(() -> telemetry.sum(Metric.TLS_RELOADS_DONE) == 1);
        assertThat(subjectServed()).isEqualTo("CN=next");
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldServeOnlyClientsWithACertificateOfTheClientCa(TlsLibrary library, String protocol) throws Exception {
        X509Bundle ca = Certificates.selfSigned("cameras");
        X509Bundle otherCa = Certificates.selfSigned("others");
        Path caFile = Files.writeString(dir.resolve("ca.pem"), ca.getCertificatePathPEM());
        settings.tls = Certificates.config(dir, Optional.of(caFile), List.of());
        start(library);
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));

        assertThat(statusFor(client("camera").buildIssuedBy(ca), protocol)).isEqualTo(200);
        assertThat(statusFor(null, protocol)).as("no certificate").isZero();
        assertThat(statusFor(client("camera").buildIssuedBy(otherCa), protocol))
                .as("another CA")
                .isZero();
        assertThat(statusFor(Certificates.selfSigned("camera"), protocol))
                .as("self-signed")
                .isZero();
        assertThat(statusFor(
                        client("camera")
                                .notBefore(yesterday.minusSeconds(60))
                                .notAfter(yesterday)
                                .buildIssuedBy(ca),
                        protocol))
                .as("expired")
                .isZero();
        assertThat(ring.published()).isEqualTo(1);
        assertThat(telemetry.sum(Metric.TLS_FAILED_NO_CERTIFICATE)).isPositive();
        assertThat(telemetry.sum(Metric.TLS_FAILED_UNTRUSTED)).isPositive();
        assertThat(telemetry.sum(Metric.TLS_HANDSHAKES)).isEqualTo(1);
    }

    private static CertificateBuilder client(String name) {
        return Certificates.builder(name, Algorithm.ecp256);
    }

    /** 0: refused. In TLS 1.3 a client learns that only when it reads. */
    private int statusFor(X509Bundle certificate, String protocol) throws Exception {
        try (Peer peer = new TlsClient(certificate, protocol).connect(address)) {
            return peer.send(postOf("1")).status();
        } catch (SSLException | SocketException refused) {
            return 0;
        }
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldRefuseVersionsBeforeTls12(TlsLibrary library) throws Exception {
        start(library);
        for (int minor : new int[] {0, 1, 2}) { // SSL 3.0, TLS 1.0, TLS 1.1
            try (Socket socket = Peer.connected(address, 64 * 1024)) {
                socket.getOutputStream().write(helloOf(minor));
                byte[] answer = socket.getInputStream().readAllBytes();
                assertThat(answer)
                        .as("a fatal alert")
                        .hasSizeGreaterThanOrEqualTo(7)
                        .startsWith(21, 3);
                assertThat(answer[5]).isEqualTo((byte) 2);
            }
        }
        assertThat(telemetry.sum(Metric.TLS_FAILED_MISMATCH)).isEqualTo(3);
        assertThat(telemetry.sum(Metric.TLS_HANDSHAKES)).isZero();
    }

    /** A ClientHello without extensions, of the versions before TLS 1.2 whose second number this is. */
    private static byte[] helloOf(int minor) {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 4 + 2];
        byte[] head = {
            22, 3, (byte) minor, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, (byte) minor
        };
        System.arraycopy(head, 0, hello, 0, head.length);
        byte[] rest = {0, 0, 4, (byte) 0xc0, 0x13, 0, 0x2f, 1, 0
        }; // no session, two ciphers of the time, no compression
        System.arraycopy(rest, 0, hello, hello.length - rest.length, rest.length);
        return hello;
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldServeOldCiphersOnlyWhereTheyAreListed(TlsLibrary library) throws Exception {
        String old = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";
        settings.tls = Certificates.config(dir, Optional.empty(), List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        start(library);
        assertThat(statusWith(old)).isZero();
        assertThat(telemetry.sum(Metric.TLS_FAILED_MISMATCH)).isEqualTo(1);
        intake.close();

        settings.tls = Certificates.config(dir, Optional.empty(), List.of(old));
        start(library);
        assertThat(statusWith(old)).isEqualTo(200);
        assertThat(statusFor(null, "TLSv1.3")).isEqualTo(200);
    }

    private int statusWith(String cipher) throws Exception {
        SSLSocket socket = new TlsClient("TLSv1.2").socket(address);
        socket.setEnabledCipherSuites(new String[] {cipher});
        try (Peer peer = new Peer(socket)) {
            return peer.send(postOf("1")).status();
        } catch (SSLException refused) {
            return 0;
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldServeClientsThatResumeASessionOfTheGatewayBefore(TlsLibrary library, String protocol) throws Exception {
        start(library);
        TlsClient client = new TlsClient(protocol);
        try (Peer peer = client.connect(address)) {
            assertThat(peer.send(postOf("1")).status()).isEqualTo(200);
        }
        intake.close();
        TlsConfig any = settings.tls;
        settings.tls = new TlsConfig(
                true,
                address.getPort(),
                any.certificate(),
                any.key(),
                any.clientCa(),
                any.ciphers(),
                any.handshakeTimeoutMs());
        start(library);
        try (Peer peer = client.connect(address)) {
            assertThat(peer.send(postOf("2")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldNotTakeAPostThatIsCutOffWithoutCloseNotify(TlsLibrary library) throws Exception {
        start(library);
        cutOff(postOf("1").substring(0, 100));
        await().until(() -> telemetry.sum(Metric.POSTS_CUT_OFF) == 1);
        assertThat(ring.published()).isZero();

        cutOff(postOf("1"));
        await().until(() -> ring.published() == 1);
        awaitConnections(0);
        assertThat(telemetry.sum(Metric.POSTS_CUT_OFF)).isEqualTo(1);
    }

    private void cutOff(String text) throws Exception {
        try (Socket socket = Peer.connected(address, 64 * 1024)) {
            SSLSocket tls = new TlsClient().over(socket);
            tls.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {} // until the gateway ends it, too
        }
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldCloseWhoSpeaksPlainHttp(TlsLibrary library) throws Exception {
        start(library);
        try (Peer peer = new Peer(address)) {
            assertThat(peer.send(postOf("1")).answer()).doesNotContain("HTTP");
        }
        await().until(() -> telemetry.sum(Metric.TLS_FAILED_NOT_TLS) == 1);
        assertThat(ring.published()).isZero();
    }
}
