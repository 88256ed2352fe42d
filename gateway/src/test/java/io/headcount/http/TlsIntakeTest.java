package io.headcount.http;

import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.ring.FakeRing;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
