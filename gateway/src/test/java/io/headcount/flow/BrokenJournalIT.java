package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's file can't grow any more: a limit on the size of files stands in for a broken disk. */
class BrokenJournalIT {
    private static final int FILE_LIMIT_KIB = 14 * 1024;
    private static final int ROWS = 4_000;
    private static final int MOST_POSTS = 500;

    @TempDir
    private Path dir;

    /** A backlog post with rows that no other post has. */
    private static byte[] backlog(int device, long start) {
        StringBuilder document =
                new StringBuilder("<Metrics DeviceId=\"cam-").append(device).append("\"><Properties>");
        document.append("<TransmitTime>").append(start + 60).append("</TransmitTime></Properties>");
        document.append("<ReportData Interval=\"1\"><Report><Object>");
        for (int row = 0; row < ROWS; row++) {
            document.append("<Count UnixStartTime=\"").append(start - row * 60L);
            document.append("\" Enters=\"").append(row).append("\" Exits=\"1\"/>");
        }
        document.append("</Object></Report></ReportData></Metrics>");
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldStopVisiblyAndKeepWhatItAcknowledged() throws Exception {
        Set<Long> acknowledged = new HashSet<>();
        int refusedWith = 0;
        try (GatewayProcess gateway = GatewayProcess.startWithLimit(dir, "-f " + FILE_LIMIT_KIB);
                PostClient camera = new PostClient(gateway.httpPort())) {
            refusedWith = postUntilRefused(camera, acknowledged);

            assertThat(gateway.awaitExit()).isEqualTo(1);
            assertThat(gateway.log()).contains("The pipeline has failed").contains("Stopping after a failure");
        }
        assertThat(refusedWith).isEqualTo(503);
        assertThat(acknowledged).isNotEmpty();
        Set<Long> devices = new HashSet<>();
        JournalTable.read(dir.resolve("journal")).rows().forEach(row -> devices.add((long) row.device()));
        assertThat(devices).containsAll(acknowledged);
    }

    private static int postUntilRefused(PostClient camera, Set<Long> acknowledged) throws IOException {
        long start = Instant.now().getEpochSecond() / 60 * 60 - 60;
        for (int device = 0; device < MOST_POSTS; device++) {
            int status = camera.post(backlog(device, start)).status();
            if (status != 200) {
                return status;
            }
            acknowledged.add((long) device);
        }
        return 200;
    }
}
