package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headcount.model.RefusalReason;
import io.headcount.ring.FakeRing;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The intake over real sockets. */
final class HttpIntakeTest {
    private final HttpSettings settings = new HttpSettings();
    private final Telemetry telemetry = new Telemetry();
    private final FakeKeeper bodies = new FakeKeeper();
    private FakeRing ring = FakeRing.settlingAtOnce();
    private HttpIntake intake;
    private InetSocketAddress address;

    private void start() throws IOException {
        start(Transport.best());
    }

    private void start(Transport transport) throws IOException {
        intake = newIntake(settings);
        address = intake.start(transport);
    }

    private HttpIntake newIntake(HttpSettings with) {
        return new HttpIntake(
                with.config(),
                HttpSettings.XML,
                HttpSettings.RING,
                with.quarantine,
                ring,
                bodies,
                () -> null,
                telemetry,
                System::currentTimeMillis,
                10);
    }

    @AfterEach
    void stop() {
        intake.close();
        assertThat(telemetry.sum(Metric.CONNECTIONS_FAULTED)).as("faults").isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldServeByEpollAndByTheJdk(boolean epoll) throws IOException {
        start(epoll ? Transport.best() : Transport.nio());
        try (Peer peer = new Peer(address)) {
            assertThat(peer.send(postOf("1")).status()).isEqualTo(200);
            assertThat(peer.drip(postOf("2")).status()).isEqualTo(200);
            assertThat(peer.send(post("<Unknown/>")).status()).isEqualTo(422);
            assertThat(peer.send(postOf("3")).endOutput().status()).isEqualTo(200);
            assertThat(peer.status()).as("ended").isZero();
        }
        awaitConnections(0);
    }

    private static String lastPostOf(String device) {
        return postOf(device).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseAtOnceWhenThePeerAskedForItAndNothingComesBehind(boolean epoll) throws IOException {
        settings.lingerTimeoutMs = 60_000;
        start(epoll ? Transport.best() : Transport.nio());
        try (Peer peer = new Peer(address)) {
            assertThat(peer.send(lastPostOf("1")).status()).isEqualTo(200);
            awaitConnections(0);
            assertThat(peer.status()).as("ended").isZero();
        }
    }

    @Test
    void shouldLingerWhenSomethingStandsBehindTheLastRequest() throws IOException {
        settings.lingerTimeoutMs = 60_000;
        start();
        try (Peer peer = new Peer(address)) {
            assertThat(peer.send(lastPostOf("1") + postOf("2")).status()).isEqualTo(200);
            assertThat(peer.status()).as("ended").isZero();
            assertThat(intake.openConnections()).isEqualTo(1);
        }
        awaitConnections(0);
        assertThat(ring.published()).isEqualTo(1);
    }

    @Test
    void shouldAnswerManyPipelinedPostsInOrder() throws IOException {
        start();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            all.append(i % 2 == 0 ? postOf("1") : post("<Unknown/>"));
        }
        try (Peer peer = new Peer(address)) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    peer.send(all.toString()).endOutput();
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            });
            for (int i = 0; i < 1_000; i++) {
                assertThat(peer.status()).isEqualTo(i % 2 == 0 ? 200 : 422);
            }
            assertThat(peer.status()).isZero();
            sender.join();
        }
    }

    @Test
    void shouldTakeLargePost() throws IOException {
        settings.maxBodyBytes = 1024 * 1024;
        start();
        try (Peer peer = new Peer(address)) {
            peer.send(post(DOCUMENT.replace("<Properties>", "<x/>".repeat(14_000) + "<Properties>")));

            assertThat(peer.status()).isEqualTo(200);
        }
        assertThat(telemetry.sum(Metric.BODY_BYTES)).isGreaterThan(56_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotAnswerPostThatIsCutOff(boolean epoll) throws IOException {
        start(epoll ? Transport.best() : Transport.nio());
        try (Peer peer = new Peer(address)) {
            peer.send(postOf("1").substring(0, 100)).endOutput();

            assertThat(peer.status()).isZero();
        }
        awaitConnections(0);
        assertThat(telemetry.sum(Metric.POSTS_CUT_OFF)).isEqualTo(1);
        assertThat(ring.published()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldForgetPostWhoseConnectionIsReset(boolean epoll) throws IOException {
        start(epoll ? Transport.best() : Transport.nio());
        try (Peer peer = new Peer(address)) {
            peer.send(postOf("1").substring(0, 100));
            awaitConnections(1);
            peer.reset();
        }
        awaitConnections(0);
        assertThat(ring.published()).isZero();
        assertThat(telemetry.sum(Metric.CONNECTIONS_FAULTED)).isZero();
    }

    @Test
    void shouldSettlePostWhosePeerResetsBeforeTheAnswer() throws IOException {
        ring = new FakeRing();
        start();
        try (Peer peer = new Peer(address)) {
            peer.send(postOf("1"));
            await().until(() -> ring.published() == 1);
            peer.reset();
        }
        awaitConnections(0);
        ring.settle(true);
        assertThat(telemetry.sum(Metric.POSTS_UNANSWERED)).isEqualTo(1);
    }

    @Test
    void shouldAnswerHeldPostsWhosePeerHasEnded() throws IOException {
        ring = new FakeRing();
        start();
        try (Peer peer = new Peer(address)) {
            peer.send(postOf("1"));
            await().until(() -> ring.published() == 1);
            peer.send(postOf("2") + postOf("3")).endOutput();
            CompletableFuture<Void> settler = CompletableFuture.runAsync(() -> {
                await().pollInSameThread().until(() -> {
                    ring.settle(true);
                    return ring.published() == 3 && ring.devices().isEmpty();
                });
            });

            assertThat(List.of(peer.status(), peer.status(), peer.status(), peer.status()))
                    .containsExactly(200, 200, 200, 0);
            settler.join();
        }
    }

    @Test
    void shouldDeliverLastAnswerAlthoughMoreIsSent() throws IOException {
        start();
        try (Peer peer = new Peer(address)) {
            peer.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n" + "x".repeat(100_000));
            peer.send("y".repeat(100_000));

            assertThat(peer.status()).isEqualTo(405);
            assertThat(peer.status()).isZero();
        }
    }

    @Test
    void shouldNotLingerForEver() throws IOException {
        start();
        try (Peer peer = new Peer(address)) {
            peer.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");

            assertThat(peer.status()).isEqualTo(405);
            awaitConnections(0);
        }
    }

    @Test
    void shouldNotReadEverythingAfterTheLastAnswer() throws IOException {
        start();
        try (Peer peer = new Peer(address)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            peer.send("GET / HTTP/1.1\r\n\r\n" + "x".repeat(100_000));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        awaitConnections(0);
    }

    @Test
    void shouldCloseConnectionWhoseAnswersAreNotRead() throws IOException {
        settings.paths = List.of("/data");
        settings.replyTimeoutMs = 100;
        start();
        try (Peer peer = new Peer(address, 4 * 1024)) {
            String requests = "POST /wrong HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\n\r\n".repeat(1_000);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            peer.send(requests);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().until(() -> telemetry.sum(Metric.CONNECTIONS_UNREAD) == 1);
        awaitConnections(0);
    }

    @Test
    void shouldServeConnectionWhoseAnswersAreReadLate() throws Exception {
        settings.paths = List.of("/data");
        start();
        int requests = 20_000;
        try (Peer peer = new Peer(address, 4 * 1024)) {
            CompletableFuture<Peer> sender = CompletableFuture.supplyAsync(() -> {
                try {
                    return peer.send("POST /wrong HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\n\r\n".repeat(requests));
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            });
            await().until(() -> telemetry.refusals(RefusalReason.PATH) > 100);
            for (int i = 0; i < requests; i++) {
                assertThat(peer.status()).isEqualTo(404);
            }
            sender.get();
            assertThat(peer.send(postOf("1")).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldTurnAwayConnectionsOverTheTotal() throws IOException {
        settings.maxConnections = 2;
        start();
        try (Peer first = new Peer(address);
                Peer second = new Peer(address)) {
            awaitConnections(2);
            assertTurnedAway();
            assertThat(telemetry.sum(Metric.CONNECTIONS_OVER_TOTAL)).isEqualTo(1);
            assertThat(second.send(postOf("2")).status()).isEqualTo(200);
            first.hangUp();
            awaitConnections(1);
            try (Peer third = new Peer(address)) {
                assertThat(third.send(postOf("3")).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldTurnAwayConnectionsOverTheAddressesBound() throws IOException {
        settings.maxConnectionsPerAddress = 1;
        start();
        try (Peer first = new Peer(address)) {
            awaitConnections(1);
            assertTurnedAway();
            assertThat(telemetry.sum(Metric.CONNECTIONS_OVER_ADDRESS)).isEqualTo(1);
            assertThat(first.send(postOf("1")).status()).isEqualTo(200);
        }
    }

    private void assertTurnedAway() throws IOException {
        try (Peer oneTooMany = new Peer(address)) {
            assertThat(oneTooMany.status()).isZero();
        }
    }

    @Test
    void shouldServeBurstOfConnections() throws Exception {
        start();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            peers.add(new Peer(address).send(postOf(String.valueOf(i))));
        }
        for (Peer peer : peers) {
            assertThat(peer.status()).isEqualTo(200);
            peer.hangUp();
        }
        awaitConnections(0);
        assertThat(telemetry.sum(Metric.CONNECTIONS_CLOSED)).isEqualTo(500);
    }

    @Test
    void shouldNameTheKeyWhenPortIsTaken() throws IOException {
        start();
        HttpSettings same = new HttpSettings();
        same.port = address.getPort();
        try (HttpIntake second = newIntake(same)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessage("http.port: " + address.getPort() + " is in use");
        }
    }

    @Test
    void shouldDrain() throws IOException {
        ring = new FakeRing();
        start();
        try (Peer idle = new Peer(address);
                Peer inFlight = new Peer(address);
                Peer late = new Peer(address)) {
            inFlight.send(postOf("1"));
            late.send(postOf("2").substring(0, 10));
            awaitConnections(3);
            await().until(() -> ring.published() == 1);
            intake.stopAccepting();
            assertThatThrownBy(() -> new Peer(address)).isInstanceOf(ConnectException.class);
            assertThat(intake.drain(50)).as("nothing is settled yet").isFalse();

            assertThat(idle.status()).as("idle connection").isZero();
            ring.settle(true);
            assertThat(inFlight.answer()).startsWith("HTTP/1.1 200 ").contains("Connection: close\r\n");
            assertThat(late.send(postOf("2").substring(10)).status()).isEqualTo(503);
            inFlight.hangUp();
            late.hangUp();
            assertThat(intake.drain(10_000)).isTrue();
        }
        awaitConnections(0);
    }

    @Test
    void shouldNameItsThreads() throws IOException {
        start();
        try (Peer one = new Peer(address);
                Peer two = new Peer(address)) {
            one.send(postOf("1")).status();
            two.send(postOf("2")).status();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("hc-http-0", "hc-http-1", "hc-accept-0");
        }
    }

    private void awaitConnections(int open) {
        await().until(() -> intake.openConnections() == open);
    }
}
