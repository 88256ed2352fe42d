package io.headcount.hostile;

import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.with;
import static io.headcount.hostile.Documents.without;

import io.headcount.xml.PostText;
import java.util.stream.Stream;

/**
 * Time. The good document's window is 15:27 to 15:28 on 2022-11-07 at UTC+8, 1667806020; it is received at {@link #NOW},
 * 15:45 there.
 */
final class GroupH {
    /** When all posts are received, epoch seconds. */
    static final long NOW = 1_667_807_100L;

    private static final String START = "Count/@UnixStartTime";
    private static final String SENT = "Properties/TransmitTime";
    private static final long DAY = 86_400;

    private GroupH() {}

    static Stream<Case> cases() {
        return Stream.of(mismatches(), clocks(), calendar(), zones(), transmitTimes(), windows())
                .flatMap(cases -> cases);
    }

    private static Case good(String id, String what, PostText document) {
        return accepted(id, what, post(document));
    }

    private static Case good(String id, String field, Object value) {
        return good(id, field + " " + value, with(field, value.toString()));
    }

    private static Case bad(String id, String field, Object value, String reason) {
        return kept(422, id, field + " " + value, post(with(field, value.toString())))
                .says(field + ": " + reason);
    }

    private static Stream<Case> mismatches() {
        return Stream.of(
                good("H01", "a wall clock minutes away", wall("15:20:00", "15:21:00"))
                        .flagged("time-mismatch"),
                good("H01", "a wall clock hours away", wall("03:27:00", "03:28:00"))
                        .flagged("time-mismatch"),
                good("H01", "a wall clock a day away", with("Report/@Date", "2022-11-06"))
                        .flagged("time-mismatch")
                        .journals("\"start\":1667806020"),
                good("H02", "an hour that DST explains", zone("7", "1")).flagged(),
                good("H02", "DST that is not on the wall clock", zone("8", "1")).flagged(),
                good("H03", START, 1_667_806_041).flagged("time-mismatch").journals("\"start\":1667806041"),
                good(
                                "H03",
                                "a start that is not on a minute, on both clocks",
                                wall("15:27:21", "15:28:21").with(START, "1667806041"))
                        .flagged(),
                good("H05", "a window longer than the interval", wall("15:27:00", "15:32:00"))
                        .flagged("interval-mismatch"));
    }

    private static PostText wall(String start, String end) {
        return with("Count/@StartTime", start).with("Count/@EndTime", end);
    }

    private static PostText zone(String timezone, String dst) {
        return with("Properties/Timezone", timezone).with("Properties/DST", dst);
    }

    private static Stream<Case> clocks() {
        return Stream.of("15:60:00", "25:00:00", "15:27", "15:27:60", "\uff13:27:00", "5:27:00", "24:00:01")
                .map(time -> bad("H06", "Count/@StartTime", time, "not a time (HH:mm:ss)"));
    }

    private static Stream<Case> calendar() {
        Stream<Case> bad = Stream.of("2022-02-30", "2022-13-01", "2022-11-7", "07/11/2022", "0000-00-00", "2022-02-29")
                .map(date -> bad("H07", "Report/@Date", date, "not a date (yyyy-MM-dd)"));
        Stream<Case> others = Stream.of(
                bad("H07", "Report/@Date", "9999-12-31", "out of range"),
                bad("H07", "Report/@Date", "1999-12-30", "out of range"),
                good("H08", "Report/@Date", "2020-02-29").flagged("time-mismatch"),
                good("H08", "29 February of a leap year", without(START).with("Report/@Date", "2020-02-29"))
                        .journals("\"start\":1582961220"),
                kept(
                        422,
                        "H08",
                        "29 February of another year",
                        post(without(START).with("Report/@Date", "2022-02-29"))),
                kept(422, "H08", "29 February of 1900", post(without(START).with("Report/@Date", "1900-02-29"))));
        return Stream.concat(bad, others);
    }

    private static Stream<Case> zones() {
        return Stream.of(
                good(
                                "H09",
                                "the minute that it has instead",
                                document()
                                        .with("Report/@Date", "2022-03-27")
                                        .with("Count/@StartTime", "03:30:00")
                                        .with("Count/@EndTime", "03:31:00")
                                        .with("Properties/Timezone", "1")
                                        .with("Properties/DST", "1")
                                        .with("Count/@UnixStartTime", "1648344600"))
                        .flagged("late"),
                good(
                                "H09",
                                "a minute that the wall clock leaves out",
                                document()
                                        .with("Report/@Date", "2022-03-27")
                                        .with("Count/@StartTime", "02:30:00")
                                        .with("Count/@EndTime", "02:31:00")
                                        .with("Properties/Timezone", "1")
                                        .with(START, "1648344600"))
                        .journals("\"start\":1648344600"),
                good("H11", "Properties/Timezone", 9).flagged("time-mismatch"),
                accepted("H11", "the same row under another time zone", post(document()) + post(zone("9", "0")))
                        .answered(200, 200));
    }

