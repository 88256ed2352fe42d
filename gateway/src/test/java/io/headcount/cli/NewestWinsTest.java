package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.flow.PostClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two summaries of one minute, from the socket to the lines of {@code tail}. */
class NewestWinsTest {
    private static final long NOW_MS = 1_667_807_640_000L;

    @TempDir
    private Path dir;

    private static byte[] summary(long transmitTime, int enters, int exits) {
        return """
                <RTMetrics DeviceId="12345"><Properties><TransmitTime>%d</TransmitTime></Properties><ReportData Interval="1">
                <Report Date="2022-11-07"><Object Id="0" ObjectType="0"><Count StartTime="15:53:00" EndTime="15:54:00"
                UnixStartTime="1667807580" Enters="%d" Exits="%d"/></Object></Report></ReportData></RTMetrics>
                """.formatted(transmitTime, enters, exits).getBytes(StandardCharsets.UTF_8);
    }

    private static String tailOf(String line) {
        return line.replaceFirst(".*\"enters\"", "\"enters\"");
    }

    @Test
    void shouldReplaceAnEarlierSummaryWithRevisionAndDeltas() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS);
                PostClient camera = new PostClient(gateway.port())) {
            assertThat(camera.post(summary(1667807610, 1, 0)).status()).isEqualTo(200);
            assertThat(camera.post(summary(1667807637, 3, 1)).status()).isEqualTo(200);
            assertThat(camera.post(summary(1667807637, 3, 1)).status()).isEqualTo(200);

            assertThat(gateway.lines().stream().map(NewestWinsTest::tailOf))
                    .isEqualTo(
                            List.of(
                                    "\"enters\":1,\"exits\":0,\"passings\":0,\"returns\":0,\"transmitTime\":1667807610,"
                                            + "\"version\":1667807610,\"revision\":1,\"deltaEnters\":1,\"deltaExits\":0,"
                                            + "\"deltaPassings\":0,\"deltaReturns\":0,\"receivedAt\":1667807640000,\"flags\":[]}",
                                    "\"enters\":3,\"exits\":1,\"passings\":0,\"returns\":0,\"transmitTime\":1667807637,"
                                            + "\"version\":1667807637,\"revision\":2,\"deltaEnters\":2,\"deltaExits\":1,"
                                            + "\"deltaPassings\":0,\"deltaReturns\":0,\"receivedAt\":1667807640000,\"flags\":[]}"));
        }
    }

    @Test
    void shouldKeepTheLaterSummaryWhenTheEarlierOneComesBehindIt() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS);
                PostClient camera = new PostClient(gateway.port())) {
            assertThat(camera.post(summary(1667807637, 3, 1)).status()).isEqualTo(200);
            assertThat(camera.post(summary(1667807610, 1, 0)).status()).isEqualTo(200);

            assertThat(gateway.lines())
                    .singleElement()
                    .asString()
                    .contains("\"enters\":3")
                    .contains("\"revision\":1");
        }
    }

    @ParameterizedTest
    @CsvSource({"1667807610, 1667807637, 2", "1667807637, 1667807610, 1"})
    void shouldLetTheLaterWinOfRealtimeAndIntervalReportOfOneMinute(long realtime, long interval, int revisions)
            throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS);
                PostClient camera = new PostClient(gateway.port())) {
            byte[] report = new String(summary(interval, 4, 2), StandardCharsets.UTF_8)
                    .replace("RTMetrics", "Metrics")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(camera.post(summary(realtime, 3, 1)).status()).isEqualTo(200);
            assertThat(camera.post(report).status()).isEqualTo(200);

            assertThat(gateway.lines()).hasSize(revisions);
            assertThat(gateway.lines().get(revisions - 1))
                    .contains(revisions == 2 ? "\"source\":\"interval\"" : "\"source\":\"realtime\"")
                    .contains("\"revision\":" + revisions);
        }
    }

    @Test
    void shouldCountOnInRevisionsAfterARestart() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS);
                PostClient camera = new PostClient(gateway.port())) {
            camera.post(summary(1667807610, 1, 0));
        }
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS);
                PostClient camera = new PostClient(gateway.port())) {
            camera.post(summary(1667807610, 1, 0));
            camera.post(summary(1667807637, 3, 1));

            assertThat(gateway.lines()).hasSize(2);
            assertThat(gateway.lines().get(1))
                    .startsWith("{\"seq\":2,")
                    .contains("\"revision\":2")
                    .contains("\"deltaEnters\":2");
        }
    }

    @Test
    void shouldAnswerPipelinedPostsInOrder() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, NOW_MS);
                PostClient camera = new PostClient(gateway.port())) {
            byte[] good = PostClient.request(summary(1667807610, 1, 0));
            byte[] bad = PostClient.request("<x/>".getBytes(StandardCharsets.US_ASCII));
            camera.send(good);
            camera.send(bad);
            camera.send(good);

            assertThat(List.of(
                            camera.answer().status(),
                            camera.answer().status(),
                            camera.answer().status()))
                    .isEqualTo(List.of(200, 422, 200));
            assertThat(gateway.lines()).hasSize(1);
        }
    }
}
