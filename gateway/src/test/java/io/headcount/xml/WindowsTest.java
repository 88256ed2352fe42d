package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which minute a row is about, and which version it is. The good post's window is 15:27 to 15:28 on 2022-11-07 at UTC+8,
 * 1667806020; it is received at 07:45:00 UTC, 1667807100.
 */
class WindowsTest {
    private static final long NOW = Parsing.VENDOR_MS / 1000;

    private static String outcome(PostText post) {
        return Parsing.outcomeOf(post.bytes());
    }

    private static void check(PostText post, String expected) {
        if (expected.startsWith("4")) {
            assertThat(outcome(post)).isEqualTo(expected);
        } else {
            assertThat(outcome(post)).contains(expected);
        }
    }

    private static PostText byWallClock() {
        return new PostText().without("Count/@UnixStartTime");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    15:27:00 | 15:28:00 | 1667806020+60: 2 1 0 0 status 0 []
                    00:00:00 | 00:01:00 | 1667750400+60:
                    23:59:00 | 00:00:00 | 1667836740+60:
                    23:59:00 | 24:00:00 | 1667836740+60:
                    24:00:00 | 00:01:00 | 1667836800+60:
                    00:00:00 | 24:00:00 | 1667750400+86400:
                    15:27:00 | 15:26:00 | 1667806020+86340:
                    15:27:21 | 15:27:22 | 1667806041+1:
                    15:58:30 | 15:59:60 | 1667807910+90:
                    15:27:00 | 15:27:00 | 422 Count/@EndTime: out of range
                    24:00:00 | 00:00:00 | 422 Count/@EndTime: out of range
                    24:00:00 | 24:00:00 | 422 Count/@EndTime: out of range
                    24:00:01 | 00:01:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    25:00:00 | 00:01:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    15:60:00 | 16:01:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    15:27:60 | 15:28:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    15:27    | 15:28:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    5:27:00  | 15:28:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    -1:27:00 | 15:28:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    15.27.00 | 15:28:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    １５:27:00 | 15:28:00 | 422 Count/@StartTime: not a time (HH:mm:ss)
                    15:27:00 | 15:28:0x | 422 Count/@EndTime: not a time (HH:mm:ss)
                    15:27:00 | 3 PM     | 422 Count/@EndTime: not a time (HH:mm:ss)
                    ''       | 15:28:00 | 422 Count/@UnixStartTime: missing
                    """)
    void shouldReadTheWallClock(String start, String end, String expected) {
        PostText post = byWallClock().with("ReportData/@Interval", null);
        check(post.with("Count/@StartTime", start).with("Count/@EndTime", end), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2022-11-07  | 1667806020+60:
                    2020-02-29  | 1582961220+60:
                    2000-01-02  | 946798020+60:
                    2022-11-08  | 1667892420+60:
                    2022-02-29  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    1900-02-29  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022-02-30  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022-13-01  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022-00-01  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022-11-00  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022-11-31  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022-11-7   | 422 Report/@Date: not a date (yyyy-MM-dd)
                    07/11/2022  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    2022/11/07  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    0000-00-00  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    -022-11-07  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    1999-12-30  | 422 Report/@Date: out of range
                    1970-01-01  | 422 Report/@Date: out of range
                    9999-12-31  | 422 Report/@Date: out of range
                    ''          | 422 Report/@Date: missing
                    """)
    void shouldReadTheDate(String date, String expected) {
        check(byWallClock().with("Report/@Date", date), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    8     | 0  | offset 28800 []   | 1667806020+60: 2 1 0 0 status 0 []
                    +8    | 0  | offset 28800 []   | 1667806020+60: 2 1 0 0 status 0 []
                    8.0   | '' | offset 28800 []   | 1667806020+60: 2 1 0 0 status 0 []
                    7     | 1  | offset 28800 []   | 1667806020+60: 2 1 0 0 status 0 []
                    5.5   | 0  | offset 19800 []   | 1667815020+60: 2 1 0 0 status 0 [clock-ahead
                    5.75  | 0  | offset 20700 []   | 1667814120+60: 2 1 0 0 status 0 [clock-ahead
                    -3.5  | 0  | offset -12600 []  | 1667847420+60: 2 1 0 0 status 0 [clock-ahead
                    -12   | 0  | offset -43200 []  | 1667878020+60: 2 1 0 0 status 0 [clock-ahead
                    14    | 0  | offset 50400 []   | 1667784420+60: 2 1 0 0 status 0 []
                    15    | 0  | 422 Properties/Timezone: out of range | -
                    -13   | 0  | 422 Properties/Timezone: out of range | -
                    8:00  | 0  | 422 Properties/Timezone: not a number | -
                    CET   | 0  | 422 Properties/Timezone: not a number | -
                    8.    | 0  | 422 Properties/Timezone: not a number | -
                    100   | 0  | 422 Properties/Timezone: out of range | -
                    -9999999999999999999 | 0 | 422 Properties/Timezone: out of range | -
                    8     | 0.5 | offset 30600 []  | 1667804220+60: 2 1 0 0 status 0 []
                    8     | 2  | 422 Properties/DST: out of range | -
                    8     | -1 | 422 Properties/DST: out of range | -
                    8     | 60 | 422 Properties/DST: out of range | -
                    8     | on | 422 Properties/DST: not a number | -
                    ''    | 0  | 422 Properties/Timezone: missing      | -
                    """)
    void shouldNeedTheTimezoneForTheWallClock(String timezone, String dst, String expected, String row) {
        PostText post = byWallClock().with("Properties/Timezone", timezone).with("Properties/DST", dst);
        check(post, expected);
        if (!expected.startsWith("4")) {
            check(post, row);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    8   | 0  | status 0 []
                    7   | 1  | status 0 []
                    8   | 1  | status 0 []
                    ''  | 0  | status 0 []
                    9   | 0  | status 0 [time-mismatch]
                    8.5 | 0  | status 0 [time-mismatch]
                    7   | 0  | status 0 [time-mismatch]
                    15  | 0  | status 0 [time-mismatch]
                    CET | 0  | status 0 [time-mismatch]
                    8   | 2  | status 0 [time-mismatch]
                    8   | -1 | status 0 [time-mismatch]
                    8   | 60 | status 0 [time-mismatch]
                    8   | on | status 0 [time-mismatch]
                    ''  | 60 | status 0 [time-mismatch]
                    """)
    void shouldFlagAWallClockThatDisagrees(String timezone, String dst, String expected) {
        PostText post = new PostText().with("Properties/Timezone", timezone).with("Properties/DST", dst);
        check(post, "1667806020+60: 2 1 0 0 " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Report/@Date     | 2022-11-06 | status 0 [time-mismatch]
                    Report/@Date     | ''         | status 0 []
                    Count/@StartTime | 15:26:00   | +120: 2 1 0 0 status 0 [time-mismatch, interval-mismatch]
                    Count/@EndTime   | 15:32:00   | +300: 2 1 0 0 status 0 [interval-mismatch]
                    Count/@EndTime   | ''         | +60: 2 1 0 0 status 0 []
                    Count/@StartTime | ''         | +60: 2 1 0 0 status 0 []
                    Count/@UnixStartTime | 0      | 1667806020+60: 2 1 0 0 status 0 []
                    Count/@UnixStartTime | ''     | 1667806020+60: 2 1 0 0 status 0 []
                    Count/@UnixStartTime | 000001667806020 | 1667806020+60: 2 1 0 0 status 0 []
                    Count/@UnixStartTime | 1667806021    | 1667806021+60: 2 1 0 0 status 0 [time-mismatch]
                    Count/@UnixStartTime | -1            | 422 Count/@UnixStartTime: not a number
                    Count/@UnixStartTime | x             | 422 Count/@UnixStartTime: not a number
                    Count/@UnixStartTime | 1667806020.5  | 422 Count/@UnixStartTime: not a number
                    Count/@UnixStartTime | 1667806020000 | 422 Count/@UnixStartTime: out of range
                    Count/@UnixStartTime | 99999999999999999999 | 422 Count/@UnixStartTime: out of range
                    Count/@UnixStartTime | 946684799     | 422 Count/@UnixStartTime: out of range
                    Count/@UnixStartTime | 946684800     | 946684800+60: 2 1 0 0 status 0 [time-mismatch]
                    Count/@UnixStartTime | 1667893500    | 1667893500+60: 2 1 0 0 status 0 [clock-ahead, time-mismatch, transmit-before-window]
                    Count/@UnixStartTime | 1667893501    | 422 Count/@UnixStartTime: out of range
                    """)
    void shouldLetUnixStartTimeRule(String field, String value, String expected) {
        check(new PostText().with(field, value), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2022-02-30  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    07/11/2022  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    0000-00-00  | 422 Report/@Date: not a date (yyyy-MM-dd)
                    1999-12-30  | 422 Report/@Date: out of range
                    2022-11-10  | 422 Report/@Date: out of range
                    9999-12-31  | 422 Report/@Date: out of range
                    """)
    void shouldRefuseADateThatIsNoneOrOutOfRangeAlthoughUnixStartTimeRulesBecauseOnlyReadableDatesCanDisagree(
            String date, String expected) {
        check(new PostText().with("Report/@Date", date), expected);
    }

    @ParameterizedTest
    @CsvSource({"2022-11-06", "2022-11-09", "2020-02-29", "2000-01-01"})
    void shouldFlagADateThatUnixStartTimeContradicts(String date) {
        check(new PostText().with("Report/@Date", date), "1667806020+60: 2 1 0 0 status 0 [time-mismatch]");
    }

    @Test
    void shouldNeedALengthFromSomewhere() {
        PostText noEnd = new PostText().without("Count/@EndTime");
        check(noEnd.with("ReportData/@Interval", "15"), "1667806020+900: 2 1 0 0 status 0 []");
        check(noEnd.with("ReportData/@Interval", "0"), "422 Count/@EndTime: missing");
        check(noEnd.with("ReportData/@Interval", null), "422 Count/@EndTime: missing");
        PostText noStart = new PostText().without("Count/@StartTime", "ReportData/@Interval");
        check(noStart, "422 Count/@StartTime: missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1667806085     | sent 1667806085 version 1667806085 offset 28800 []
                    1              | sent 1 version 1 offset 28800 []
                    1667807160     | sent 1667807160 version 1667807160 offset 28800 []
                    1667807161     | sent 1667807161 version 1667807161 offset 28800 [clock-ahead]
                    1667893500     | sent 1667893500 version 1667893500 offset 28800 [clock-ahead]
                    1667893501     | sent 1667893501 version 1667807100 offset 28800 [clock-ahead]
                    1667806085000  | sent 1667806085000 version 1667807100 offset 28800 [clock-ahead]
                    999999999999999999999 | version 1667807100 offset 28800 [clock-ahead]
                    -999999999999999999999 | version 1667807100 offset 28800 [no-transmit-time]
                    0              | sent 0 version 1667807100 offset 28800 [no-transmit-time]
                    -5             | sent -5 version 1667807100 offset 28800 [no-transmit-time]
                    ''             | sent -9223372036854775808 version 1667807100 offset 28800 [no-transmit-time]
                    ' 1667806085 ' | sent 1667806085 version 1667806085 offset 28800 []
                    now            | 422 Properties/TransmitTime: not a number
                    1667806085.5   | 422 Properties/TransmitTime: not a number
                    """)
    void shouldRankByTransmitTime(String transmitTime, String expected) {
        check(new PostText().with("Properties/TransmitTime", transmitTime), expected);
    }

    @Test
    void shouldFlagATransmitTimeBeforeTheWindow() {
        check(new PostText().with("Properties/TransmitTime", "1667806020"), "status 0 []");
        check(new PostText().with("Properties/TransmitTime", "1667806019"), "status 0 [transmit-before-window]");
    }

    @Test
    void shouldFlagAWindowThatIsAheadOfOurClock() {
        PostText post = new PostText().without("Report/@Date").with("Properties/TransmitTime", "1667807160");
        check(post.with("Count/@UnixStartTime", "" + (NOW + 60)), "status 0 []");
        check(post.with("Count/@UnixStartTime", "" + (NOW + 61)), "status 0 [clock-ahead, transmit-before-window]");
    }

    @Test
    void shouldKeepAReportHoweverLate() {
        byte[] post = new PostText().bytes();
        String years = new Parsing().at(Parsing.LATER_MS).read(post);
        assertThat(years).isEqualTo(new Parsing().read(post));
    }

    @Test
    void shouldFlagTotalsThatAreNotTheSumOfTheirParts() {
        PostText post = new PostText().object(PostText.object(1, 1, 1)).object(PostText.object(2, 1, 0));
        check(post, "/count/0 1667806020+60: 2 1 0 0 status 0 []");
        PostText odd = new PostText().object(PostText.object(1, 1, 1)).object(PostText.object(2, 2, 0));
        check(odd, "/count/0 1667806020+60: 2 1 0 0 status 0 [sum-mismatch]");
        check(odd, "/count/1 1667806020+60: 1 1 0 0 status 0 []");
    }

    @Test
    void shouldFlagPartsWithoutATotal() {
        PostText post = new PostText().with("Object/@ObjectType", "1").object(PostText.object(2, 1, 0));
        check(post, "/count/1 1667806020+60: 2 1 0 0 status 0 [no-total]");
        check(post, "/count/2 1667806020+60: 1 0 0 0 status 0 [no-total]");
    }

    @Test
    void shouldSumUpEachDeviceByItself() {
        String adults = PostText.object(1, 9, 9).replace("<Object", "<Object DeviceId='a'");
        String children = PostText.object(2, 0, 0).replace("<Object", "<Object DeviceId='b'");
        PostText post = new PostText().object(adults).object(children);
        check(post, "null/0/count/0 1667806020+60: 2 1 0 0 status 0 []");
        check(post, "a/0/count/1 1667806020+60: 9 9 0 0 status 0 [no-total, object-device]");
        check(post, "b/0/count/2 1667806020+60: 0 0 0 0 status 0 [no-total, object-device]");
    }

    @Test
    void shouldSumUpEachMinuteByItself() {
        PostText post = new PostText().object(PostText.object(1, 1, 1)).object(PostText.object(2, 1, 0));
        post.row("<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080' Enters='9' Exits='9'/>");
        check(post, "/count/0 1667806020+60: 2 1 0 0 status 0 []");
        check(post, "/count/0 1667806080+60: 9 9 0 0 status - []");
    }
}