    private static Stream<Case> transmitTimes() {
        return Stream.of(
                good("H12", SENT, 1).flagged("transmit-before-window"),
                good("H12", SENT, 1_667_806_019).flagged("transmit-before-window"),
                good("H13", "sent 14 minutes behind the window", at(NOW - 900, NOW - 60))
                        .flagged(),
                good("H13", "sent 24 hours behind the window", at(NOW - DAY - 60, NOW - 5))
                        .flagged("late"),
                good("H13", "sent 90 days behind the window", at(NOW - 90 * DAY, NOW - 5))
                        .flagged("late"),
                good("H14", SENT, NOW + 5).flagged(),
                good("H14", SENT, NOW + 600).flagged("clock-ahead").journals("\"version\":" + (NOW + 600)),
                good("H14", SENT, NOW + 365 * DAY).flagged("clock-ahead").journals("\"version\":" + NOW),
                good("H14", SENT, 4_102_444_799L).flagged("clock-ahead").journals("\"version\":" + NOW),
                good("H15", SENT, 0).flagged("no-transmit-time").journals("\"version\":" + NOW),
                good("H15", SENT, -1).flagged("no-transmit-time").journals("\"version\":" + NOW),
                good("H15", SENT, 1_000).flagged("transmit-before-window").journals("\"version\":1000,"),
                good("H15", SENT, 2_147_483_647).flagged("clock-ahead"),
                good("H15", SENT, 2_147_483_648L).flagged("clock-ahead"),
                good("H15", SENT, 1_667_806_085_000L).flagged("clock-ahead").journals("\"version\":" + NOW),
                good("H15", SENT, 1_667_806_085_000_000L).flagged("clock-ahead"),
                good("H15", SENT, "99999999999999999999").flagged("clock-ahead"),
                bad("H15", SENT, "now", "not a number"));
    }

    /** A row of this start, sent then, with neither date nor wall clock. */
    private static PostText at(long start, long sent) {
        return without("Report/@Date", "Count/@StartTime", "Count/@EndTime")
                .with(START, Long.toString(start))
                .with(SENT, Long.toString(sent));
    }

    private static Stream<Case> windows() {
        return Stream.of(
                bad("H16", START, 1_667_806_020_000L, "out of range"),
                good("H17", "a window that begins in two minutes", at(NOW + 120, NOW))
                        .flagged("clock-ahead", "transmit-before-window"),
                good("H17", "a window that begins in 24 hours", at(NOW + DAY, NOW))
                        .flagged("clock-ahead", "transmit-before-window"),
                kept(422, "H17", "a window that begins in more than 24 hours", post(at(NOW + DAY + 1, NOW)))
                        .says("Count/@UnixStartTime: out of range"),
                kept(422, "H17", "a window before 2000", post(at(946_684_799, NOW)))
                        .says("Count/@UnixStartTime: out of range"),
                good(
                                "H20",
                                "a window up to midnight as 24:00:00",
                                wall("23:59:00", "24:00:00").without(START).with("Report/@Date", "2022-11-06"))
                        .journals("\"start\":1667750340", "\"seconds\":60"),
                good(
                                "H20",
                                "a window up to midnight as 00:00:00",
                                wall("23:59:00", "00:00:00").without(START).with("Report/@Date", "2022-11-06"))
                        .journals("\"start\":1667750340", "\"seconds\":60"),
                good(
                                "H20",
                                "the last minute of a year",
                                wall("23:59:00", "00:00:00").without(START).with("Report/@Date", "2021-12-31"))
                        .journals("\"start\":1640966340"),
                good(
                                "H20",
                                "a leap second",
                                wall("23:59:00", "23:59:60").without(START).with("Report/@Date", "2016-12-31"))
                        .journals("\"seconds\":60"),
                good("H21", "yesterday's date with today's minute", with("Report/@Date", "2022-11-06"))
                        .flagged("time-mismatch")
                        .journals("\"start\":1667806020"));
    }
}
