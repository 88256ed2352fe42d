package io.headcount.http;

import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A TLS connection's bytes one by one, with a clock moved by hand. */
final class EmbeddedTlsTest {
    /** Application data that nobody has encrypted. */
    private static final byte[] ANY_RECORD = {23, 3, 3, 0, 17, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
    };

    @TempDir
    private static Path dir;

    private EmbeddedTls tls;

    @BeforeAll
    static void writeCertificate() throws Exception {
        Certificates.write(dir, Certificates.selfSigned("gateway"));
    }

    private void begin(TlsLibrary library, String protocol) throws SSLException {
        tls = new EmbeddedTls(dir, library, protocol);
    }

    @AfterEach
    void close() {
        tls.close();
        assertThat(tls.counted(Metric.CONNECTIONS_FAULTED)).as("faults").isZero();
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldServeHoweverBytesAreCut(TlsLibrary library, String protocol) throws SSLException {
        for (int segment : new int[] {1, 5, 1000, 100_000}) {
            begin(library, protocol);
            tls.inSegmentsOf(segment);
            tls.send(postOf("1") + postOf("2") + post("<Unknown/>")).settle();
            tls.send(postOf("3")).settle();

            assertThat(tls.statuses()).containsExactly(200, 200, 422, 200);
            assertThat(tls.isOpen()).isTrue();
            assertThat(tls.counted(Metric.TLS_HANDSHAKES)).isEqualTo(1);
            tls.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldCloseHandshakeThatIsNotDoneInTime(TlsLibrary library) throws SSLException {
        byte[] hello = hello(library);
        for (int sent : new int[] {0, 1, 5, hello.length / 2, hello.length}) {
            begin(library, "TLSv1.3");
            for (int i = 0; i < sent; i++) { // bytes do not extend it
                tls.gateway.send(new byte[] {hello[i]}).pass(9_000 / sent);
            }
            tls.gateway.pass(9_999 - (sent == 0 ? 0 : 9_000 / sent * sent));
            assertThat(tls.isOpen()).as("after %d bytes", sent).isTrue();

            tls.gateway.pass(1);
            assertThat(tls.isOpen()).as("after %d bytes", sent).isFalse();
            assertThat(tls.counted(Metric.TLS_FAILED_TIMEOUT)).isEqualTo(1);
            tls.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldReadAHelloThatComesInRecordsOfOneByte(TlsLibrary library) throws SSLException {
        byte[] hello = hello(library);
        begin(library, "TLSv1.3");
        EmbeddedTls.drain(tls.client);
        for (int i = 5; i < hello.length; i++) {
            tls.gateway.send(new byte[] {hello[0], hello[1], hello[2], 0, 1, hello[i]});
        }
        byte[] answer = EmbeddedTls.drain(tls.gateway.channel);

        assertThat(answer).as("a handshake or a fatal alert, and no fault").hasSizeGreaterThan(6);
        assertThat(answer[0]).isBetween((byte) 21, (byte) 22);
    }

    private byte[] hello(TlsLibrary library) throws SSLException {
        begin(library, "TLSv1.3");
        byte[] hello = EmbeddedTls.drain(tls.client);
        tls.close();
        return hello;
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldBeginHeaderTimeoutAfterTheHandshake(TlsLibrary library) throws SSLException {
        begin(library, "TLSv1.3");
        tls.gateway.pass(9_999);
        tls.exchange();
        assertThat(tls.counted(Metric.TLS_HANDSHAKES)).isEqualTo(1);
        tls.pass(9_999);
        assertThat(tls.isOpen()).isTrue();

        tls.pass(1);
        assertThat(tls.isOpen()).isFalse();
        assertThat(tls.counted(Metric.CONNECTIONS_IDLE)).isEqualTo(1);
        assertThat(tls.closeNotified()).isTrue();
        assertThat(tls.counted(Metric.TLS_FAILED_TIMEOUT)).isZero();
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldReadNoFurtherWhilePostIsSettled(TlsLibrary library) throws SSLException {
        begin(library, "TLSv1.3");
        tls.send(postOf("1"));
        assertThat(reads()).isTrue();
        tls.send(postOf("2").substring(0, 1));
        assertThat(reads()).isFalse();

        tls.settle();
        assertThat(reads()).isTrue();
        tls.send(postOf("2").substring(1)).settle();
        assertThat(tls.statuses()).containsExactly(200, 200);
    }

    private boolean reads() {
        return tls.gateway.channel.config().isAutoRead();
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldSayThatItHasSentAllBeforeItCloses(TlsLibrary library, String protocol) throws SSLException {
        begin(library, protocol);
        tls.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");

        assertThat(tls.statuses()).containsExactly(405);
        assertThat(tls.isOpen()).isFalse();
        assertThat(tls.closeNotified()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldTakeCloseNotifyForTheEnd(TlsLibrary library, String protocol) throws SSLException {
        begin(library, protocol);
        tls.send(postOf("1").substring(0, 100));
        tls.tls.closeOutbound();
        tls.exchange();

        assertThat(tls.isOpen()).isFalse();
        assertThat(tls.counted(Metric.POSTS_CUT_OFF)).isEqualTo(1);
        assertThat(tls.gateway.ring.published()).isZero();
        assertThat(tls.counted(Metric.TLS_BROKEN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void shouldKeepPostsInFrontOfCloseNotify(TlsLibrary library, String protocol) throws SSLException {
        begin(library, protocol);
        tls.exchange();
        tls.client.writeOutbound(EmbeddedIntake.bytes(postOf("1") + postOf("2")));
        tls.tls.closeOutbound();
        tls.exchange().settle();

        assertThat(tls.gateway.ring.published()).isEqualTo(2);
        assertThat(tls.isOpen()).isFalse();
        assertThat(tls.counted(Metric.POSTS_CUT_OFF)).isZero();
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldRefuseRenegotiation(TlsLibrary library) throws SSLException {
        begin(library, "TLSv1.2");
        tls.send(postOf("1")).settle();
        tls.tls.renegotiate();
        tls.exchange();

        assertBroken();
        assertThat(tls.counted(Metric.TLS_HANDSHAKES)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldEndFloodOfFreshKeys(TlsLibrary library) throws SSLException {
        begin(library, "TLSv1.3");
        tls.send(postOf("1")).settle();
        for (int i = 0; i < 10_000 && tls.isOpen() && !tls.alerted(); i++) {
            tls.tls.engine().beginHandshake();
            tls.client.flush();
            tls.exchange();
        }

        assertBroken();
    }

    @ParameterizedTest
    @EnumSource(TlsLibrary.class)
    void shouldEndConnectionWithAForgedRecord(TlsLibrary library) throws SSLException {
        begin(library, "TLSv1.3");
        tls.send(postOf("1")).settle();
        tls.client.writeOutbound(EmbeddedIntake.bytes(postOf("2")));
        byte[] record = EmbeddedTls.drain(tls.client);
        record[record.length - 1] ^= 1;
        tls.gateway.send(record);
        tls.exchange();

        assertBroken();
        assertThat(tls.gateway.ring.published()).isEqualTo(1);
    }

    /** BoringSSL tells the peer first, and fails when more comes; else the connection's deadline ends it. */
    private void assertBroken() {
        assertThat(tls.alerted() || !tls.isOpen()).isTrue();
        tls.gateway.send(ANY_RECORD);

        assertThat(tls.isOpen()).isFalse();
        assertThat(tls.counted(Metric.TLS_BROKEN)).isEqualTo(1);
    }
}
