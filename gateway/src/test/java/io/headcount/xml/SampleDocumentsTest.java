package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that cameras were seen to send, and what is read from them. */
class SampleDocumentsTest {
    private static final String INTERVAL = "vendor-interval-metrics.xml";
    private static final String REALTIME = "vendor-realtime-rtmetrics.xml";
    private static final String HEARTBEAT = "vendor-heartbeat-diags.xml";
    private static final String EVENT = "v2.1-event-metrics-with-attributes.xml";
    private static final String BRICKSTREAM_1 = "brickstream-3d-batch-v1.xml";
    private static final String BRICKSTREAM_5 = "brickstream-3d-batch-v5.xml";
    private static final String BRICKSTREAM_TOTALS = "brickstream-realtime-metrics.xml";

    private final Parsing parsing = new Parsing().at(Parsing.LATER_MS);

    @Test
    void shouldReadTheVendorsIntervalReport() {
        assertThat(parsing.at(Parsing.VENDOR_MS).read(Parsing.sample(INTERVAL))).isEqualTo("""
                        INTERVAL siteId/siteName/12345/deviceName/201000002209190025/4c:bc:98:60:27:8a sent 1667806920 version 1667806920 offset 28800 []
                        1|1667806920|4C:BC:98:60:27:8A|192.168.8.223|Wired|null|DHCP|Cam-19773|8|0|null|201000002209190025|0|null|
                        count interval null/0/count/0 1667806020+60: 2 1 0 0 status 0 []
                        count interval null/0/count/1 1667806020+60: 2 1 0 0 status 0 []
                        count interval null/0/count/2 1667806020+60: 0 0 0 0 status 0 []""");
    }

    @Test
    void shouldReadTheVendorsRealtimeReport() {
        assertThat(parsing.read(Parsing.sample(REALTIME))).isEqualTo("""
                        REALTIME siteId/siteName/12345/deviceName/201000002209190025/4c:bc:98:60:27:8a sent 1667807637 version 1667807637 offset 28800 []
                        1|1667807637|4C:BC:98:60:27:8A|192.168.8.223|Wired|null|DHCP|Cam-19773|8|0|null|201000002209190025|0|null|
                        count realtime null/0/count/0 1667807580+60: 1 0 0 0 status 0 []
                        count realtime null/0/count/1 1667807580+60: 1 0 0 0 status 0 []
                        count realtime null/0/count/2 1667807580+60: 0 0 0 0 status 0 []""");
    }

    @Test
    void shouldReadTheVendorsHeartbeat() {
        assertThat(parsing.read(Parsing.sample(HEARTBEAT))).isEqualTo("""
                        REALTIME heartbeat Site ID/Site Name/Device ID/Device Name/2010010000000001/4c:bc:98:60:00:9e sent 1597303008 version 1597303008 offset 28800 []
                        1|1597303008|4C:BC:98:60:00:9E|192.168.1.100|Wired|null|Static|Cam-10030|8|0|V2.1|2010010000000001|0|4.3.0|""");
    }

    @Test
    void shouldReadEventsWithGenderAgeAndWorkCard() {
        assertThat(parsing.read(Parsing.sample(EVENT))).isEqualTo("""
                        REALTIME siteId/siteName/deviceId/deviceName/201000002507150023/4c:bc:98:66:02:be sent 1760427944 version 1760427944 offset 28800 []
                        1|1760427944|4c:bc:98:66:02:be|192.168.8.192|Wifi|store-wifi|DHCP|CAM-0|8|null|V5.0|201000002507150023|null|V7.2.5.1-V5-21-RT|
                        count realtime null/0/count/0 1760427941+1: 0 1 0 0 status 0 []
                        count realtime null/0/count/1 1760427941+1: 0 1 0 0 status 0 []
                        count realtime null/0/count/2 1760427941+1: 0 0 0 0 status 0 []
                        gender realtime null/0/count/3 1760427941+1: 1 0 0 status 0 []
                        age realtime null/0/count/3 1760427941+1: 0 0 1 0 0 0 0 status 0 []
                        workcard realtime null/0/count/3 1760427941+1: 0 status 0 []""");
    }

    @Test
    void shouldReadBrickstreamOneByItsWallClockAlone() {
        assertThat(parsing.read(Parsing.sample(BRICKSTREAM_1))).isEqualTo("""
                        INTERVAL site_id/site_name/device_id/device_name/10000000/00:b0:9d:be:30:13 sent -9223372036854775808 version 1767225600 offset 7200 [no-transmit-time]
                        null|null|00:b0:9d:be:30:13|10.254.254.79|null|null|null|hostname|1|1|2300|10000000|0|null|
                        count interval null/0/1/0 1750002540+60: 0 0 0 0 status 4 [no-transmit-time]""");
    }

    @Test
    void shouldReadBrickstreamFiveWithDaylightSaving() {
        assertThat(parsing.read(Parsing.sample(BRICKSTREAM_5))).isEqualTo("""
                        INTERVAL site_id/site_name/device_id/device_name/10000000/00:b0:9d:be:30:13 sent 1750002324 version 1750002324 offset 7200 []
                        5|1750002324|00:b0:9d:be:30:13|10.254.254.79|null|null|null|hostname|1|1|2300|10000000|0|5.9.21.621|
                        count interval null/0/1/0 1750001820+60: 0 0 0 0 status 4 []""");
    }

    @Test
    void shouldReadBrickstreamsTotals() {
        assertThat(parsing.read(Parsing.sample(BRICKSTREAM_TOTALS))).isEqualTo("""
                        REALTIME site_id/site_name/device_id/device_name/10000000/00:b0:9d:be:30:13 sent -9223372036854775808 version 1767225600 offset 7200 [no-transmit-time]
                        null|null|00:b0:9d:be:30:13|10.254.254.79|null|null|null|hostname|1|1|2300|10000000|0|5.9.21.621|
                        totals realtime null/0/1/0 1767225600+0: 120 117 status - [no-transmit-time]""");
    }

    @Test
    void shouldKnowTheNamesOfAllSamples() {
        Samples.names().forEach(sample -> parsing.read(Parsing.sample(sample)));
        assertThat(parsing.telemetry.sum(Metric.XML_UNKNOWN_NAMES)).isZero();
        assertThat(parsing.telemetry.sum(Metric.XML_STRAY_TEXT)).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.headcount.xml.Samples#names")
    void shouldReadTheSameInWhateverPieces(String sample) {
        byte[] document = Parsing.sample(sample);
        String whole = parsing.read(document);
        assertThat(whole).matches("(?s)(INTERVAL|REALTIME) .*");
        for (int chunk = 1; chunk <= 64; chunk++) {
            assertThat(parsing.read(document, chunk)).as("chunks of %d", chunk).isEqualTo(whole);
        }
        for (int split = 0; split <= document.length; split++) {
            assertThat(parsing.readSplitAt(document, split))
                    .as("split at %d", split)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INTERVAL, REALTIME, HEARTBEAT, EVENT, BRICKSTREAM_1, BRICKSTREAM_5, BRICKSTREAM_TOTALS})
    void shouldRefuseTheDocumentCutOffAnywhere(String sample) {
        byte[] document = Parsing.text(sample).strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < document.length; length++) {
            byte[] cut = Arrays.copyOf(document, length);
            String outcome = parsing.read(cut);
            assertThat(outcome)
                    .as("cut at %d", length)
                    .isEqualTo(length == 0 ? "400 empty document" : "400 the document is cut off");
            assertThat(parsing.read(cut, 1))
                    .as("cut at %d, byte by byte", length)
                    .isEqualTo(outcome);
        }
    }
}
