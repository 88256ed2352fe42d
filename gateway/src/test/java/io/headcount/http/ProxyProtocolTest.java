package io.headcount.http;

import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headcount.config.AccessConfig;
import io.headcount.config.AddressRange;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Connections of load balancers, which tell whom they speak for. Only 192.0.2.0/24 and 2001:db8::/32 may post. */
final class ProxyProtocolTest {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String PORTS = text(0xff, 0xfe, 0x1f, 0x90);
    private static final String IPV4_ALLOWED = text(192, 0, 2, 7);
    private static final String IPV4_OTHER = text(198, 51, 100, 1);
    private static final String IPV6_ALLOWED = text(0x20, 0x01, 0x0d, 0xb8) + "\0".repeat(11) + text(1);
    private static final String IPV6_OTHER = text(0x20, 0x01, 0x0d, 0xb9) + "\0".repeat(11) + text(1);
    private static final String IPV4_MAPPED = "\0".repeat(10) + text(0xff, 0xff) + IPV4_ALLOWED;
    private static final String UNIX = "/run/socket" + "\0".repeat(216 - 11);

    private final HttpSettings settings = new HttpSettings();

    private SocketIntake start(String proxies, String... allow) throws IOException {
        return start(Optional.empty(), proxies, allow);
    }

    private SocketIntake start(Optional<Path> tokens, String proxies, String... allow) throws IOException {
        List<AddressRange> allowed = allow.length == 0 ? List.of() : AccessTest.ranges(allow);
        settings.access = new AccessConfig(tokens, allowed, AccessTest.ranges(proxies), 0, 1, 1);
        return new SocketIntake(settings);
    }

    /** Bytes, a character each. */
    private static String text(int... bytes) {
        return new String(bytes, 0, bytes.length);
    }

    private static String v1(String client) {
        return "PROXY " + (client.contains(":") ? "TCP6 " + client + " ::1" : "TCP4 " + client + " 10.0.0.1")
                + " 4711 8080\r\n";
    }

    private static String v2(int command, int family, String addresses) {
        int length = addresses.length();
        return SIGNATURE
                + (char) (0x20 | command)
                + (char) family
                + (char) (length >> 8)
                + (char) (length & 0xff)
                + addresses;
    }

    private static String v2Tcp4(String client) {
        return v2(1, 0x11, client + IPV4_OTHER + PORTS);
    }

    private static String v2Tcp6(String client) {
        return v2(1, 0x21, client + IPV6_OTHER + PORTS);
    }

    private static String tlv(int type, int length) {
        return "" + (char) type + (char) (length >> 8) + (char) (length & 0xff) + "v".repeat(length);
    }

    // headers

