package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets to the real process, and what {@code tail} prints of its journal, against a model of the ledger. */
class FlowIT {
    private static final long SEED = 20_261_123L;

    @TempDir
    private Path dir;

    @Test
    void shouldJournalTenThousandPostsOfThreeHundredConnectionsAsTheModelDoes() throws Exception {
        List<CameraPost> posts = CameraFleet.posts(SEED, 10_000, Instant.now().getEpochSecond());
        CameraFleet fleet = new CameraFleet();

        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            fleet.send(posts, 300, gateway.httpPort());
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }

        assertThat(fleet.otherStatuses()).isEmpty();
        assertThat(fleet.unanswered()).isEmpty();
        JournalTable journal = JournalTable.read(dir.resolve("journal"));
        assertThat(JournalTable.greatest(journal.rows())).isEqualTo(JournalTable.greatest(posts));
        assertThat(journal.fingerprints()).doesNotHaveDuplicates();
        assertThat(journal.sequences())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, journal.rows().size()).boxed().toList());
    }

    @Test
    void shouldHaveEveryAcknowledgedPostOnceAfterBeingKilledAndStartedAgain() throws Exception {
        List<CameraPost> posts =
                CameraFleet.posts(SEED + 1, 10_000, Instant.now().getEpochSecond());
        CameraFleet before = new CameraFleet();
        CameraFleet after = new CameraFleet();

        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            Thread sending = new Thread(() -> sendQuietly(before, posts, gateway.httpPort()));
            sending.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> before.acknowledgedSoFar() > 2_000);
            gateway.kill();
            sending.join();
        }
        assertThat(before.unanswered()).isNotEmpty();
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            after.send(before.unanswered(), 300, gateway.httpPort());
        }

        JournalTable journal = JournalTable.read(dir.resolve("journal"));
        assertThat(JournalTable.greatest(journal.rows())).isEqualTo(JournalTable.greatest(posts));
        assertThat(journal.fingerprints()).doesNotHaveDuplicates();
        assertThat(GatewayProcess.run(
                                "verify", "--journal", dir.resolve("journal").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void shouldLoseNothingThatWasAcknowledgedBeforeAKill() throws Exception {
        List<CameraPost> posts =
                CameraFleet.posts(SEED + 2, 10_000, Instant.now().getEpochSecond());
        CameraFleet fleet = new CameraFleet();

        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            Thread sending = new Thread(() -> sendQuietly(fleet, posts, gateway.httpPort()));
            sending.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> fleet.acknowledgedSoFar() > 3_000);
            gateway.kill();
            sending.join();
        }

        var table =
                JournalTable.greatest(JournalTable.read(dir.resolve("journal")).rows());
        assertThat(fleet.acknowledged())
                .allSatisfy(
                        post -> assertThat(post.replaces(table.get(post.key()))).isFalse());
    }

    private static void sendQuietly(CameraFleet fleet, List<CameraPost> posts, int port) {
        try {
            fleet.send(posts, 300, port);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
