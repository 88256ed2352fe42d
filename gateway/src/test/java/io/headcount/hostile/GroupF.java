package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;
import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.rooted;
import static io.headcount.hostile.Documents.row;
import static io.headcount.hostile.Documents.sample;
import static io.headcount.hostile.Documents.with;
import static io.headcount.hostile.Documents.without;

import io.headcount.xml.PostText;
import java.util.Locale;
import java.util.stream.Stream;

/** Which elements and fields there are, and how often. */
final class GroupF {
    private static final String ROW =
            "<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080' Enters='3' Exits='4'/>";
    private static final String REPORT = "<Report Date='2022-11-07'><Object>" + ROW + "</Object></Report>";
    private static final String OTHER_REPORT =
            REPORT.replace("2022-11-07", "2022-11-06").replace("1667806080", "1667719680");

    private GroupF() {}

    static Stream<Case> cases() {
        return Stream.of(
                        roots(), unknown(), missing(), empty(), repeated(), types(), intervals(), properties(), texts())
                .flatMap(cases -> cases);
    }

    private static Case good(String id, String what, PostText document) {
        return accepted(id, what, post(document));
    }

    private static Case bad(String id, String what, String reason, PostText document) {
        return kept(422, id, what, post(document)).says(reason);
    }

    private static Stream<Case> roots() {
        return Stream.of(
                bad(
                        "F01",
                        "an unknown root",
                        "root element is not Metrics, RTMetrics, RealTimeMetrics or Diags",
                        document().root("Metric")),
                good("F01", "a root in lower case", document().root("metrics")),
                good("F01", "a root in upper case", document().root("METRICS")),
                kept(
                                422,
                                "F01",
                                "an unknown element that ends like a root",
                                post(rooted("Metrics", "<ReportData/><Count/>")))
                        .says("Count: not where it belongs"),
                accepted(
                                "F01",
                                "all names in lower case",
                                post(document().toString().toLowerCase(Locale.ROOT)))
                        .journals("\"enters\":2"),
                good("F01", "a real-time root", document().root("RTMetrics")).journals("\"source\":\"realtime\""),
                good("F01", "a report's body under another root", document().root("Diags"))
                        .journals("\"source\":\"realtime\""));
    }

    private static Stream<Case> unknown() {
        return Stream.of(
                good("F02", "HttpPort", with("Properties/HttpPort", "80")),
                good("F02", "an element of newer firmware", with("Properties/NewFirmware", "<a b='c'>d</a>")),
                good("F03", "an attribute of an object", with("Object/@Colour", "red")),
                good("F03", "an attribute of a row", with("Count/@Weather", "rain")));
    }

    private static Stream<Case> missing() {
        String serial = "<SerialNumber>";
        return Stream.of(
                accepted(
                                "F04",
                                "DeviceId",
                                post(without("@DeviceId").toString().replaceFirst(serial + "\\d+", serial + CAMERA)))
                        .journals("\"deviceId\":\"" + "cam-"),
                bad(
                        "F04",
                        "DeviceId, SerialNumber and MacAddress",
                        "DeviceId: missing",
                        without("@DeviceId", "Properties/SerialNumber", "Properties/MacAddress")),
                good("F04", "TransmitTime", without("Properties/TransmitTime")).flagged("no-transmit-time"),
                good("F04", "Date beside UnixStartTime", without("Report/@Date"))
                        .flagged(),
                bad(
                        "F04",
                        "Date and UnixStartTime",
                        "Report/@Date: missing",
                        without("Report/@Date", "Count/@UnixStartTime")),
                good("F04", "Object/@Id", without("Object/@Id")).journals("\"objectId\":\"0\""),
                good("F04", "ObjectType", without("Object/@ObjectType")).journals("\"objectType\":0"),
                good("F04", "UnixStartTime beside Date and StartTime", without("Count/@UnixStartTime"))
                        .journals("\"start\":1667806020"),
                bad(
                        "F04",
                        "UnixStartTime and StartTime",
                        "Count/@UnixStartTime: missing",
                        without("Count/@UnixStartTime", "Count/@StartTime")),
                bad(
                        "F04",
                        "Timezone and UnixStartTime",
                        "Properties/Timezone: missing",
                        without("Properties/Timezone", "Count/@UnixStartTime")),
                bad(
                        "F04",
                        "EndTime and Interval",
                        "Count/@EndTime: missing",
                        without("Count/@EndTime", "ReportData/@Interval")),
                bad("F04", "Enters", "Count/@Enters: missing", without("Count/@Enters")),
                bad("F04", "Exits", "Count/@Exits: missing", without("Count/@Exits")),
                good("F04", "Passings and Returns", without("Count/@Passings", "Count/@Returns"))
                        .journals("\"passings\":0,\"returns\":0"));
    }

