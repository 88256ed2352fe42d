package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.ring.FakeRing;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** An intake over real sockets, whose ring settles every post at once. */
final class SocketIntake implements AutoCloseable {
    static final long NOW_MS = 1_667_807_100_000L;

    final FakeRing ring = FakeRing.settlingAtOnce();
    final Telemetry telemetry = new Telemetry();
    private final HttpIntake intake;
    private final InetSocketAddress address;

    SocketIntake(HttpSettings settings) throws IOException {
        intake = new HttpIntake(
                settings.config(),
                HttpSettings.XML,
                HttpSettings.RING,
                settings.quarantine,
                ring,
                new FakeKeeper(),
                () -> null,
                telemetry,
                () -> NOW_MS,
                10);
        address = intake.start();
    }

    Peer connect() throws IOException {
        return new Peer(address);
    }

    /** Where it speaks TLS. */
    InetSocketAddress tlsAddress() {
        return intake.tlsAddress().orElseThrow();
    }

    /** The statuses of as many answers to what is sent on a new connection; 0 where it was closed instead. */
    List<Integer> statuses(String requests, int answers) throws IOException {
        try (Peer peer = connect()) {
            return statuses(peer.send(requests), answers);
        }
    }

    /** As {@link #statuses}, sent byte by byte. */
    List<Integer> statusesOfDrip(String requests, int answers) throws IOException {
        try (Peer peer = connect()) {
            return statuses(peer.drip(requests), answers);
        }
    }

    private static List<Integer> statuses(Peer peer, int answers) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            statuses.add(peer.status());
        }
        return statuses;
    }

    void awaitConnections(int open) {
        await().until(() -> intake.openConnections() == open);
    }

    @Override
    public void close() {
        intake.close();
        assertThat(telemetry.sum(Metric.CONNECTIONS_FAULTED)).as("faults").isZero();
    }
}
