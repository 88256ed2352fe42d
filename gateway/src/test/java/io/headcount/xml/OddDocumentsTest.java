package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue of odd input, row by row, as far as one document tells: C is XML, E encodings, F structure, G numbers, H time.
 * Each case is read whole and in pieces, and a good post after it. What is left out needs a connection, a journal or a clock.
 */
class OddDocumentsTest {
    private static final String GOOD = "200 K []";
    private static final String NOT_XML = "400 K not-well-formed";
    private static final String CUT_OFF = "400 K truncated";
    private static final String BOUND = "400 X xml-bound";
    private static final String BAD_BYTES = "400 K encoding-invalid";

    private static final List<Arguments> CASES = new ArrayList<>();
    private static final Set<String> IDS = new TreeSet<>();

    private static void is(String id, String verdict, byte[] document) {
        IDS.add(id);
        CASES.add(Arguments.of(id, verdict, document));
    }

    private static void documents(String id, String verdict, String... documents) {
        for (String document : documents) {
            is(id, verdict, document.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** As the text of HostName. */
    private static void texts(String id, String verdict, String... texts) {
        fields(id, verdict, "Properties/HostName", texts);
    }

    private static void fields(String id, String verdict, String field, String... values) {
        for (String value : values) {
            is(id, verdict, new PostText().with(field, value).bytes());
        }
    }

    /** As another row. */
    private static void rows(String id, String verdict, String... rows) {
        for (String row : rows) {
            is(id, verdict, new PostText().row(row).bytes());
        }
    }

    private static void declared(String id, String verdict, String... declarations) {
        for (String declaration : declarations) {
            is(id, verdict, new PostText().declaration(declaration).bytes());
        }
    }

    private static byte[] encoded(String declaration, String charset, String siteName) {
        return new PostText()
                .declaration(declaration)
                .with("@SiteName", siteName)
                .bytes(Charset.forName(charset));
    }

    /** The good post with these bytes for its SiteName. */
    private static byte[] named(int... bytes) {
        String[] parts = new PostText().with("@SiteName", "@").toString().split("\"@\"", 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((parts[0] + '"').getBytes(StandardCharsets.UTF_8));
        for (int value : bytes) {
            out.write(value);
        }
        out.writeBytes(('"' + parts[1]).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static String rooted(String root, String content) {
        return "<" + root + " DeviceId='7'>" + content + "</" + root + ">";
    }

    static {
        xml();
        encodings();
        structure();
        identities();
        numbers();
        times();
    }

    private static void xml() {
        String post = new PostText().toString();
        documents("C01", "400 K empty-document", "", " \r\n\t");
        documents("C02", CUT_OFF, post.substring(0, 1), post.substring(0, 200), post.substring(0, post.length() - 1));
        documents("C03", CUT_OFF, "<Metrics>", "<Metrics><!-- a", "<Metrics><![CDATA[a", "<Metrics DeviceId='7");
        documents("C03", "400 K processing-instruction", "<Metrics><?a");
        documents("C04", NOT_XML, "<Metrics><Properties></Metrics>", "<Metrics></metrics>");
        documents("C06", GOOD, post + " \r\n", post + "<!-- end -->");
        documents("C07", NOT_XML, "x" + post, "{\"code\":0}", "a=1&b=2");
        documents("C07", "400 X doctype", "<!DOCTYPE html><html></html>");
        is("C07", NOT_XML, new byte[] {0x1F, (byte) 0x8B, 8, 0, 0});
        declared("C08", GOOD, "\n<?xml version=\"1.0\"?>", "  <?xml version='1.0' encoding='utf-8'?>");
        declared("C09", "400 K processing-instruction", "<?xml version='1.0'?><?xml version='1.0'?>");
        declared("C10", GOOD, "<?xml version='1.0'?>", "<?xml version=\"1.1\"?>");
        declared("C10", NOT_XML, "<?xml version='2.0'?>", "<?xml version='1.00'?>", "<?xml encoding='utf-8'?>");
        declared("C11", NOT_XML, "<?xml version='1.0' standalone='maybe'?>");
        rows("C12", NOT_XML, "<x a='1' a='2'/>", "<x xmlns:p='u' xmlns:q='u' p:a='1' q:a='2'/>");
        rows("C13", NOT_XML, "<x a=1/>", "<x a/>", "<x a='<'/>", "<x a='1'b='2'/>");
        rows("C14", NOT_XML, "<x></x a='1'>", "< x/>", "<1a/>", "<:a/>", "<a:b:c/>");
        rows("C15", NOT_XML, "<p:x/>", "<x p:a='1'/>");
        fields("C16", GOOD, "@xmlns", "urn:x");
        rows("C17", NOT_XML, "<x xmlns:xml='urn:x'/>", "<x xmlns:xmlns='urn:x'/>", "<x xmlns:p=''/>");
        rows("C18", NOT_XML, "<!-- a -- b -->", "<!-- a --->");
        texts("C21", NOT_XML, "a]]>", "]]>");
        texts("C22", NOT_XML, "<![CDATA[a<![CDATA[b]]>c]]>");
        texts("C22", GOOD, "<![CDATA[a<![CDATA[b]]>c");
        rows("C23", "400 K processing-instruction", "<?a b?>");
        declared("C23", "400 K processing-instruction", "<?xml-stylesheet href='a'?>");
        fields("C24", GOOD, "Count/@Enters", "&#x31;&#54;");
        texts("C25", NOT_XML, "&#0;", "&#xD800;", "&#x110000;", "&#4294967361;", "&#;", "&#X41;", "&#xFFFE;");
        texts("C27", NOT_XML, "AT&T", "&", "&#65");
        texts("C27", "400 K entity", "&nbsp;", "&foo;");
        fields("C27", NOT_XML, "@DeviceName", "AT&T", "&", "&nbsp;", "&foo;");
        fields("C28", GOOD, "@DeviceName", "&lt;&gt;&amp;&quot;&apos;", "&amp;lt;");
        texts("C29", NOT_XML, "\0", "\u0001", "\u001b", "\u001f");
        texts("C29", GOOD, "a\tb\nc\rd");
        fields("C30", GOOD, "@DeviceName", "a\u0085b", "a\u2028b", "a\u007fb");
        documents("C32", GOOD, post.replace("\n", "\r\n"), post.replace("\n", "\r"));
        documents("C33", "422 K missing DeviceId", "<Metrics/>", "<RTMetrics></RTMetrics>", "<Diags/>");
        documents("C33", "200 K [no-transmit-time]", "<Metrics DeviceId='7'/>", rooted("Metrics", "<Properties/>"));
    }

    private static void encodings() {
        declared("E02", NOT_XML, "\ufeff\ufeff");
        fields("E02", GOOD, "@SiteName", "a\ufeffb");
        fields("E02", "422 K control-character @DeviceId", "@DeviceId", "a\ufeffb");
        is("E03", GOOD, encoded("\ufeff<?xml version='1.0' encoding='UTF-16'?>", "UTF-16LE", "测试"));
        is("E03", GOOD, encoded("<?xml version='1.0'?>", "UTF-16BE", "测试"));
        is("E03", "400 K encoding-unknown", encoded("", "UTF-32", "测试"));
        declared("E04", BAD_BYTES, "<?xml version='1.0' encoding='UTF-16'?>");
        is("E05", GOOD, encoded("<?xml version='1.0' encoding='ISO-8859-1'?>", "ISO-8859-1", "Müller"));
        is("E06", BAD_BYTES, encoded("<?xml version='1.0' encoding='US-ASCII'?>", "UTF-8", "Müller"));
        for (String chinese : List.of("GB2312", "GBK", "GB18030")) {
            is("E07", GOOD, encoded("<?xml version='1.0' encoding='" + chinese + "'?>", chinese, "测试"));
        }
        is("E08", BAD_BYTES, encoded("<?xml version='1.0' encoding='utf-8'?>", "GBK", "测试"));
        declared("E09", "400 K encoding-unknown", "<?xml version='1.0' encoding='UTF-7'?>");
        declared("E09", "400 K encoding-unknown", "<?xml version='1.0' encoding='x-user-defined'?>");
        declared("E09", "400 K encoding-unknown", "<?xml version='1.0' encoding='EBCDIC-CP-US'?>");
        declared("E09", NOT_XML, "<?xml version='1.0' encoding='" + "e".repeat(4096) + "'?>");
        is("E11", BAD_BYTES, named(0xC0, 0xBC));
        is("E11", BAD_BYTES, named(0xE0, 0x80, 0xAF));
        is("E11", BAD_BYTES, named(0xC1, 0x81));
        is("E13", BAD_BYTES, named(0xF5, 0x80, 0x80, 0x80));
        is("E13", BAD_BYTES, named(0xF4, 0x90, 0x80, 0x80));
        is("E14", BAD_BYTES, named(0xF8, 0x88, 0x80, 0x80, 0x80));
        is("E14", BAD_BYTES, named(0xFE));
        is("E14", BAD_BYTES, named(0xFF));
        is("E14", BAD_BYTES, named(0x80));
        is("E16", NOT_XML, named(0xEF, 0xBF, 0xBE));
        is("E16", NOT_XML, named(0xEF, 0xBF, 0xBF));
        fields("E17", GOOD, "@DeviceName", "😀", "\u202eabc", "a" + "\u0301".repeat(600));
        fields("E18", GOOD, "@DeviceId", "\u00e9", "e\u0301");
        fields("E19", "422 K control-character @DeviceId", "@DeviceId", "a&#13;b", "a&#10;b", "a&#x9f;b");
        fields("E19", NOT_XML, "@DeviceId", "a&#27;b");
        fields("E19", GOOD, "@DeviceId", "${jndi:ldap://x}", "&lt;script>", "'; DROP TABLE x");
    }

    private static void structure() {
        documents("F01", "422 K unknown-root", rooted("Counts", ""), rooted("html", "<body/>"));
        documents("F01", "200 K [no-transmit-time]", rooted("metrics", ""), rooted("METRICS", ""));
        documents("F01", "422 K structure RTReport", rooted("Metrics", "<RTReport/>"));
        fields("F02", GOOD, "Properties/HttpPort", "80");
        fields("F02", GOOD, "Properties/FirmwareOfTomorrow", "80");
        fields("F03", GOOD, "Object/@Colour", "red");
        fields("F03", GOOD, "Count/@Colour", "red");
        fields("F04", GOOD, "@DeviceId", (String) null);
        fields("F04", "200 K [no-transmit-time]", "Properties/TransmitTime", null, "", " ");
        fields("F04", GOOD, "Report/@Date", (String) null);
        fields("F04", GOOD, "Object/@Id", (String) null);
        fields("F04", GOOD, "Object/@ObjectType", (String) null);
        fields("F04", GOOD, "Count/@UnixStartTime", (String) null);
        fields("F04", "422 K missing Count/@Enters", "Count/@Enters", null, "", " ");
        fields("F04", "422 K missing Count/@Exits", "Count/@Exits", null, "", " ");
        PostText noStart = new PostText().without("Count/@UnixStartTime");
        is(
                "F04",
                "422 K missing Report/@Date",
                noStart.with("Report/@Date", null).bytes());
        is(
                "F04",
                "422 K missing Count/@UnixStartTime",
                noStart.with("Count/@StartTime", null).bytes());
        PostText nobody = new PostText().without("@DeviceId", "Properties/SerialNumber", "Properties/MacAddress");
        is("F05", "422 K missing DeviceId", nobody.bytes());
        is("F05", "422 K missing DeviceId", nobody.with("@DeviceId", " ").bytes());
        fields("F06", GOOD, "Properties/HwPlatform", "", " ");
        documents("F08", "422 K structure Properties", rooted("Metrics", "<Properties/><Properties/>"));
        documents("F08", "200 K [no-transmit-time]", rooted("Metrics", "<ReportData/><ReportData/>"));
        documents("F08", GOOD, twoReports());
        String post = new PostText().toString();
        String properties = new PostText().propertiesText();
        documents("F09", GOOD, post.replace(properties, "").replace("</Metrics>", properties + "</Metrics>"));
        documents("F10", "200 K [no-transmit-time]", rooted("Metrics", "<ReportData><Report/></ReportData>"));
        documents(
                "F10",
                "200 K [no-transmit-time]",
                rooted("Metrics", "<ReportData><Report><Object/></Report></ReportData>"));
        is("F12", GOOD, new PostText().object(PostText.object(0, 3, 3)).bytes());
        is("F13", GOOD, withObjects(1, 2));
        fields("F13", "200 K [no-total]", "Object/@ObjectType", "1", "2");
        fields("F13", GOOD, "Object/@ObjectType", "3", "00");
        fields("F13", "200 K [unknown-type]", "Object/@ObjectType", "4");
        fields("F13", "422 K not-a-number Object/@ObjectType", "Object/@ObjectType", "-1", "0x0");
        is("F14", "200 K [sum-mismatch]", withObjects(1, 1));
        documents("F15", GOOD, Parsing.text("vendor-interval-metrics.xml"));
        fields("F16", "200 K [interval-mismatch]", "ReportData/@Interval", "5", "1440");
        fields("F17", GOOD, "ReportData/@Interval", "0", "", null);
        fields("F17", "422 K not-a-number ReportData/@Interval", "ReportData/@Interval", "-1", "1.5");
        fields("F17", "422 K out-of-range ReportData/@Interval", "ReportData/@Interval", "1441", "10000000000");
        is("F25", "200 K [no-transmit-time]", rooted("Diags", "").getBytes(StandardCharsets.UTF_8));
        is("F25", GOOD, new PostText().root("Diags").bytes());
        rows("F27", "422 K missing Count/@Enters", "<Count><Enters>2</Enters></Count>");
        documents(
                "F27",
                "200 K [no-transmit-time]",
                new PostText()
                        .without("Properties/TransmitTime")
                        .toString()
                        .replace("<Properties>", "<Properties TransmitTime='1667806085'>"));
        documents("D26", "422 K structure Count", rooted("Metrics", "<Properties><Count/></Properties>"));
    }

    private static String twoReports() {
        String post = new PostText().toString();
        String report = post.substring(post.indexOf("<Report "), post.indexOf("</ReportData>"));
        String yesterday = report.replace("2022-11-07", "2022-11-06").replace("1667806020", "1667719620");
        return post.replace(report, report + yesterday);
    }

    private static byte[] withObjects(int adults, int children) {
        return new PostText()
                .object(PostText.object(1, adults, 1))
                .object(PostText.object(2, children, 0))
                .with("Count/@Enters", "3")
                .bytes();
    }

    private static void identities() {
        fields("F18", GOOD, "Properties/ConnectionType", "Wired", "Wifi", "WiFi", "Wi-Fi");
        fields("F18", GOOD, "Properties/WifiPassword", "CANARY");
        fields("F19", GOOD, "Properties/WifiPassword", "<b>CANARY</b>", "<![CDATA[CANARY&]]>", "&lt;CANARY");
        fields("F19", NOT_XML, "Properties/WifiPassword", "CANARY&CANARY");
        fields("F19", BOUND, "Properties/WifiPassword", "C".repeat(10_240));
        fields("F21", GOOD, "Properties/MacAddress", "none", "4c-bc-98-60-27-8a", "4CBC9860278A");
        fields("F21", GOOD, "Properties/IpAddress", "none", "fe80::1", "10.0.0.1");
        fields("F22", GOOD, "Properties/SerialNumber", "201000002209190025", "0".repeat(40));
        fields("F23", GOOD, "Properties/Version", "1", "2", "1.0", null);
        fields("F24", BOUND, "@DeviceName", "n".repeat(65_536));
        fields("F24", GOOD, "@SiteId", "", "Site ID");
    }

    private static void numbers() {
        for (String counter : List.of("Enters", "Exits", "Passings", "Returns")) {
            String field = "Count/@" + counter;
            fields("G01", "422 K not-a-number " + field, field, "-1");
            fields("G02", GOOD, field, "2147483647");
            fields("G02", "422 K out-of-range " + field, field, "2147483648", "9223372036854775807");
            fields("G02", "422 K out-of-range " + field, field, "1" + "0".repeat(20));
            fields("G04", "422 K not-a-number " + field, field, "NaN", "INF", "-0", "null", "None", "1e3", "7.0");
            fields("G06", BOUND, field, "1".repeat(10_000));
        }
        fields("G09", GOOD, "Count/@Exits", "100000");
        fields("G10", GOOD, "Count/@Status", "0", "1", "-1", "65535", "");
        fields("G10", "422 K not-a-number Count/@Status", "Count/@Status", "ok", "1.5");
        fields("G11", GOOD, "Object/@Id", "0", "-1", "1000000000", "Eingang");
        fields("G12", GOOD, "Properties/Timezone", "8", "+8", "8.0", "");
        fields("G12", "200 K [time-mismatch]", "Properties/Timezone", "-5", "5.5", "5.75", "14");
        fields("G12", "200 K [time-mismatch]", "Properties/Timezone", "8:00", "15", "-13");
        PostText byWallClock = new PostText().without("Count/@UnixStartTime");
        is(
                "G12",
                "422 K out-of-range Properties/Timezone",
                byWallClock.with("Properties/Timezone", "15").bytes());
        is(
                "G12",
                "422 K not-a-number Properties/Timezone",
                byWallClock.with("Properties/Timezone", "8:00").bytes());
        fields("G13", GOOD, "Properties/DST", "0", "1", "");
        fields("G13", "200 K [time-mismatch]", "Properties/DST", "2", "-1", "60", "on");
        byWallClock.with("Properties/Timezone", "8");
        is(
                "G13",
                "422 K out-of-range Properties/DST",
                byWallClock.with("Properties/DST", "60").bytes());
        is(
                "G13",
                "422 K not-a-number Properties/DST",
                byWallClock.with("Properties/DST", "on").bytes());
    }

    private static void times() {
        fields("H01", "200 K [time-mismatch, interval-mismatch]", "Count/@StartTime", "15:22:00", "12:27:00");
        fields("H01", "200 K [time-mismatch]", "Report/@Date", "2022-11-06");
        fields("H02", GOOD, "Properties/DST", "1");
        fields("H03", "200 K [time-mismatch]", "Count/@UnixStartTime", "1667806021");
        fields("H05", "200 K [interval-mismatch]", "Count/@EndTime", "15:32:00");
        fields("H06", "422 K not-a-time Count/@StartTime", "Count/@StartTime", "15:60:00", "25:00:00", "15:27");
        fields("H06", "422 K not-a-time Count/@StartTime", "Count/@StartTime", "15:27:60", "\uff13:27:00");
        fields("H07", "422 K not-a-date Report/@Date", "Report/@Date", "2022-02-30", "2022-13-01", "2022-11-7");
        fields("H07", "422 K not-a-date Report/@Date", "Report/@Date", "07/11/2022", "0000-00-00");
        fields("H07", "422 K out-of-range Report/@Date", "Report/@Date", "9999-12-31");
        fields("H08", "200 K [time-mismatch]", "Report/@Date", "2020-02-29");
        fields("H08", "422 K not-a-date Report/@Date", "Report/@Date", "2022-02-29");
        is("H09", GOOD, springGap("02:30:00", "02:31:00"));
        is("H09", GOOD, springGap("03:30:00", "03:31:00"));
        fields("H11", "200 K [time-mismatch]", "Properties/Timezone", "9");
        fields("H12", "200 K [transmit-before-window]", "Properties/TransmitTime", "1667806000", "1");
        fields("H13", GOOD, "Properties/TransmitTime", "1667806860");
        fields("H14", GOOD, "Properties/TransmitTime", "1667807105");
        fields("H14", "200 K [clock-ahead]", "Properties/TransmitTime", "1667807700", "1699343100", "4070908800");
        fields("H15", "200 K [no-transmit-time]", "Properties/TransmitTime", "0", "-1");
        fields("H15", "200 K [clock-ahead]", "Properties/TransmitTime", "2147483647", "2147483648");
        fields("H15", "200 K [clock-ahead]", "Properties/TransmitTime", "1667806085000", "1667806085000000");
        fields("H16", "422 K out-of-range Count/@UnixStartTime", "Count/@UnixStartTime", "1667806020000");
        fields(
                "H17",
                "200 K [clock-ahead, time-mismatch, transmit-before-window]",
                "Count/@UnixStartTime",
                "1667807220");
        is("H20", GOOD, lastMinuteOfTheDay("24:00:00"));
        is("H20", GOOD, lastMinuteOfTheDay("23:59:60"));
        is("H20", GOOD, lastMinuteOfTheDay("00:00:00"));
        documents("H21", GOOD, twoReports());
    }

    /** 2022-03-27 01:30 UTC in a zone of UTC+1 that goes over to daylight saving in this very hour. */
    private static byte[] springGap(String start, String end) {
        return new PostText()
                .with("Properties/Timezone", "1")
                .with("Properties/DST", "1")
                .with("Report/@Date", "2022-03-27")
                .with("Count/@StartTime", start)
                .with("Count/@EndTime", end)
                .with("Count/@UnixStartTime", "1648344600")
                .bytes();
    }

    private static byte[] lastMinuteOfTheDay(String end) {
        return new PostText()
                .with("Report/@Date", "2021-12-31")
                .with("Count/@StartTime", "23:59:00")
                .with("Count/@EndTime", end)
                .with("Count/@UnixStartTime", "1640966340")
                .bytes();
    }

    static List<Arguments> cases() {
        return CASES;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void shouldAnswerAsTheCatalogueSays(String id, String verdict, byte[] document) {
        assertThat(Parsing.verdictOf(document)).as(id).isEqualTo(verdict);
    }

    @Test
    void shouldHaveACaseForEveryRowThatOneDocumentTells() {
        assertThat(IDS)
                .containsAll(range("C", 1, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18))
                .containsAll(range("C", 21, 22, 23, 24, 25, 27, 28, 29, 30, 32, 33))
                .containsAll(range("E", 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17, 18, 19))
                .containsAll(range("F", 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19))
                .containsAll(range("F", 21, 22, 23, 24, 25, 27))
                .containsAll(range("G", 1, 2, 4, 6, 9, 10, 11, 12, 13))
                .containsAll(range("H", 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 20, 21));
    }

    private static List<String> range(String group, int... rows) {
        List<String> ids = new ArrayList<>();
        for (int row : rows) {
            ids.add(String.format(Locale.ROOT, "%s%02d", group, row));
        }
        return ids;
    }
}
