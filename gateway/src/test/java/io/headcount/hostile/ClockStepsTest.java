package io.headcount.hostile;

import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.cli.RunningGateway;
import io.headcount.http.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own clock is set back and forth while posts come: only the camera's times decide which row is the newest. */
class ClockStepsTest {
    private static final long HOURS_3_MS = 3 * 3_600_000L;
    private static final Pattern ROW =
            Pattern.compile("\"start\":(\\d+),.*\"enters\":(\\d+),.*\"version\":(\\d+),\"revision\":(\\d+)");

    @TempDir
    private Path dir;

    /** A clock that is set by hand. */
    private static final class SetClock extends Clock {
        // written by the test, read by the gateway's threads
        private volatile long nowMs = GroupH.NOW * 1000;

        void set(long epochMs) {
            nowMs = epochMs;
        }

        @Override
        public long millis() {
            return nowMs;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMs);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Summaries of three minutes, each six times, not in the order in which they were made. */
    private static List<String> posts() {
        List<String> posts = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            int age = i * 7 % 18;
            posts.add(post(with("Properties/TransmitTime", Long.toString(1_667_806_300L + age))
                    .with("Count/@UnixStartTime", Long.toString(1_667_806_020L + i % 3 * 60L))
                    .with("Count/@Enters", Integer.toString(age))));
        }
        return posts;
    }

    private Map<String, String> table(String name, long... stepsMs) throws Exception {
        SetClock clock = new SetClock();
        try (RunningGateway gateway = new RunningGateway(dir.resolve(name), clock);
                Peer camera = new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()))) {
            List<String> posts = posts();
            for (int i = 0; i < posts.size(); i++) {
                clock.set(GroupH.NOW * 1000 + stepsMs[i % stepsMs.length]);
                assertThat(camera.send(posts.get(i)).status()).isEqualTo(200);
            }
            return newest(gateway.lines());
        }
    }

    /** By start: the version and the counts of the newest row. */
    private static Map<String, String> newest(List<String> lines) {
        Map<String, String> newest = new HashMap<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            assertThat(row.find()).as(line).isTrue();
            newest.merge(row.group(1), row.group(3) + ": " + row.group(2), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
        return newest;
    }

    @Test
    void shouldEndInTheSameTableHoweverItsClockIsSet() throws Exception {
        Map<String, String> still = table("still", 0);

        assertThat(still).containsEntry("1667806020", "1667806315: 15").hasSize(3);
        assertThat(table("forward", 0, HOURS_3_MS)).isEqualTo(still);
        assertThat(table("back", 0, -HOURS_3_MS)).isEqualTo(still);
        assertThat(table("both", 0, HOURS_3_MS, -HOURS_3_MS, 0, -HOURS_3_MS)).isEqualTo(still);
    }
}
