package io.headcount.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole requests, head and body, of a fleet that reports one minute after the other: the vendor's interval report with three
 * objects. No two are the same version of the same rows, so every one of them is journaled. Requests are made by overwriting digits in
 * one template, which costs the load's core next to nothing. One thread.
 *
 * <p>The minutes go from two hours ago, within the ledger's default window, to now; then they come again with greater counts, as
 * newer versions. A hundred cameras begin with two such rounds: a server that meets its first newer version under load compiles much
 * of its code anew, and whoever measures just then measures that.
 */
final class PostBytes {
    /** A fleet beyond this has no digits left. */
    static final int MAX_DEVICES = 1_000_000;

    private static final int DEVICE_DIGITS = 6;
    private static final int COUNT_DIGITS = 6;
    private static final int UNIX_DIGITS = 10;
    private static final int MINUTES = 110;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int OBJECTS = 3;
    private static final int CHILDREN = 2;
    private static final int FIRST_DEVICES = 100;
    private static final int FIRST_ROUNDS = 2;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final byte[] bytes;
    private final int devices;
    private final long firstMinute; // since the epoch
    private final int[] deviceAt;
    private final int[] headAt; // none: all heads are the same
    private final int[] countAt;
    private final int[] unixAt;
    private final int[] dateAt;
    private final int[] startAt;
    private final int[] endAt;

    private int device;
    private int head;
    private int minute;
    private int round = 1;

    /**
     * Requests of so many cameras.
     *
     * @param devices cameras, to {@link #MAX_DEVICES}
     * @param minutesPerPost minutes in one post: 1 for a camera that is on time, more for one that has been cut off
     * @param keepAlive whether the connection is to be kept
     * @param ownHeads whether each head is another than the million before; otherwise all are the same
     * @param now the time of the newest minute
     */
    PostBytes(int devices, int minutesPerPost, boolean keepAlive, boolean ownHeads, Instant now) {
        this.devices = devices;
        this.firstMinute = now.getEpochSecond() / SECONDS_PER_MINUTE - MINUTES - minutesPerPost;
        String body = body(minutesPerPost, now.getEpochSecond());
        String head = "POST /dataport HTTP/1.1\r\nHost: gateway.example:8080\r\nUser-Agent: camera"
                + (ownHeads ? " hhhhhh" : "") + "\r\nAccept: */*\r\n"
                + (keepAlive ? "" : "Connection: close\r\n") + "Content-Type: text/xml\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        this.bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
        this.deviceAt = places("dddddd");
        this.headAt = places("hhhhhh");
        this.countAt = places("cccccc");
        this.unixAt = places("uuuuuuuuuu");
        this.dateAt = places("YYYY-MM-DD");
        this.startAt = places("SS:SS:SS");
        this.endAt = places("EE:EE:EE");
        setMinute();
    }

    /** Bytes of one request. */
    int length() {
        return bytes.length;
    }

    /** Rows of one request. */
    int rows() {
        return unixAt.length;
    }

    /** Puts the next request into the buffer. */
    void next(ByteBuffer into) {
        put(deviceAt, DEVICE_DIGITS, device);
        put(headAt, DEVICE_DIGITS, head);
        head = (head + 1) % MAX_DEVICES;
        into.put(bytes);
        device++;
        if (device == Math.min(devices, round > FIRST_ROUNDS ? devices : FIRST_DEVICES)) {
            device = 0;
            minute += dateAt.length;
            if (minute >= MINUTES) {
                minute = 0;
                round++;
            }
            setMinute();
        }
    }

    private void setMinute() {
        put(countAt, COUNT_DIGITS, round);
        for (int report = 0; report < dateAt.length; report++) {
            long startSec = (firstMinute + minute + report) * SECONDS_PER_MINUTE;
            LocalDateTime start = LocalDateTime.ofEpochSecond(startSec, 0, ZoneOffset.UTC);
            put(dateAt[report], DATE.format(start));
            for (int row = report * OBJECTS; row < (report + 1) * OBJECTS; row++) {
                put(unixAt[row], UNIX_DIGITS, startSec);
                put(startAt[row], TIME.format(start));
                put(endAt[row], TIME.format(start.plusMinutes(1)));
            }
        }
    }

    private void put(int[] places, int digits, long number) {
        for (int place : places) {
            put(place, digits, number);
        }
    }

    private void put(int place, int digits, long number) {
        long left = number;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[place + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private void put(int place, String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[place + i] = (byte) text.charAt(i);
        }
    }

    private int[] places(String mark) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String body(int minutes, long transmitTime) {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <Metrics SiteId="siteId" SiteName="siteName" DeviceId="dddddd"
                DeviceName="deviceName">
                  <Properties>
                    <Version>1</Version>
                    <TransmitTime>%d</TransmitTime>
                    <MacAddress>4C:BC:98:60:27:8A</MacAddress>
                    <IpAddress>192.168.8.223</IpAddress>
                    <ConnectionType>Wired</ConnectionType>
                    <IpAddressMethod>DHCP</IpAddressMethod>
                <HostName>Cam-dddddd</HostName>
                <Timezone>0</Timezone>
                <DST>0</DST>
                <HwPlatform></HwPlatform>
                <SerialNumber>201000002209dddddd</SerialNumber>
                <DeviceType>0</DeviceType>
                <SwRelease></SwRelease>
                </Properties>
                <ReportData Interval="1">
                %s</ReportData>
                </Metrics>
                """.formatted(transmitTime, report().repeat(minutes));
    }

    private static String report() {
        StringBuilder report = new StringBuilder("<Report Date=\"YYYY-MM-DD\">\n");
        for (int type = 0; type < OBJECTS; type++) {
            report.append("""
                    <Object Id="0" DeviceId="dddddd" DeviceName="deviceName"
                    ObjectType="%d" Name="count">
                    <Count StartTime="SS:SS:SS" EndTime="EE:EE:EE"
                    UnixStartTime="uuuuuuuuuu" Enters="%s" Exits="%d" Passings="0" Returns="0"
                    Status="0" />
                    </Object>
                    """.formatted(type, type == CHILDREN ? "000000" : "cccccc", type == CHILDREN ? 0 : 1));
        }
        return report.append("</Report>\n").toString();
    }
}
