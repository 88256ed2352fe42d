package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's hand in the journal's directory while the gateway appends to it. */
class LostFilesIT {
    @TempDir
    private Path dir;

    private interface Hand {
        void on(Path journal, Path file) throws IOException;
    }

    @Test
    void shouldStopWhenTheFileIsDeleted() throws Exception {
        stopsBecauseOf((journal, file) -> Files.delete(file), "is gone");
    }

    @Test
    void shouldStopWhenTheDirectoryIsMoved() throws Exception {
        stopsBecauseOf((journal, file) -> Files.move(journal, journal.resolveSibling("elsewhere")), "is gone");
    }

    @Test
    void shouldStopWhenTheFileIsTruncated() throws Exception {
        stopsBecauseOf(LostFilesIT::truncate, "was truncated");
    }

    @Test
    void shouldStopWhenTheLockIsDeletedSoThatAnotherGatewayCouldJoinIn() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            Files.delete(dir.resolve("journal").resolve("headcount.lock"));

            assertThat(gateway.awaitExit()).isEqualTo(1);
            assertThat(gateway.log()).contains("headcount.lock was deleted or replaced");
        }
    }

    @Test
    void shouldStopWhenTheNewestFileIsDeletedBeforeTheFirstPost() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            assertThat(camera.post(post()).status()).isEqualTo(200);
            gateway.kill();
        }
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            Files.delete(rollFile(dir.resolve("journal")));

            assertThat(gateway.awaitExit()).isEqualTo(1);
            assertThat(gateway.log()).contains("is gone").contains("from sequence 1 on");
        }
    }

    private void stopsBecauseOf(Hand hand, String said) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            assertThat(camera.post(post()).status()).isEqualTo(200);
            Path journal = dir.resolve("journal");
            hand.on(journal, rollFile(journal));

            assertThat(gateway.awaitExit()).isEqualTo(1);
            assertThat(gateway.log()).contains(said).contains("from sequence 1 on");
        }
    }

    private static byte[] post() {
        return CameraFleet.posts(1, 1, Instant.now().getEpochSecond()).get(0).document();
    }

    private static void truncate(Path journal, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    private static Path rollFile(Path journal) {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
