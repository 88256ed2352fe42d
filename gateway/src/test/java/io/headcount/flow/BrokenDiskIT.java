package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk of its own (ext4 on a loop device) that stalls, or that the kernel makes read-only, while the gateway appends to it. */
@Timeout(120)
final class BrokenDiskIT {
    private static final String SETTLE_TIMEOUT = "ring.settle-timeout=2 s";

    @TempDir
    private Path dir;

    private Path disk;
    private int posts;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(FullDiskCampaign.canRun(), "needs root, loop devices and mkfs.ext4");
        disk = Files.createDirectory(dir.resolve("mounted"));
        String image = dir.resolve("disk").toString();
        Tools.need("truncate", "-s", "64M", image);
        Tools.need("mkfs.ext4", "-q", image);
        Tools.need("mount", "-o", "loop,errors=remount-ro", image, disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            Tools.run("fsfreeze", "-u", disk.toString());
            Tools.run("umount", "-l", disk.toString()); // a gateway that failed the test may still be ending
        }
    }

    private GatewayProcess gateway(String durability) throws IOException {
        return GatewayProcess.start(
                dir,
                "journal.dir=" + disk.resolve("journal"),
                "journal.durability=" + durability,
                "ring.patience=1 s",
                SETTLE_TIMEOUT);
    }

    private int post(GatewayProcess gateway) throws IOException {
        try (PostClient camera = new PostClient(gateway.httpPort())) {
            posts++;
            return camera.post(CameraFleet.posts(posts, 1, Instant.now().getEpochSecond())
                            .get(0)
                            .document())
                    .status();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "power"})
    void shouldRefuseWhileTheDiskStallsAndGoOnByItself(String durability) throws Exception {
        try (GatewayProcess gateway = gateway(durability)) {
            assertThat(post(gateway)).isEqualTo(200);
            Tools.need("fsfreeze", "-f", disk.toString());
            long began = System.nanoTime();
            assertThat(post(gateway)).isEqualTo(503);
            assertThat(System.nanoTime() - began).isBetween(TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(8));

            began = System.nanoTime();
            assertThat(post(gateway)).as("refused by its head").isEqualTo(503);
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(2));

            Tools.need("fsfreeze", "-u", disk.toString());
            Awaitility.await().until(() -> post(gateway) == 200);
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void shouldStopWhenTheKernelMakesTheFileSystemReadOnly() throws Exception {
        try (GatewayProcess gateway = gateway("process")) {
            assertThat(post(gateway)).isEqualTo(200);
            Tools.need(
                    "sh",
                    "-c",
                    "echo 1 > /sys/fs/ext4/$(basename $(findmnt -n -o SOURCE " + disk + "))/trigger_fs_error");
            assertThat(post(gateway)).isEqualTo(503);
            assertThat(gateway.awaitExit()).isEqualTo(1);
            assertThat(gateway.log()).contains("takes nothing any more");
        }
    }
}
