package io.headcount.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.JournalFixture;
import io.headcount.journal.JournalWriter;
import io.headcount.journal.Posts;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinesTest {
    private static final String CSV_HEADER = "seq,type,source,siteId,siteName,deviceId,deviceName,serialNumber,mac,"
            + "objectId,objectName,objectType,start,seconds,local,enters,exits,passings,returns,status,transmitTime,"
            + "version,revision,deltaEnters,deltaExits,deltaPassings,deltaReturns,receivedAt,flags";

    @TempDir
    private Path dir;

    private JournalFixture journal;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.HOURLY);
    }

    private List<String> lines(LineFormat format, Set<LineType> types, Post... posts) throws IOException {
        try (JournalWriter writer = journal.open()) {
            for (Post post : posts) {
                writer.onPost(post);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LineTail tail = LineTail.open(dir, StartAt.start(), false, format, types, out, fault -> {})) {
            assertThat(tail.run()).isFalse();
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
        return text.lines().toList();
    }

    private String json(Post post) throws IOException {
        List<String> lines = lines(LineFormat.JSON, LineType.all(), post);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private String csv(Post post) throws IOException {
        return lines(LineFormat.CSV, LineType.all(), post).get(1);
    }

    @Test
    void shouldWriteTheLineOfTheDesignByteForByte() throws IOException {
        Post[] posts = new Post[17];
        for (int i = 0; i < posts.length; i++) {
            posts[i] = Posts.vendorTotal();
        }
        assertThat(lines(LineFormat.JSON, LineType.all(), posts).get(16))
                .isEqualTo("{\"seq\":17,\"type\":\"count\",\"source\":\"interval\",\"siteId\":\"siteId\","
                        + "\"siteName\":\"siteName\",\"deviceId\":\"12345\",\"deviceName\":\"deviceName\","
                        + "\"serialNumber\":\"201000002209190025\",\"mac\":\"4c:bc:98:60:27:8a\",\"objectId\":\"0\","
                        + "\"objectName\":\"count\",\"objectType\":0,\"start\":1667806020,\"seconds\":60,"
                        + "\"local\":\"2022-11-07T15:27:00+08:00\",\"enters\":2,\"exits\":1,\"passings\":0,"
                        + "\"returns\":0,\"status\":0,\"transmitTime\":1667806920,\"version\":1667806920,"
                        + "\"revision\":1,\"deltaEnters\":2,\"deltaExits\":1,\"deltaPassings\":0,"
                        + "\"deltaReturns\":0,\"receivedAt\":1667806920123,\"flags\":[]}");
    }

    @Test
    void shouldWriteALateRowWithItsFlagAndWithoutDeltas() throws IOException {
        Post post = Posts.vendorTotal();
        post.flag(RowFlag.LATE);
        post.flag(RowFlag.OBJECT_DEVICE);
        post.rows().verdict(0, Verdict.LATE);
        post.rows().hasDeltas(0, false);

        assertThat(json(post))
                .contains("\"revision\":1,\"receivedAt\"")
                .endsWith("\"flags\":[\"late\",\"object-device\"]}");
    }

    @Test
    void shouldWriteNamesOfAnyScriptAsTheyAre() throws IOException {
        Post post = Posts.vendorTotal();
        post.siteName("东门 \uD842\uDFB7");

        assertThat(json(post)).contains("\"siteName\":\"东门 \uD842\uDFB7\"");
    }

    @Test
    void shouldLeaveOutWhatIsAbsent() throws IOException {
        assertThat(json(bare()))
                .isEqualTo("{\"seq\":1,\"type\":\"count\",\"source\":\"realtime\",\"deviceId\":\"d\","
                        + "\"objectId\":\"0\",\"objectType\":0,\"start\":0,\"seconds\":60,\"enters\":0,\"exits\":0,"
                        + "\"passings\":0,\"returns\":0,\"version\":5,\"revision\":1,\"receivedAt\":0,\"flags\":[]}");
    }

    private static Post bare() {
        Post post = new Post();
        post.deviceId("d");
        post.version(5);
        Rows rows = post.rows();
        int row = rows.add(RowKind.COUNT, RowSource.REALTIME, null, "0", null, 0);
        rows.window(row, 0, 60);
        rows.verdict(row, Verdict.LATE);
        rows.revision(row, 1);
        return post;
    }

    @Test
    void shouldWriteTheObjectsDeviceBeforeTheObject() throws IOException {
        Post post = Posts.vendorTotal();
        post.rows().objectDeviceId(0, "slave");

        assertThat(json(post))
                .contains("\"mac\":\"4c:bc:98:60:27:8a\",\"objectDeviceId\":\"slave\",\"objectId\":\"0\"");
    }

    @Test
    void shouldWriteLocalTimeAlwaysWithSecondsAndANumericOffset() throws IOException {
        assertThat(json(at(0))).contains("\"local\":\"2022-11-07T07:27:00+00:00\"");
        assertThat(json(at(-3 * 3600 - 1800))).contains("\"local\":\"2022-11-07T03:57:00-03:30\"");
    }

    @Test
    void shouldLeaveLocalTimeOutForAnOffsetThatNoPlaceHas() throws IOException {
        assertThat(json(at(19 * 3600))).doesNotContain("local");
    }

    private Post at(int offsetSec) {
        dir = dir.resolve("offset" + offsetSec);
        journal = new JournalFixture(dir, Roll.HOURLY);
        Post post = Posts.vendorTotal();
        post.utcOffsetSec(offsetSec);
        return post;
    }

    @Test
    void shouldWriteAttributes() throws IOException {
        Post post = Posts.vendorTotal();
        post.rows().clear();
        int row = post.rows().add(RowKind.GENDER, RowSource.REALTIME, null, "0", "count", 3);
        post.rows().window(row, 1667806020, 1);
        post.rows().value(row, 0, 2);
        post.rows().value(row, 2, 1);
        post.rows().status(row, 0);
        post.rows().revision(row, 1);
        post.rows().verdict(row, Verdict.NEW);
        post.rows().hasDeltas(row, true);

        assertThat(json(post))
                .isEqualTo("{\"seq\":1,\"type\":\"attributes\",\"source\":\"realtime\",\"siteId\":\"siteId\","
                        + "\"siteName\":\"siteName\",\"deviceId\":\"12345\",\"deviceName\":\"deviceName\","
                        + "\"serialNumber\":\"201000002209190025\",\"mac\":\"4c:bc:98:60:27:8a\",\"objectId\":\"0\","
                        + "\"objectName\":\"count\",\"objectType\":3,\"start\":1667806020,\"seconds\":1,"
                        + "\"local\":\"2022-11-07T15:27:00+08:00\",\"kind\":\"gender\","
                        + "\"values\":{\"maleNum\":2,\"femaleNum\":0,\"unknownGenderNum\":1},\"status\":0,"
                        + "\"transmitTime\":1667806920,\"version\":1667806920,\"revision\":1,"
                        + "\"receivedAt\":1667806920123,\"flags\":[]}");
    }

    @Test
    void shouldWriteTotalsWithTheirTimeAndWithoutAWindowOrDeltas() throws IOException {
        assertThat(json(Posts.totals()))
                .isEqualTo("{\"seq\":1,\"type\":\"totals\",\"source\":\"realtime\",\"siteId\":\"siteId\","
                        + "\"siteName\":\"siteName\",\"deviceId\":\"12345\",\"deviceName\":\"deviceName\","
                        + "\"serialNumber\":\"201000002209190025\",\"mac\":\"4c:bc:98:60:27:8a\",\"objectId\":\"0\","
                        + "\"objectName\":\"Door\",\"objectType\":0,\"time\":1667806920,"
                        + "\"local\":\"2022-11-07T15:42:00+08:00\",\"totalEnters\":120,\"totalExits\":117,"
                        + "\"transmitTime\":1667806920,\"version\":1667806920,\"revision\":1,"
                        + "\"receivedAt\":1667806920123,\"flags\":[]}");
    }

    @Test
    void shouldLeaveTotalsOutOfCsv() throws IOException {
        assertThat(lines(LineFormat.CSV, LineType.all(), Posts.totals())).containsExactly(CSV_HEADER);
    }

    @Test
    void shouldWriteAHeartbeatWithItsProperties() throws IOException {
        assertThat(json(Posts.heartbeat()))
                .isEqualTo("{\"seq\":1,\"type\":\"heartbeat\",\"source\":\"realtime\",\"siteId\":\"siteId\","
                        + "\"siteName\":\"siteName\",\"deviceId\":\"12345\",\"deviceName\":\"deviceName\","
                        + "\"serialNumber\":\"201000002209190025\",\"mac\":\"4c:bc:98:60:27:8a\","
                        + "\"transmitTime\":1667806920,\"version\":1667806920,\"receivedAt\":1667806920123,"
                        + "\"flags\":[],\"properties\":{\"Version\":\"1\",\"HostName\":\"Cam-19773\","
                        + "\"Timezone\":\"8\"}}");
    }

    @Test
    void shouldGiveEveryRowOfAPostTheSameNumber() throws IOException {
        assertThat(lines(LineFormat.JSON, LineType.all(), Posts.vendor(), Posts.vendorTotal()))
                .extracting(line -> line.substring(0, 8))
                .containsExactly("{\"seq\":1", "{\"seq\":1", "{\"seq\":1", "{\"seq\":2");
    }

    @Test
    void shouldWriteJsonThatAnyParserReadsForAnyPost() throws IOException {
        Random random = new Random(5);
        Post[] posts = new Post[500];
        for (int i = 0; i < posts.length; i++) {
            posts[i] = Posts.random(random);
            posts[i].siteName("a\"\\\u0001\n\u2028入口🚪");
        }
        ObjectMapper mapper = new ObjectMapper();
        for (String line : lines(LineFormat.JSON, LineType.all(), posts)) {
            JsonNode node = mapper.readTree(line);
            assertThat(node.get("siteName").textValue()).isEqualTo("a\"\\\u0001\n\u2028入口🚪");
            assertThat(node.findValues("siteId")).doesNotContain(mapper.nullNode());
        }
    }

    @Test
    void shouldWriteCsvInTheOrderOfTheLine() throws IOException {
        List<String> lines = lines(LineFormat.CSV, LineType.all(), Posts.heartbeat(), Posts.vendorTotal());

        assertThat(lines)
                .containsExactly(
                        CSV_HEADER,
                        "2,count,interval,siteId,siteName,12345,deviceName,201000002209190025,4c:bc:98:60:27:8a,"
                                + "0,count,0,1667806020,60,2022-11-07T15:27:00+08:00,2,1,0,0,0,1667806920,"
                                + "1667806920,1,2,1,0,0,1667806920123,");
    }

    @Test
    void shouldLeaveCellsOfAbsentValuesEmpty() throws IOException {
        assertThat(csv(bare())).isEqualTo("1,count,realtime,,,d,,,,0,,0,0,60,,0,0,0,0,,,5,1,,,,,0,");
    }

    @Test
    void shouldQuoteCsvAndJoinFlags() throws IOException {
        Post post = Posts.vendorTotal();
        post.siteId("a,b");
        post.siteName("say \"hi\"\r\n");
        post.flag(RowFlag.CLOCK_AHEAD);
        post.flag(RowFlag.SUM_MISMATCH);

        List<String> lines = lines(LineFormat.CSV, LineType.all(), post);

        String line = String.join("\n", lines.subList(1, lines.size()));
        assertThat(line).startsWith("1,count,interval,\"a,b\",\"say \"\"hi\"\"").endsWith(",clock-ahead;sum-mismatch");
    }

    @Test
    void shouldWriteTheHeaderOfAnEmptyCsv() throws IOException {
        assertThat(lines(LineFormat.CSV, LineType.all())).containsExactly(CSV_HEADER);
    }

    @Test
    void shouldWriteTheTypesAskedForOnly() throws IOException {
        assertThat(lines(LineFormat.JSON, EnumSet.of(LineType.HEARTBEAT), Posts.vendor(), Posts.heartbeat()))
                .singleElement()
                .asString()
                .contains("\"type\":\"heartbeat\"");
    }

    @Test
    void shouldWriteTotalsWhenAskedFor() throws IOException {
        Post[] posts = {Posts.vendor(), Posts.totals(), Posts.heartbeat()};
        assertThat(lines(LineFormat.JSON, LineType.parse("totals"), posts))
                .singleElement()
                .asString()
                .contains("\"type\":\"totals\"");
    }

    @Test
    void shouldReadNamesOfTypesAndTellThemWhenOneIsUnknown() {
        assertThat(LineType.parse("count, heartbeat")).containsExactly(LineType.COUNT, LineType.HEARTBEAT);
        assertThatThrownBy(() -> LineType.parse("count,device"))
                .hasMessage("types: device (expected: count, attributes, totals, heartbeat)");
    }

    @Test
    void shouldReadNamesOfFormatsAndPlaces() {
        assertThat(LineFormat.parse("csv")).isEqualTo(LineFormat.CSV);
        assertThatThrownBy(() -> LineFormat.parse("xml")).hasMessage("format: xml (expected: json or csv)");
        assertThat(StartAt.parse("end").isEnd()).isTrue();
        assertThat(StartAt.parse("17").sequence()).isEqualTo(17);
        assertThatThrownBy(() -> StartAt.parse("0")).hasMessage("from: 0 (expected: start, end or a number from 1)");
        assertThatThrownBy(() -> StartAt.parse("x")).hasMessage("from: x (expected: start, end or a number from 1)");
    }
}