    private static Stream<Case> empty() {
        return Stream.of(
                bad(
                        "F05",
                        "DeviceId, SerialNumber and MacAddress",
                        "DeviceId: missing",
                        with("@DeviceId", " ")
                                .with("Properties/SerialNumber", "")
                                .with("Properties/MacAddress", "")),
                good("F05", "TransmitTime", with("Properties/TransmitTime", "")).flagged("no-transmit-time"),
                good("F05", "TransmitTime of blanks", with("Properties/TransmitTime", " "))
                        .flagged("no-transmit-time"),
                bad("F05", "Enters", "Count/@Enters: missing", with("Count/@Enters", "")),
                bad("F05", "Exits of blanks", "Count/@Exits: missing", with("Count/@Exits", " ")),
                good(
                        "F06",
                        "HwPlatform and SwRelease",
                        with("Properties/HwPlatform", "").with("Properties/SwRelease", "")),
                good("F06", "self-closed Properties", document().with("Properties/HwPlatform", "<x/>")));
    }

    private static Stream<Case> repeated() {
        String properties = document().propertiesText();
        return Stream.of(
                kept(
                                422,
                                "F08",
                                "two Properties",
                                post(document().toString().replace(properties, properties + properties)))
                        .says("Properties: not where it belongs"),
                accepted(
                                "F08",
                                "two ReportData",
                                post(rooted(
                                        "Metrics",
                                        "<ReportData Interval='1'>" + REPORT + "</ReportData><ReportData Interval='1'>"
                                                + OTHER_REPORT + "</ReportData>")))
                        .journals("\"start\":1667806080", "\"start\":1667719680"),
                accepted(
                                "F08",
                                "two Reports",
                                post(rooted(
                                        "Metrics",
                                        "<ReportData Interval='1'>" + REPORT + OTHER_REPORT + "</ReportData>")))
                        .journals("\"start\":1667806080", "\"start\":1667719680"),
                accepted(
                                "F09",
                                "Properties behind the rows",
                                post(document()
                                        .toString()
                                        .replace(properties, "")
                                        .replace("</Metrics>", properties + "</Metrics>")))
                        .flagged(),
                accepted(
                                "F10",
                                "no object",
                                post(rooted("Metrics", "<ReportData><Report Date='2022-11-07'/></ReportData>")))
                        .journals("\"type\":\"heartbeat\""),
                accepted(
                                "F10",
                                "an object without a row",
                                post(rooted("Metrics", "<ReportData><Report><Object Id='1'/></Report></ReportData>")))
                        .journals("\"type\":\"heartbeat\""),
                good(
                                "F12",
                                "an object twice",
                                document().object(PostText.object(0, 2, 1)).object(PostText.object(0, 5, 1)))
                        .flagged("repeated")
                        .journals("\"enters\":5"));
    }

    private static Stream<Case> types() {
        PostText parts = document().object(PostText.object(1, 1, 1)).object(PostText.object(2, 1, 0));
        return Stream.of(
                good("F13", "totals alone", document()).flagged(),
                good("F13", "totals and parts", parts).flagged(),
                good("F13", "parts alone", with("Object/@ObjectType", "1").object(PostText.object(2, 1, 0)))
                        .flagged("no-total"),
                good("F13", "type 3", with("Object/@ObjectType", "3")).flagged(),
                good("F13", "type 4", with("Object/@ObjectType", "4")).flagged("unknown-type"),
                bad("F13", "type -1", "Object/@ObjectType: not a number", with("Object/@ObjectType", "-1")),
                good("F13", "type 00", with("Object/@ObjectType", "00")).flagged(),
                bad("F13", "type 0x0", "Object/@ObjectType: not a number", with("Object/@ObjectType", "0x0")),
                good(
                                "F14",
                                "a total other than its parts",
                                document().object(PostText.object(1, 1, 1)).object(PostText.object(2, 2, 0)))
                        .flagged("sum-mismatch"),
                accepted("F15", "the vendor's interval report", post(sample("vendor-interval-metrics")))
                        .journals("\"objectType\":2,\"start\":1667806020"),
                accepted("F15", "the vendor's real-time report", post(sample("vendor-realtime-rtmetrics"))),
                accepted("F15", "the vendor's heartbeat", post(sample("vendor-heartbeat-diags"))));
    }

    private static Stream<Case> intervals() {
        PostText five = document();
        for (int minute = 28; minute < 32; minute++) {
            five.row("<Count StartTime='15:" + minute + ":00' EndTime='15:" + (minute + 1) + ":00' UnixStartTime='"
                    + (1667806020 + (minute - 27) * 60) + "' Enters='1' Exits='1'/>");
        }
        return Stream.of(
                good("F16", "Interval 1 with five rows", five).flagged(),
                good("F16", "Interval 5 with a row of a minute", with("ReportData/@Interval", "5"))
                        .flagged("interval-mismatch"),
                good("F17", "Interval 0", with("ReportData/@Interval", "0")).journals("\"source\":\"realtime\""),
                bad("F17", "Interval -1", "ReportData/@Interval: not a number", with("ReportData/@Interval", "-1")),
                bad("F17", "Interval 1.5", "ReportData/@Interval: not a number", with("ReportData/@Interval", "1.5")),
                good(
                                "F17",
                                "Interval 1440",
                                with("ReportData/@Interval", "1440").with("Count/@EndTime", ""))
                        .journals("\"seconds\":86400"),
                bad("F17", "Interval 1441", "ReportData/@Interval: out of range", with("ReportData/@Interval", "1441")),
                bad(
                        "F17",
                        "Interval 10,000,000,000",
                        "ReportData/@Interval: out of range",
                        with("ReportData/@Interval", "10000000000")),
                good("F17", "Interval empty", with("ReportData/@Interval", "")).flagged());
    }

