package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One field of a good post at a time: what it is set to ({@code -}: left out) and what becomes of the post: the refusal, or
 * words that its description has.
 */
class FieldsTest {
    private static void check(PostText post, String expected) {
        String outcome = Parsing.outcomeOf(post.bytes());
        if (expected.startsWith("4")) {
            assertThat(outcome).isEqualTo(expected);
        } else {
            assertThat(outcome).contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    0                    | : 0 1 0 0 status 0 []
                    2147483647           | : 2147483647 1 0 0
                    2147483648           | 422 Count/@Enters: out of range
                    9223372036854775807  | 422 Count/@Enters: out of range
                    9223372036854775808  | 422 Count/@Enters: out of range
                    100000000000000000000| 422 Count/@Enters: out of range
                    0007                 | : 7 1 0 0
                    000000000000000000000000000007 | : 7 1 0 0
                    '  7 '               | : 7 1 0 0
                    &#x9;7&#10;          | : 7 1 0 0
                    &#x31;&#50;          | : 12 1 0 0
                    -1                   | 422 Count/@Enters: not a number
                    -0                   | 422 Count/@Enters: not a number
                    +7                   | 422 Count/@Enters: not a number
                    7.0                  | 422 Count/@Enters: not a number
                    7,0                  | 422 Count/@Enters: not a number
                    1e3                  | 422 Count/@Enters: not a number
                    0x7                  | 422 Count/@Enters: not a number
                    7 7                  | 422 Count/@Enters: not a number
                    NaN                  | 422 Count/@Enters: not a number
                    INF                  | 422 Count/@Enters: not a number
                    null                 | 422 Count/@Enters: not a number
                    ７                   | 422 Count/@Enters: not a number
                    ''                   | 422 Count/@Enters: missing
                    '   '                | 422 Count/@Enters: missing
                    -                    | 422 Count/@Enters: missing
                    """)
    void shouldReadEnters(String value, String expected) {
        check(new PostText().with("Count/@Enters", value), value == null ? "422 Count/@Enters: missing" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    Count/@Exits    | -          | 422 Count/@Exits: missing
                    Count/@Exits    | ''         | 422 Count/@Exits: missing
                    Count/@Exits    | 2147483648 | 422 Count/@Exits: out of range
                    Count/@Exits    | x          | 422 Count/@Exits: not a number
                    Count/@Passings | -          | : 2 1 0 0
                    Count/@Passings | ''         | : 2 1 0 0
                    Count/@Passings | 5          | : 2 1 5 0
                    Count/@Passings | 2147483648 | 422 Count/@Passings: out of range
                    Count/@Passings | -1         | 422 Count/@Passings: not a number
                    Count/@Returns  | -          | : 2 1 0 0
                    Count/@Returns  | 9          | : 2 1 0 9
                    Count/@Returns  | -1         | 422 Count/@Returns: not a number
                    Count/@Status   | 4          | status 4 []
                    Count/@Status   | -4         | status -4 []
                    Count/@Status   | +4         | status 4 []
                    Count/@Status   | -          | status - []
                    Count/@Status   | ''         | status - []
                    Count/@Status   | ok         | 422 Count/@Status: not a number
                    Count/@Status   | 1.5        | 422 Count/@Status: not a number
                    Count/@Status   | 2147483647 | status 2147483647 []
                    Count/@Status   | 2147483648 | 422 Count/@Status: out of range
                    Count/@Status   | -2147483647| status -2147483647 []
                    Count/@Status   | -2147483648| 422 Count/@Status: out of range
                    """)
    void shouldReadTheOtherValues(String field, String value, String expected) {
        check(new PostText().with(field, value), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    Object/@Id         | -            | null/0/count/0
                    Object/@Id         | ''           | null/0/count/0
                    Object/@Id         | -1           | null/-1/count/0
                    Object/@Id         | Eingang 7    | null/Eingang 7/count/0
                    Object/@Id         | a&#10;b      | 422 Object/@Id: contains a control character
                    Object/@Id         | a&#x85;b     | 422 Object/@Id: contains a control character
                    Object/@ObjectType | -            | null/0/count/0
                    Object/@ObjectType | ''           | null/0/count/0
                    Object/@ObjectType | 00           | null/0/count/0
                    Object/@ObjectType | 4            | null/0/count/4 1667806020+60: 2 1 0 0 status 0 [unknown-type]
                    Object/@ObjectType | 3            | null/0/count/3 1667806020+60: 2 1 0 0 status 0 []
                    Object/@ObjectType | 2147483647   | /2147483647 1667806020
                    Object/@ObjectType | 2147483648   | 422 Object/@ObjectType: out of range
                    Object/@ObjectType | -1           | 422 Object/@ObjectType: not a number
                    Object/@ObjectType | 0x0          | 422 Object/@ObjectType: not a number
                    Object/@DeviceId   | 12345        | count interval null/0/count/0 1667806020+60: 2 1 0 0 status 0 []
                    Object/@DeviceId   | 99           | count interval 99/0/count/0 1667806020+60: 2 1 0 0 status 0 [object-device]
                    Object/@DeviceId   | ''           | count interval null/0/count/0
                    Object/@DeviceId   | a&#13;b      | 422 Object/@DeviceId: contains a control character
                    Object/@Name       | -            | null/0/null/0
                    Object/@Name       | ''           | null/0/null/0
                    Object/@Name       | &amp;lt;     | null/0/&lt;/0
                    Object/@Name       | &lt;&gt;&quot;&apos;&amp; | null/0/<>"'&/0
                    """)
    void shouldReadTheObject(String field, String value, String expected) {
        check(new PostText().with(field, value), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -    | INTERVAL s1/
                    ''   | INTERVAL s1/
                    1    | +60: 2 1 0 0 status 0 []
                    5    | +60: 2 1 0 0 status 0 [interval-mismatch]
                    1440 | +60: 2 1 0 0 status 0 [interval-mismatch]
                    0    | count realtime null/0/count/0 1667806020+60: 2 1 0 0 status 0 []
                    1441 | 422 ReportData/@Interval: out of range
                    10000000000 | 422 ReportData/@Interval: out of range
                    -1   | 422 ReportData/@Interval: not a number
                    1.5  | 422 ReportData/@Interval: not a number
                    one  | 422 ReportData/@Interval: not a number
                    """)
    void shouldReadTheInterval(String value, String expected) {
        check(new PostText().with("ReportData/@Interval", value), expected);
    }

    @Test
    void shouldTakeIntervalZeroForEvents() {
        assertThat(Parsing.outcomeOf(
                        new PostText().with("ReportData/@Interval", "0").bytes()))
                .startsWith("REALTIME ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    @DeviceId   | ''            | /201000002209190025/Door/201000002209190025/
                    @DeviceId   | '  '          | /201000002209190025/Door/201000002209190025/
                    @DeviceId   | -             | /201000002209190025/Door/201000002209190025/
                    @DeviceId   | a&#10;b       | 422 @DeviceId: contains a control character
                    @DeviceId   | a&#x1b;b      | 400 not well-formed XML
                    @DeviceId   | a&#x7f;b      | 422 @DeviceId: contains a control character
                    @DeviceId   | a&#x9f;b      | 422 @DeviceId: contains a control character
                    @DeviceId   | a&#x2028;b    | 422 @DeviceId: contains a control character
                    @DeviceId   | a&#xfeff;b    | 422 @DeviceId: contains a control character
                    @DeviceId   | ../../etc     | /../../etc/Door/
                    @DeviceId   | ${jndi:x}     | /${jndi:x}/Door/
                    @DeviceId   | 前门          | /前门/Door/
                    @DeviceId   | &#x1F600;     | /😀/Door/
                    @SiteId     | a&#10;b       | 422 @SiteId: contains a control character
                    @SiteId     | ''            | INTERVAL null/Shop/
                    @SiteName   | a&#x2028;b    | INTERVAL s1/aLSb/
                    @SiteName   | ''            | INTERVAL s1/null/
                    @DeviceName | -             | /12345/null/
                    Properties/SerialNumber | - | /Door/null/4c:bc:98:60:27:8a sent
                    Properties/SerialNumber | 000123456789012345678901234567890123456789 | /Door/000123456789012345678901234567890123456789/4c
                    Properties/SerialNumber | a&#10;b | 422 Properties/SerialNumber: contains a control character
                    Properties/MacAddress   | 4C-BC-98-60-27-8A | /4c:bc:98:60:27:8a sent
                    Properties/MacAddress   | 4CBC9860278A      | /4c:bc:98:60:27:8a sent
                    Properties/MacAddress   | 4cbc.9860.278a    | /4c:bc:98:60:27:8a sent
                    Properties/MacAddress   | 4c:bc:98:60:27:8a | /4c:bc:98:60:27:8a sent
                    Properties/MacAddress   | 4c:bc-98:60:27:8a | /4c:bc:98:60:27:8a sent
                    Properties/MacAddress   | 4c:bc:98:60:27:8A | /4c:bc:98:60:27:8a sent
                    Properties/MacAddress   | 4c:bc:98:60:27:8g | /4c:bc:98:60:27:8g sent
                    Properties/MacAddress   | none              | /none sent
                    Properties/MacAddress   | 4C:BC:98:60:27    | /4C:BC:98:60:27 sent
                    Properties/MacAddress   | 4C:BC:98:60:27:8A:00 | /4C:BC:98:60:27:8A:00 sent
                    Properties/MacAddress   | ''                | /201000002209190025/null sent
                    Properties/MacAddress   | a&#9;b            | 422 Properties/MacAddress: contains a control character
                    Properties/Version      | '1.0 beta'        | []NL1.0 beta|
                    Properties/Version      | ''                | []NLnull|
                    """)
    void shouldReadWhoSent(String field, String value, String expected) {
        check(new PostText().with(field, value), expected.replace("NL", "\n").replace("LS", "\u2028"));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "@DeviceId, 12345 ,/Shop/12345/Door/",
                "@DeviceId,&#9;12345&#10;,/Shop/12345/Door/",
                "@DeviceId,　12345,/Shop/12345/Door/",
                "@DeviceId,a  b ,/Shop/a  b/Door/",
                "@SiteId, s1 ,INTERVAL s1/Shop/",
                "Properties/SerialNumber, 7 ,/Door/7/4c:bc",
                "Properties/MacAddress, 4C-BC-98-60-27-8A ,/4c:bc:98:60:27:8a sent",
                "Object/@DeviceId, 12345 ,count interval null/0/count/0",
                "Object/@DeviceId, 99 ,count interval 99/0/count/0",
                "Object/@Id, 7 ,count interval null/ 7 /count/0"
            })
    void shouldStripIdentitiesButKeepTheObjectsIdAsSent(String field, String value, String expected) {
        check(new PostText().with(field, value), expected);
    }

    @Test
    void shouldMeasureIdsWithoutTheWhiteSpaceAroundThem() {
        check(new PostText().with("@DeviceId", " " + "x".repeat(128) + " "), "/" + "x".repeat(128) + "/");
    }

    @Test
    void shouldNotTakeTheSameIdWithABlankForAContradiction() {
        check(new PostText().with("@deviceid", " 12345 "), "/Shop/12345/Door/");
    }

    @Test
    void shouldFallBackToTheMacWhereDeviceIdAndSerialNumberAreMissing() {
        PostText post = new PostText().without("@DeviceId", "Properties/SerialNumber");
        check(post, "/4c:bc:98:60:27:8a/Door/null/4c:bc:98:60:27:8a sent");
    }

    @Test
    void shouldRefuseAPostWithoutAnyIdentity() {
        PostText post = new PostText().without("@DeviceId", "Properties/SerialNumber", "Properties/MacAddress");
        check(post, "422 DeviceId: missing");
    }

    @ParameterizedTest
    @CsvSource({
        "@DeviceId, 128",
        "@SiteId, 128",
        "Properties/SerialNumber, 128",
        "Properties/MacAddress, 128",
        "Object/@DeviceId, 128",
        "Object/@Id, 64"
    })
    void shouldRefuseIdsThatAreTooLong(String field, int longest) {
        String id = "x".repeat(longest);
        check(new PostText().with(field, id), id);
        check(new PostText().with(field, id + "x"), "422 " + field + ": too long");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    UnixStartTime='x'                               | UnixStartTime: not a number
                    UnixStartTime='-1'                              | UnixStartTime: not a number
                    UnixStartTime='1667806020' UNIXSTARTTIME='7'    | UnixStartTime: given twice with different values
                    StartTime='x'                                   | StartTime: not a time (HH:mm:ss)
                    EndTime='25:00:00'                              | EndTime: not a time (HH:mm:ss)
                    UnixStartTime='1667806020' Status='x'           | Status: not a number
                    UnixStartTime='1667806020' Status='2147483648'  | Status: out of range
                    """)
    void shouldNameTheFieldOfEveryKindOfRow(String attributes, String expected) {
        for (String row : List.of("Count", "GenderCount", "AgeCount", "WorkCardCount")) {
            check(new PostText().row("<" + row + " " + attributes + "/>"), "422 " + row + "/@" + expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"@SiteName", "@DeviceName", "Object/@Name", "Properties/HostName"})
    void shouldCutNamesThatAreTooLong(String field) {
        check(new PostText().with(field, "x".repeat(256)), "x".repeat(256));
        String outcome = Parsing.outcomeOf(
                new PostText().with(field, "x".repeat(255) + "😀").bytes());
        assertThat(outcome).contains("x".repeat(255)).doesNotContain("x".repeat(256), "\ud83d");
    }
}