    static Stream<Arguments> goodHeaders() {
        return Stream.of(
                Arguments.of("v1 TCP4", v1("192.0.2.7"), 200),
                Arguments.of("v1 TCP4, not allowed", v1("198.51.100.1"), 403),
                Arguments.of("v1 TCP6", v1("2001:db8::1"), 200),
                Arguments.of("v1 TCP6, not allowed", v1("2001:db9::1"), 403),
                Arguments.of("v1 TCP6 of an IPv4 address", v1("::ffff:192.0.2.7"), 200),
                Arguments.of("v1 UNKNOWN", "PROXY UNKNOWN\r\n", 403),
                Arguments.of("v1 UNKNOWN with addresses", "PROXY UNKNOWN 192.0.2.7 192.0.2.8 1 2\r\n", 403),
                Arguments.of("v2 TCP4", v2Tcp4(IPV4_ALLOWED), 200),
                Arguments.of("v2 TCP4, not allowed", v2Tcp4(IPV4_OTHER), 403),
                Arguments.of("v2 TCP6", v2Tcp6(IPV6_ALLOWED), 200),
                Arguments.of("v2 TCP6, not allowed", v2Tcp6(IPV6_OTHER), 403),
                Arguments.of("v2 TCP6 of an IPv4 address", v2Tcp6(IPV4_MAPPED), 200),
                Arguments.of(
                        "v2 with more behind the addresses",
                        v2(1, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS + tlv(0xea, 40) + tlv(0x02, 255) + tlv(0x20, 5)),
                        200),
                Arguments.of(
                        "v2 with much more behind the addresses",
                        v2(1, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS + tlv(0xea, 4093)),
                        200),
                Arguments.of("v2 LOCAL", v2(0, 0, ""), 403),
                Arguments.of("v2 LOCAL with addresses", v2(0, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS), 403),
                Arguments.of("v2 of no family", v2(1, 0, IPV4_ALLOWED), 403),
                Arguments.of("v2 of a local socket", v2(1, 0x31, UNIX), 403));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("goodHeaders")
    void shouldTakeTheAddressFromTheHeader(String name, String header, int status) throws IOException {
        String requests = header + postOf("1") + postOf("2");
        try (SocketIntake intake = start("127.0.0.1", "192.0.2.0/24", "2001:db8::/32")) {
            assertThat(intake.statuses(requests, 2)).as("whole").containsExactly(status, status);
            assertThat(intake.statusesOfDrip(requests, 2)).as("bytewise").containsExactly(status, status);
            try (Peer peer = intake.connect()) {
                assertThat(peer.send(header).send(postOf("1")).status()).isEqualTo(status);
                assertThat(peer.send(postOf("1")).status())
                        .as("the next request")
                        .isEqualTo(status);
            }
            intake.awaitConnections(0);
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_WITHOUT_PROXY_HEADER))
                    .isZero();
            assertThat(intake.ring.published()).isEqualTo(status == 200 ? 6 : 0);
        }
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                Arguments.of("none", postOf("1")),
                Arguments.of("v1 TCP6 with a zone", v1("fe80::1%eth0")),
                Arguments.of("a word other than PROXY", "PROXI TCP4 192.0.2.7 10.0.0.1 1 2\r\n"),
                Arguments.of("no family", "PROXY \r\n"),
                Arguments.of("an unknown family", "PROXY UDP4 192.0.2.7 10.0.0.1 1 2\r\n"),
                Arguments.of("a host name", "PROXY TCP4 localhost 10.0.0.1 1 2\r\n"),
                Arguments.of("an address of the other family", "PROXY TCP4 2001:db8::1 ::1 1 2\r\n"),
                Arguments.of("no ports", "PROXY TCP4 192.0.2.7 10.0.0.1\r\n"),
                Arguments.of("a port of letters", "PROXY TCP4 192.0.2.7 10.0.0.1 http 2\r\n"),
                Arguments.of("a port beyond", "PROXY TCP4 192.0.2.7 10.0.0.1 65536 2\r\n"),
                Arguments.of("a line too long", "PROXY UNKNOWN " + "x".repeat(200) + "\r\n"),
                Arguments.of("a line without end", "PROXY UNKNOWN " + "x".repeat(200)),
                Arguments.of("a line that ends in LF", v1("192.0.2.7").replace("\r\n", "\n") + "x".repeat(200)),
                Arguments.of("version 1 in binary", SIGNATURE + text(0x11, 0x11, 0, 12) + "\0".repeat(12)),
                Arguments.of("version 3", SIGNATURE + text(0x31, 0x11, 0, 12) + "\0".repeat(12)),
                Arguments.of("version 15", SIGNATURE + text(0xff, 0x11, 0, 12) + "\0".repeat(12)),
                Arguments.of("an unknown command", v2(2, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS)),
                Arguments.of("an unknown family in binary", v2(1, 0x51, IPV4_ALLOWED + IPV4_OTHER + PORTS)),
                Arguments.of("addresses too short", v2(1, 0x11, IPV4_ALLOWED)),
                Arguments.of("IPv6 addresses too short", v2(1, 0x21, IPV6_ALLOWED)),
                Arguments.of("a socket's name too short", v2(1, 0x31, "/run")),
                Arguments.of(
                        "more behind the addresses than allowed",
                        v2(1, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS + tlv(0xea, 5000))),
                Arguments.of(
                        "more behind the addresses than there is",
                        v2(1, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS + tlv(0xea, 9) + text(0xea, 1, 0) + "abc")),
                Arguments.of(
                        "a field of TLS that is too short",
                        v2(1, 0x11, IPV4_ALLOWED + IPV4_OTHER + PORTS + tlv(0xea, 9) + tlv(0x20, 3))),
                Arguments.of(
                        "a TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "x".repeat(500)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHeaders")
    void shouldCloseConnectionsOfProxiesThatBeginOtherwise(String name, String begin) throws IOException {
        try (SocketIntake intake = start("127.0.0.1")) {
            assertThat(closedAfter(intake, begin + postOf("1"), false))
                    .as("whole")
                    .isTrue();
            assertThat(closedAfter(intake, begin + postOf("1"), true))
                    .as("bytewise")
                    .isTrue();
            intake.awaitConnections(0);
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_WITHOUT_PROXY_HEADER))
                    .isEqualTo(2);
            assertThat(intake.ring.published()).isZero();
        }
    }

    /** Whether the connection ends without an answer; it may be reset while we still send. */
    private static boolean closedAfter(SocketIntake intake, String bytes, boolean drip) throws IOException {
        try (Peer peer = intake.connect()) {
            return (drip ? peer.drip(bytes) : peer.send(bytes)).status() == 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void shouldCloseConnectionsOfProxiesThatStaySilent() throws IOException {
        settings.headerTimeoutMs = 100;
        try (SocketIntake intake = start("127.0.0.1");
                Peer silent = intake.connect();
                Peer slow = intake.connect()) {
            slow.send(v1("192.0.2.7").substring(0, 20));
            assertThat(silent.status()).isZero();
            assertThat(slow.status()).isZero();
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_WITHOUT_PROXY_HEADER))
                    .isEqualTo(2);
        }
    }

    @Test
    void shouldNotCountProxiesThatOnlyLookWhetherWeListen() throws IOException {
        try (SocketIntake intake = start("127.0.0.1")) {
            intake.connect().hangUp();
            intake.connect().reset();
            try (Peer polite = intake.connect()) {
                assertThat(polite.endOutput().status()).isZero();
            }
            try (Peer local = intake.connect()) {
                assertThat(local.send(v2(0, 0, "")).endOutput().status()).isZero();
            }
            await().until(() -> intake.telemetry.sum(Metric.CONNECTIONS_CLOSED) == 4);
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_WITHOUT_PROXY_HEADER))
                    .isZero();
        }
    }

    @Test
    void shouldTakeOneHeaderOnly() throws IOException {
        try (SocketIntake intake = start("127.0.0.1")) {
            assertThat(intake.statuses(v1("192.0.2.7") + v1("192.0.2.8") + postOf("1"), 2))
                    .containsExactly(400, 0);
        }
    }

    @Test
    void shouldNotTakeHeadersOfOthers() throws IOException {
        try (SocketIntake intake = start("10.0.0.0/8")) {
            for (String header : List.of(v1("192.0.2.7"), v2Tcp4(IPV4_ALLOWED), v2(0, 0, ""))) {
                assertThat(intake.statuses(header + postOf("1"), 2)).containsExactly(400, 0);
                assertThat(intake.statusesOfDrip(header, 2)).containsExactly(400, 0);
            }
            assertThat(intake.statuses(postOf("1"), 1)).containsExactly(200);
        }
    }

    @Test
    void shouldTakeTheHeaderInFrontOfTls(@TempDir Path dir) throws Exception {
        Certificates.write(dir, Certificates.selfSigned("gateway"));
        settings.tls = Certificates.config(dir);
        try (SocketIntake intake = start("127.0.0.1", "192.0.2.0/24")) {
            assertThat(statusesOverTls(intake, v1("192.0.2.7"))).containsExactly(200, 200);
            assertThat(statusesOverTls(intake, v2Tcp4(IPV4_OTHER))).containsExactly(403, 403);
            assertThat(statusesOverTls(intake, v2(0, 0, ""))).containsExactly(403, 403);
            assertThatThrownBy(() -> statusesOverTls(intake, "")).isInstanceOf(IOException.class);
            intake.awaitConnections(0);
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_WITHOUT_PROXY_HEADER))
                    .isEqualTo(1);
            assertThat(intake.telemetry.sum(Metric.TLS_HANDSHAKES)).isEqualTo(3);
        }
    }

    private static List<Integer> statusesOverTls(SocketIntake intake, String header) throws Exception {
        try (Socket plain = Peer.connected(intake.tlsAddress(), 64 * 1024)) {
            plain.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
            SSLSocket tls = new TlsClient().over(plain);
            tls.startHandshake();
            try (Peer peer = new Peer(tls)) {
                return List.of(
                        peer.send(postOf("1")).status(), peer.send(postOf("2")).status());
            }
        }
    }

    // what the address counts for

    @Test
    void shouldBoundConnectionsOfEachClient() throws IOException {
        settings.maxConnectionsPerAddress = 1;
        try (SocketIntake intake = start("127.0.0.1");
                Peer one = intake.connect();
                Peer two = intake.connect();
                Peer local = intake.connect();
                Peer another = intake.connect()) {
            assertThat(one.send(v1("192.0.2.1") + postOf("1")).status()).isEqualTo(200);
            assertThat(two.send(v1("192.0.2.2") + postOf("2")).status()).isEqualTo(200);
            assertThat(local.send("PROXY UNKNOWN\r\n" + postOf("3")).status()).isEqualTo(200);
            assertThat(another.send("PROXY UNKNOWN\r\n" + postOf("3")).status()).isEqualTo(200);
            assertThat(closedAfter(intake, v1("192.0.2.1") + postOf("1"), false))
                    .isTrue();
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_OVER_ADDRESS)).isEqualTo(1);
            assertThat(intake.ring.published()).isEqualTo(4);

            one.hangUp();
            intake.awaitConnections(3);
            assertThat(intake.statuses(v1("192.0.2.1") + postOf("1"), 1)).containsExactly(200);
        }
    }

    @Test
    void shouldBoundConnectionsOfAnIpv6Network() throws IOException {
        settings.maxConnectionsPerAddress = 1;
        try (SocketIntake intake = start("127.0.0.1");
                Peer one = intake.connect();
                Peer two = intake.connect()) {
            assertThat(one.send(v1("2001:db8:1:1::1") + postOf("1")).status()).isEqualTo(200);
            assertThat(two.send(v1("2001:db8:1:2::1") + postOf("1")).status()).isEqualTo(200);
            assertThat(closedAfter(intake, v1("2001:db8:1:1:ffff::2") + postOf("1"), false))
                    .isTrue();
        }
    }

    @Test
    void shouldBoundConnectionsOfProxiesInAll() throws IOException {
        settings.maxConnections = 1;
        try (SocketIntake intake = start("127.0.0.1");
                Peer one = intake.connect()) {
            assertThat(one.send(v1("192.0.2.1") + postOf("1")).status()).isEqualTo(200);
            assertThat(closedAfter(intake, v1("192.0.2.2") + postOf("1"), false))
                    .isTrue();
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_OVER_TOTAL)).isEqualTo(1);
        }
    }

    @Test
    void shouldCountGuessesForTheClient(@TempDir Path dir) throws IOException {
        Path tokens = Secrets.write(dir.resolve("tokens"), "token-for-everything *");
        try (SocketIntake intake = start(Optional.of(tokens), "127.0.0.1")) {
            List<Integer> guesses =
                    intake.statuses(v1("192.0.2.1") + postOf("1").repeat(100), 100);
            assertThat(guesses).startsWith(403).contains(429);
            int others = 0;
            for (int i = 2; i < 12; i++) { // two may share an entry of the table by chance
                others += intake.statuses(v1("192.0.2." + i) + postOf("1"), 1).contains(403) ? 1 : 0;
            }
            assertThat(others).isGreaterThan(7);
        }
    }

    @Test
    void shouldLogTheClient() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
        try (SocketIntake intake = start("127.0.0.1")) {
            assertThat(intake.statuses(v1("192.0.2.7") + Requests.post("<x/>"), 1))
                    .containsExactly(422);
            assertThat(intake.statuses("PROXY UNKNOWN\r\n" + Requests.post("<x/>"), 1))
                    .containsExactly(422);
            assertThat(intake.telemetry.refusals(RefusalReason.UNKNOWN_ROOT)).isEqualTo(2);
        } finally {
            logger.detachAppender(lines);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "refused reason=unknown-root field=- peer=192.0.2.7",
                        "refused reason=unknown-root field=- peer=127.0.0.1");
    }
}