    private static Stream<Case> properties() {
        return Stream.of(
                good("F18", "Wired with a password", connection("Wired").with("Properties/WifiPassword", "s3cret")),
                good("F18", "Wifi without SSID", connection("Wifi")),
                good("F18", "Wi-Fi", connection("Wi-Fi")),
                good("F19", "a password with markup", with("Properties/WifiPassword", "<b>s3cret</b>")),
                good("F19", "a password with entities", with("Properties/WifiPassword", "s3cret&amp;&lt;")),
                good("F19", "a password in a CDATA section", with("Properties/WifiPassword", "<![CDATA[s3cret<&]]>")),
                good("F19", "a password in an attribute", with("@WIFIPASSWORD", "s3cret")),
                closed(400, "F19", "a password of 10 KB", post(with("Properties/WifiPassword", "p".repeat(10_000))))
                        .says("the document goes beyond a safety bound"),
                kept(400, "F19", "a broken password", post(with("Properties/WifiPassword", "s3cret & more")))
                        .says("not well-formed XML"),
                good("F21", "a MAC of garbage", with("Properties/MacAddress", "none"))
                        .journals("\"mac\":\"none\""),
                good("F21", "a MAC without separators", with("Properties/MacAddress", "4CBC9860278A"))
                        .journals("\"mac\":\"4c:bc:98:60:27:8a\""),
                good("F21", "a MAC with dashes", with("Properties/MacAddress", "4c-BC-98-60-27-8A"))
                        .journals("\"mac\":\"4c:bc:98:60:27:8a\""),
                good("F21", "an address of garbage", with("Properties/IpAddress", "999.1")),
                good("F21", "an IPv6 address", with("Properties/IpAddress", "fe80::1%eth0")),
                good("F22", "a serial number of 18 digits", document())
                        .journals("\"serialNumber\":\"201000002209190025\""),
                good("F22", "a serial number of 40 digits", with("Properties/SerialNumber", "1".repeat(40)))
                        .journals("\"serialNumber\":\"" + "1".repeat(40) + "\""),
                good("F22", "a serial number with leading zeros", with("Properties/SerialNumber", "000123"))
                        .journals("\"serialNumber\":\"000123\""),
                good("F23", "version 1", with("Properties/Version", "1")),
                good("F23", "version 2", with("Properties/Version", "2")),
                good("F23", "version 1.0", with("Properties/Version", "1.0 beta")),
                good("F23", "no version", without("Properties/Version")));
    }

    private static PostText connection(String type) {
        return with("Properties/ConnectionType", type);
    }

    private static Stream<Case> texts() {
        return Stream.of(
                closed(400, "F24", "an object's name of 64 KB", post(with("Object/@Name", "n".repeat(1 << 16))))
                        .says("the document goes beyond a safety bound"),
                closed(400, "F24", "a device's name of 64 KB", post(with("@DeviceName", "n".repeat(1 << 16))))
                        .says("the document goes beyond a safety bound"),
                good("F24", "an empty SiteId", with("@SiteId", "")),
                good("F24", "a SiteId with spaces", with("@SiteId", "Site ID")).journals("\"siteId\":\"Site ID\""),
                accepted(
                                "F25",
                                "a heartbeat with rows",
                                post(rooted(
                                        "Diags",
                                        "<ReportData>" + REPORT.replace("<Count", "<Count ") + "</ReportData>")))
                        .journals("\"type\":\"count\",\"source\":\"realtime\"", "\"type\":\"heartbeat\""),
                accepted("F25", "a minimal heartbeat", post(rooted("Diags", "")))
                        .journals("\"type\":\"heartbeat\""),
                bad(
                        "F27",
                        "elements for attributes",
                        "Count/@Enters: missing",
                        row("<Count StartTime='15:28:00' EndTime='15:29:00'"
                                + " UnixStartTime='1667806080'><Enters>2</Enters><Exits>1</Exits></Count>")),
                accepted(
                                "F27",
                                "attributes for elements",
                                post(rooted(
                                        "Metrics",
                                        "<Properties TransmitTime='1667806085'/>" + "<ReportData Interval='1'>" + REPORT
                                                + "</ReportData>")))
                        .flagged("no-transmit-time"));
    }
}
