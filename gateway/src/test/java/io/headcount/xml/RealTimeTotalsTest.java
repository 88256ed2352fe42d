package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Brickstream's RealTimeMetrics: totals since the camera's start. Received at 1667807100. */
class RealTimeTotalsTest {
    private static final String COUNT = "<RTCount TotalEnters='120' TotalExits='117'/>";
    private static final String OBJECT = "<RTObject Id='0' ObjectType='0' Name='Door'>" + COUNT + "</RTObject>";
    private static final String PROPERTIES =
            "<Properties><TransmitTime>1667807090</TransmitTime><SerialNumber>100</SerialNumber></Properties>";

    private static String outcome(String content) {
        return Parsing.outcomeOf(
                "<RealTimeMetrics SiteId='s1' DeviceId='7'>" + PROPERTIES + content + "</RealTimeMetrics>");
    }

    private static String ofReport(String content) {
        return outcome("<RTReport Date='2022-11-07'>" + content + "</RTReport>");
    }

    private static String ofCount(String count) {
        return ofReport(OBJECT.replace(COUNT, count));
    }

    private static String sentAt(String transmitTime) {
        String document =
                "<RealTimeMetrics DeviceId='7'>" + PROPERTIES + "<RTReport>" + OBJECT + "</RTReport></RealTimeMetrics>";
        return Parsing.outcomeOf(document.replace("1667807090", transmitTime));
    }

    @Test
    void shouldReadTotals() {
        assertThat(ofReport(OBJECT)).isEqualTo("""
                        REALTIME s1/null/7/null/100/null sent 1667807090 version 1667807090 offset -2147483648 []
                        null|1667807090|null|null|null|null|null|null|null|null|null|100|null|null|
                        totals realtime null/0/Door/0 1667807090+0: 120 117 status - []""");
    }

    @Test
    void shouldMatchNamesInAnyCase() {
        String document =
                "<REALTIMEMETRICS deviceid='7'><rtreport><RTobject ID='3'><rtcount totalenters='1' TOTALEXITS='2'/>"
                        + "</RTobject></rtreport></REALTIMEMETRICS>";
        assertThat(Parsing.outcomeOf(document))
                .endsWith("totals realtime null/3/null/0 1667807100+0: 1 2 status - [no-transmit-time]");
    }

    @Test
    void shouldReadSeveralObjects() {
        String other = OBJECT.replace("Id='0'", "Id='1' DeviceId='8'").replace("120", "5");
        assertThat(ofReport(OBJECT + other))
                .contains("totals realtime null/0/Door/0 1667807090+0: 120 117 status - []")
                .endsWith("totals realtime 8/1/Door/0 1667807090+0: 5 117 status - [object-device]");
    }

