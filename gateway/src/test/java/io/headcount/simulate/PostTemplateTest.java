package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.XmlConfig;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.Rows;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents, as the gateway's own parser reads them. */
class PostTemplateTest {
    private static final XmlConfig BOUNDS = new XmlConfig(8, 2048, 32, 2048, 128, 60_000, 5_000, 10_000);
    private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").getEpochSecond();

    private final PostTemplate template = new PostTemplate(new CameraNames(Fleets.SEED), 60);
    private final TextBuffer text = new TextBuffer(PostTemplate.MOST_BYTES);
    private final Post post = new Post();

    private void read(FleetPost sent) {
        text.moveTo(0);
        template.write(sent, text);
        PostParser parser = new PostParser(new XmlReaders(), BOUNDS, new Telemetry());
        parser.begin(post);
        parser.feed(text.bytes(), 0, text.end());
        assertThat(parser.finish((sent.transmitSec() + 1) * 1000))
                .as(new String(text.bytes(), 0, text.end(), StandardCharsets.US_ASCII))
                .isEqualTo(ParseStatus.ACCEPTED);
        parser.end();
    }

    private static FleetPost sent(FleetPost.Kind kind, long transmitSec, long startSec, int... people) {
        return new FleetPost(Fleets.cameras(43)[42], kind, FleetPost.Extra.NONE, transmitSec, startSec, people, 0);
    }

    private List<String> rows() {
        Rows rows = post.rows();
        List<String> all = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            all.add("%d+%d type %d: %d %d %d %d %s"
                    .formatted(
                            rows.start(row) - NOON,
                            rows.seconds(row),
                            rows.objectType(row),
                            rows.value(row, 0),
                            rows.value(row, 1),
                            rows.value(row, 2),
                            rows.value(row, 3),
                            RowFlag.labels(rows.flags(row) | post.flags())));
        }
        return all;
    }

    @Test
    void shouldReportAMinuteAsTheVendorsCameraDoes() {
        read(sent(FleetPost.Kind.METRICS, NOON, NOON - 60, 23));

        assertThat(rows())
                .containsExactly(
                        "-60+60 type 0: 12 11 2 1 []", "-60+60 type 1: 10 9 2 1 []", "-60+60 type 2: 2 2 0 0 []");
        assertThat(post.deviceId()).matches("SIM-[0-9A-F]{4}-000042");
        assertThat(post.serialNumber()).matches("20\\d{10}000042");
        assertThat(post.mac()).matches("02:[0-9a-f]{2}:[0-9a-f]{2}:00:00:2a");
        assertThat(post.version()).isEqualTo(NOON);
        assertThat(text.end()).isBetween(1_300, 1_500);
    }

    @Test
    void shouldReportThePresentMinuteInRealTime() {
        read(sent(FleetPost.Kind.RT_METRICS, NOON + 31, NOON, 1));

        assertThat(rows())
                .containsExactly("0+60 type 0: 1 0 0 0 []", "0+60 type 1: 1 0 0 0 []", "0+60 type 2: 0 0 0 0 []");
    }

    @Test
    void shouldReportABacklogAcrossMidnight() {
        // 16:00 in Greenwich
        long midnight = NOON + 4 * 3600;
        read(sent(FleetPost.Kind.METRICS, midnight + 120, midnight - 60, 1, 2, 3));

        assertThat(rows())
                .hasSize(9)
                .contains("14340+60 type 0: 1 0 0 0 []", "14400+60 type 0: 1 1 0 0 []", "14460+60 type 0: 2 1 0 0 []");
    }

    @Test
    void shouldHaveRoomForTheLongestBacklog() {
        read(sent(FleetPost.Kind.METRICS, NOON, NOON - 62 * 60, new int[62]));

        assertThat(post.rows().size()).isEqualTo(186);
    }

    @Test
    void shouldSendASignOfLife() {
        read(sent(FleetPost.Kind.DIAGS, NOON, 0));

        assertThat(post.heartbeat()).isTrue();
        assertThat(rows()).isEmpty();
    }

    @Test
    void shouldNeverCountDownWhenOneMorePasses() {
        for (int people = 0; people < 500; people++) {
            for (int type = 0; type < Counting.TYPES; type++) {
                assertThat(Counting.enters(type, people + 1)).isGreaterThanOrEqualTo(Counting.enters(type, people));
                assertThat(Counting.exits(type, people + 1)).isGreaterThanOrEqualTo(Counting.exits(type, people));
                assertThat(Counting.passings(type, people + 1)).isGreaterThanOrEqualTo(Counting.passings(type, people));
                assertThat(Counting.returns(type, people + 1)).isGreaterThanOrEqualTo(Counting.returns(type, people));
            }
            assertThat(Counting.enters(Counting.TOTAL, people) + Counting.exits(Counting.TOTAL, people))
                    .isEqualTo(people);
        }
    }
}
