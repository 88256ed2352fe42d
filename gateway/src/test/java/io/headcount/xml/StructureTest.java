package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which elements may stand where, in which order and how often. */
class StructureTest {
    private static final String GOOD_ROW = "count interval null/0/count/0 1667806020+60: 2 1 0 0 status 0 []";
    private static final String ROW =
            "<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080' Enters='3' Exits='4'/>";
    private static final String REPORT = "<Report Date='2022-11-07'><Object>" + ROW + "</Object></Report>";

    private final Parsing parsing = new Parsing();

    private static String rooted(String root, String content) {
        return "<" + root + " DeviceId='7'>" + content + "</" + root + ">";
    }

    @ParameterizedTest
    @CsvSource({
        "Metrics, INTERVAL, interval",
        "metrics, INTERVAL, interval",
        "METRICS, INTERVAL, interval",
        "RTMetrics, REALTIME, realtime",
        "rtmetrics, REALTIME, realtime",
        "Diags, REALTIME heartbeat, realtime",
        "DIAGS, REALTIME heartbeat, realtime"
    })
    void shouldKnowThePostByItsRoot(String root, String source, String rowSource) {
        String outcome = Parsing.outcomeOf(new PostText().root(root).toString());
        assertThat(outcome).startsWith(source + " s1/").contains("count " + rowSource + " null/0/count/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Metric", "html", "Properties", "Count", "RTMetrics2", "Метрика"})
    void shouldRefuseAnotherRoot(String root) {
        assertThat(Parsing.outcomeOf(new PostText().root(root).toString()))
                .isEqualTo("422 root element is not Metrics, RTMetrics, RealTimeMetrics or Diags");
    }

    @Test
    void shouldMatchNamesInAnyCase() {
        String upper = new PostText().toString().replaceFirst("<\\?.*\\?>", "").toUpperCase(Locale.ROOT);
        String lower = new PostText().toString().toLowerCase(Locale.ROOT);
        assertThat(Parsing.outcomeOf(upper)).contains("1667806020+60: 2 1 0 0 status 0 []", "/201000002209190025/");
        assertThat(Parsing.outcomeOf(lower)).contains("1667806020+60: 2 1 0 0 status 0 []", "/201000002209190025/");
    }

    @Test
    void shouldReadPropertiesBehindTheRows() {
        PostText post = new PostText().without("Count/@UnixStartTime");
        String properties = post.propertiesText();
        String moved = post.toString().replace(properties, "").replace("</Metrics>", properties + "</Metrics>");
        assertThat(Parsing.outcomeOf(moved)).isEqualTo(Parsing.outcomeOf(post.toString()));
    }

    static Stream<Arguments> signsOfLife() {
        return Stream.of("Metrics", "RTMetrics", "Diags")
                .flatMap(root -> Stream.of(
                                "",
                                "<Properties/>",
                                "<ReportData/>",
                                "<ReportData Interval='1'></ReportData>",
                                "<ReportData><Report Date='2022-11-07'/></ReportData>",
                                "<ReportData><Report><Object Id='1'/></Report></ReportData>",
                                "<ReportData><Report><Object><Unknown/></Object></Report></ReportData>")
                        .map(content -> Arguments.of(rooted(root, content))));
    }

    @ParameterizedTest
    @MethodSource("signsOfLife")
    void shouldTakeAPostWithoutRowsForASignOfLife(String document) {
        assertThat(Parsing.outcomeOf(document)).contains(" heartbeat null/null/7/");
    }

    @Test
    void shouldReadAllReportsOfAllReportData() {
        String one = "<ReportData Interval='1'>" + REPORT
                + REPORT.replace("15:28:00' EndTime='15:29", "15:29:00' EndTime='15:30")
                        .replace("1667806080", "1667806140")
                + "</ReportData>";
        String two = "<ReportData Interval='0'>" + REPORT.replace("Enters='3'", "Enters='5'") + "</ReportData>";
        assertThat(Parsing.outcomeOf(rooted("Metrics", one + two)))
                .contains(
                        "count interval null/0/null/0 1667806080+60: 3 4 0 0",
                        "count interval null/0/null/0 1667806140+60: 3 4 0 0",
                        "count realtime null/0/null/0 1667806080+60: 5 4 0 0");
    }