    @Test
    void shouldTakePropertiesBehindTheTotals() {
        String document =
                "<RealTimeMetrics DeviceId='7'><RTReport>" + OBJECT + "</RTReport>" + PROPERTIES + "</RealTimeMetrics>";
        assertThat(Parsing.outcomeOf(document)).endsWith(" 1667807090+0: 120 117 status - []");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1667807090 | 1667807090+0: 120 117 status - []
                    1667807161 | 1667807161+0: 120 117 status - [clock-ahead]
                    1667893501 | 1667807100+0: 120 117 status - [clock-ahead]
                    946684800  | 946684800+0: 120 117 status - []
                    ''         | 1667807100+0: 120 117 status - [no-transmit-time]
                    0          | 1667807100+0: 120 117 status - [no-transmit-time]
                    """)
    void shouldDateTotalsByTransmitTimeWhereItIsBelieved(String transmitTime, String expected) {
        assertThat(sentAt(transmitTime)).endsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "946684799"})
    void shouldDateTotalsOfACameraWithoutAClockByTheReceiveTimeBecauseItsTimesComeAgain(String transmitTime) {
        assertThat(sentAt(transmitTime)).endsWith("1667807100+0: 120 117 status - [transmit-before-window]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <RTCount TotalEnters='2147483647' TotalExits='0'/>  | : 2147483647 0 status - []
                    <RTCount TotalEnters=' 007 ' TotalExits='&#49;'/>   | : 7 1 status - []
                    <RTCount TotalEnters='1' TotalExits='2' New='3'/>   | : 1 2 status - []
                    <RTCount TotalEnters='1' TotalExits='2' StartTime='x' Status='y'/> | : 1 2 status - []
                    <RTCount TotalExits='1'/>                           | 422 RTCount/@TotalEnters: missing
                    <RTCount TotalEnters='1'/>                          | 422 RTCount/@TotalExits: missing
                    <RTCount Enters='1' Exits='1'/>                     | 422 RTCount/@TotalEnters: missing
                    <RTCount TotalEnters='' TotalExits='1'/>            | 422 RTCount/@TotalEnters: missing
                    <RTCount TotalEnters='2147483648' TotalExits='1'/>  | 422 RTCount/@TotalEnters: out of range
                    <RTCount TotalEnters='-1' TotalExits='1'/>          | 422 RTCount/@TotalEnters: not a number
                    <RTCount TotalEnters='1' TotalExits='1.0'/>         | 422 RTCount/@TotalExits: not a number
                    <RTCount TotalEnters='1' totalenters='2' TotalExits='1'/> | 422 RTCount/@TotalEnters: given twice with different values
                    """)
    void shouldReadTheTwoTotals(String count, String expected) {
        String outcome = ofCount(count);
        assertThat(outcome).endsWith(expected);
        assertThat(outcome.startsWith("422")).isEqualTo(expected.startsWith("422"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <RTObject ObjectType='-1'/>          | 422 RTObject/@ObjectType: not a number
                    <RTObject Id='a&#10;b'/>             | 422 RTObject/@Id: contains a control character
                    <RTObject DeviceId='a&#10;b'/>       | 422 RTObject/@DeviceId: contains a control character
                    <RTObject Name='a' name='b'/>        | 422 RTObject/@Name: given twice with different values
                    """)
    void shouldNameTheObjectsFields(String object, String expected) {
        assertThat(ofReport(object)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<RTReport/>", "<RTReport Date='never'><RTObject/></RTReport>"})
    void shouldTakeAPostWithoutTotalsForASignOfLife(String content) {
        assertThat(outcome(content)).startsWith("REALTIME heartbeat s1/null/7/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RealTimeMetrics | <ReportData/>                                        | ReportData
                    RealTimeMetrics | <Report/>                                            | Report
                    RealTimeMetrics | <RTObject/>                                          | RTObject
                    RealTimeMetrics | <RTCount/>                                           | RTCount
                    RealTimeMetrics | <RealTimeMetrics/>                                   | RealTimeMetrics
                    RealTimeMetrics | <Properties><RTReport/></Properties>                 | RTReport
                    RealTimeMetrics | <RTReport><RTReport/></RTReport>                     | RTReport
                    RealTimeMetrics | <RTReport><RTCount/></RTReport>                      | RTCount
                    RealTimeMetrics | <RTReport><Object/></RTReport>                       | Object
                    RealTimeMetrics | <RTReport><RTObject><Count/></RTObject></RTReport>   | Count
                    RealTimeMetrics | <RTReport><RTObject><RTObject/></RTObject></RTReport>| RTObject
                    Metrics         | <RTReport/>                                          | RTReport
                    Metrics         | <RTObject/>                                          | RTObject
                    Metrics         | <RTCount/>                                           | RTCount
                    Metrics         | <ReportData><RTReport/></ReportData>                 | RTReport
                    Metrics         | <ReportData><Report><RTObject/></Report></ReportData>| RTObject
                    Metrics         | <ReportData><Report><Object><RTCount/></Object></Report></ReportData> | RTCount
                    RTMetrics       | <RTReport/>                                          | RTReport
                    Diags           | <RTReport/>                                          | RTReport
                    """)
    void shouldRefuseElementsOfTheOtherDialect(String root, String content, String element) {
        String document = "<" + root + " DeviceId='7'>" + content + "</" + root + ">";
        assertThat(Parsing.outcomeOf(document)).isEqualTo("422 " + element + ": not where it belongs");
    }

    @Test
    void shouldBoundObjectsAndTotals() {
        assertThat(ofReport("<RTObject/>".repeat(5001))).isEqualTo("422 RTObject: too many in one post");
        assertThat(ofCount(COUNT.repeat(10_001))).isEqualTo("422 RTCount: too many in one post");
    }

    @Test
    void shouldNotTakeAnIntervalOverFromTheDocumentBefore() {
        Parsing parsing = new Parsing();
        parsing.read(new PostText().with("ReportData/@Interval", "5").toString());
        assertThat(parsing.read("<RealTimeMetrics DeviceId='7'>" + PROPERTIES + "<RTReport>" + OBJECT
                        + "</RTReport></RealTimeMetrics>"))
                .endsWith("+0: 120 117 status - []");
        assertThat(parsing.telemetry.sum(Metric.XML_UNKNOWN_NAMES)).isZero();
    }
}
