package io.headcount.journal;

import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Writes what a chain's cameras report in some hours: three rows each, every minute, into hourly files. */
public final class LargeJournal {
    private LargeJournal() {}

    /**
     * Writes the minutes that ended before {@code end}; returns the rows written.
     *
     * @param hoursAhead how far the clock of one camera more is ahead; 0: there is none
     */
    public static long write(Path dir, int cameras, int minutes, int hoursAhead, Instant end) {
        HandClock clock = new HandClock(end.minus(Duration.ofMinutes(minutes)).toString());
        JournalConfig config = new JournalConfig(dir, Durability.PROCESS, Roll.HOURLY, 0, 0);
        long rows = 0;
        try (JournalWriter writer = JournalWriter.open(config, clock, clock::nanos, new Telemetry())) {
            for (int minute = 0; minute < minutes; minute++) {
                for (int camera = 0; camera < cameras; camera++) {
                    rows += append(writer, vendorOfMinute("cam-" + camera, clock.millis(), clock.millis()));
                }
                if (hoursAhead > 0) {
                    long aheadMs = clock.millis() + Duration.ofHours(hoursAhead).toMillis();
                    rows += append(writer, vendorOfMinute("ahead", clock.millis(), aheadMs));
                }
                writer.onBatchEnd();
                clock.pass(Duration.ofMinutes(1));
            }
        }
        return rows;
    }

    private static int append(JournalWriter writer, Post post) {
        writer.onPost(post);
        return post.rows().size();
    }

    private static Post vendorOfMinute(String deviceId, long nowMs, long cameraMs) {
        Post post = Posts.vendor();
        post.deviceId(deviceId);
        post.receivedAtMs(nowMs);
        post.transmitTime(cameraMs / 1000);
        post.version(cameraMs / 1000);
        for (int row = 0; row < post.rows().size(); row++) {
            post.rows().window(row, cameraMs / 60_000 * 60 - 60, 60);
        }
        return post;
    }
}