    @Test
    void shouldNotCarryAnythingFromOneObjectOrReportToTheNext() {
        String first = "<Report Date='2022-11-06'><Object Id='5' ObjectType='2' Name='n' DeviceId='x'>" + ROW
                + "</Object></Report>";
        String second = "<Report><Object>" + ROW.replace("UnixStartTime='1667806080'", "") + "</Object></Report>";
        String data = "<ReportData Interval='1'>" + first + second + "</ReportData>";
        assertThat(Parsing.outcomeOf(rooted("Metrics", data))).isEqualTo("422 Report/@Date: missing");
        assertThat(Parsing.outcomeOf(rooted("Metrics", data.replace("<Report>", "<Report Date='2022-11-07'>"))))
                .isEqualTo("422 Properties/Timezone: missing");
        String unix =
                data.replace("UnixStartTime=''", "").replace(second, "<Report><Object>" + ROW + "</Object></Report>");
        assertThat(Parsing.outcomeOf(rooted("Metrics", unix)))
                .contains("count interval null/0/null/0 1667806080+60: 3 4 0 0 status - [");
    }

    @Test
    void shouldKeepRowsFoundInAHeartbeat() {
        assertThat(Parsing.outcomeOf(rooted("Diags", "<ReportData Interval='1'>" + REPORT + "</ReportData>")))
                .startsWith("REALTIME heartbeat ")
                .contains("count realtime null/0/null/0 1667806080+60: 3 4 0 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <Properties/><Properties/>                                  | Properties
                    <Metrics/>                                                  | Metrics
                    <Count/>                                                    | Count
                    <Object/>                                                   | Object
                    <Report/>                                                   | Report
                    <Properties><Count/></Properties>                           | Count
                    <Properties><Properties/></Properties>                      | Properties
                    <Properties><ReportData/></Properties>                      | ReportData
                    <Properties><Version><Object/></Version></Properties>       | Object
                    <ReportData><Object/></ReportData>                          | Object
                    <ReportData><ReportData/></ReportData>                      | ReportData
                    <ReportData><Properties/></ReportData>                      | Properties
                    <ReportData><Report><Count/></Report></ReportData>          | Count
                    <ReportData><Report><Report/></Report></ReportData>         | Report
                    <ReportData><Report><Object><Object/></Object></Report></ReportData> | Object
                    <ReportData><Report><Object><Report/></Object></Report></ReportData> | Report
                    <ReportData><Report><AgeCount/></Report></ReportData>       | AgeCount
                    """)
    void shouldRefuseElementsWhereTheyDoNotBelong(String content, String element) {
        assertThat(Parsing.outcomeOf(rooted("Metrics", content)))
                .isEqualTo("422 " + element + ": not where it belongs");
    }

    @Test
    void shouldRefuseARowInsideARow() {
        String nested = ROW.replace("/>", "><Count/></Count>");
        assertThat(Parsing.outcomeOf(new PostText().row(nested).toString()))
                .isEqualTo("422 Count: not where it belongs");
    }

    @Test
    void shouldNotReadElementsForAttributes() {
        String row =
                "<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080'><Enters>1</Enters><Exits>1</Exits></Count>";
        assertThat(Parsing.outcomeOf(new PostText().row(row).toString())).isEqualTo("422 Count/@Enters: missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <Version>1</Version><Version>2</Version>            | 422 Properties/Version: given twice with different values
                    <Version>1</Version><VERSION>2</VERSION>            | 422 Properties/Version: given twice with different values
                    <Timezone>8</Timezone><Timezone>8.0</Timezone>      | 422 Properties/Timezone: given twice with different values
                    <SerialNumber>a</SerialNumber><SerialNumber>b</SerialNumber> | 422 Properties/SerialNumber: given twice with different values
                    <Version>1</Version><Version>1</Version>            | 1|null
                    <Version>1</Version><Version/>                      | 1|null
                    <Version/><Version>1</Version>                      | 1|null
                    """)
    void shouldRefuseAPropertyGivenTwiceWithDifferentValues(String properties, String expected) {
        assertThat(Parsing.outcomeOf(rooted("Diags", "<Properties>" + properties + "</Properties>")))
                .contains(expected.startsWith("4") ? expected : "\n1|null|");
    }

    @ParameterizedTest
    @CsvSource({
        "@deviceid, 9, @DeviceId",
        "@siteid, 9, @SiteId",
        "@sitename, 9, @SiteName",
        "@Devicename, 9, @DeviceName",
        "ReportData/@interval, 5, ReportData/@Interval",
        "Report/@date, 2022-11-06, Report/@Date",
        "Object/@ID, 9, Object/@Id",
        "Object/@objecttype, 9, Object/@ObjectType",
        "Object/@name, 9, Object/@Name",
        "Count/@enters, 9, Count/@Enters",
        "Count/@status, 9, Count/@Status",
        "Count/@starttime, 15:26:00, Count/@StartTime",
        "Count/@endtime, 15:26:00, Count/@EndTime",
        "Count/@unixstarttime, 1667806021, Count/@UnixStartTime"
    })
    void shouldRefuseAnAttributeGivenTwiceWithDifferentValues(String other, String value, String field) {
        assertThat(Parsing.outcomeOf(new PostText().with(other, value).toString()))
                .isEqualTo("422 " + field + ": given twice with different values");
        assertThat(Parsing.outcomeOf(new PostText().with(other, "").toString())).contains(GOOD_ROW);
    }

    @Test
    void shouldNameTheFirstOfSeveralFaults() {
        PostText post = new PostText()
                .with("@SiteId", "a&#10;b")
                .with("@DeviceId", "b&#10;c")
                .with("Count/@Enters", "x");
        assertThat(Parsing.outcomeOf(post.toString())).isEqualTo("422 @SiteId: contains a control character");
        assertThat(Parsing.outcomeOf(post.with("@SiteId", "").toString()))
                .isEqualTo("422 @DeviceId: contains a control character");
        assertThat(Parsing.outcomeOf(
                        post.with("@DeviceId", "").with("Count/@Exits", "y").toString()))
                .isEqualTo("422 Count/@Enters: not a number");
    }

    @Test
    void shouldCountAndIgnoreUnknownNames() {
        PostText post = new PostText()
                .with("@Colour", "1")
                .with("Properties/Unheard", "x")
                .with("ReportData/@a", "1")
                .with("Report/@b", "1")
                .with("Object/@c", "1")
                .with("Count/@d", "1")
                .row("<Weather t='3'/>");
        parsing.read(post.toString()
                .replace("<Properties>", "<Properties e='1'>")
                .replace("<Version>", "<Version f='1' Id='2'>"));
        assertThat(parsing.telemetry.sum(Metric.XML_UNKNOWN_NAMES)).isEqualTo(9);
        assertThat(parsing.post.rows().size()).isEqualTo(1);
    }

    @Test
    void shouldNotCountNamesThatTheProtocolKnowsAsUnknown() {
        parsing.read(new PostText()
                .with("@DivisionId", "1")
                .with("Properties/HttpPort", "80")
                .with("Properties/TimezoneName", "CET")
                .with("Object/@ExternalId", "1")
                .with("Object/@DeviceName", "n")
                .toString());
        assertThat(parsing.telemetry.sum(Metric.XML_UNKNOWN_NAMES)).isZero();
    }

    @Test
    void shouldCountAndIgnoreTextAroundElements() {
        String post = new PostText().row(" 17 ").toString();
        assertThat(parsing.read(post)).endsWith(GOOD_ROW);
        assertThat(parsing.telemetry.sum(Metric.XML_STRAY_TEXT)).isEqualTo(1);
    }

    @Test
    void shouldIgnoreWhateverAnUnknownElementHolds() {
        String post = new PostText()
                .row("<New><Count Enters='x'/><Properties/>text</New>")
                .toString();
        assertThat(Parsing.outcomeOf(post)).endsWith(GOOD_ROW);
    }

    @Test
    void shouldReadGenderAgeAndWorkCardsWithoutRequiredValues() {
        String window = " StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080'";
        String rows = "<GenderCount" + window + " femaleNum='3'/><AgeCount" + window
                + " unknownAgeNum='4' Status='1'/><WorkCardCount" + window + "/>";
        assertThat(Parsing.outcomeOf(new PostText()
                        .object("<Object Id='1' ObjectType='3'>" + rows + "</Object>")
                        .toString()))
                .endsWith("""
                        gender interval null/1/null/3 1667806080+60: 0 3 0 status - []
                        age interval null/1/null/3 1667806080+60: 0 0 0 0 0 0 4 status 1 []
                        workcard interval null/1/null/3 1667806080+60: 0 status - []""");
    }

    @ParameterizedTest
    @CsvSource({
        "GenderCount, maleNum",
        "GenderCount, unknownGenderNum",
        "AgeCount, ageLess10Num",
        "AgeCount, ageOver60Num",
        "WorkCardCount, workCardNum"
    })
    void shouldCheckTheValuesOfOtherRows(String element, String value) {
        String row = "<" + element + " StartTime='15:28:00' EndTime='15:29:00' " + value + "='-1'/>";
        assertThat(Parsing.outcomeOf(new PostText().row(row).toString()))
                .isEqualTo("422 " + element + "/@" + value + ": not a number");
    }

    @Test
    void shouldNotRememberTheDocumentBefore() {
        parsing.read(new PostText().toString());
        assertThat(parsing.read("<Diags DeviceId='7'/>")).isEqualTo("""
                        REALTIME heartbeat null/null/7/null/null/null sent -9223372036854775808 version 1667807100 offset -2147483648 [no-transmit-time]
                        null|null|null|null|null|null|null|null|null|null|null|null|null|null|""");
    }
}
