package io.headcount.flow;

import java.nio.charset.StandardCharsets;

/**
 * A post as a camera makes it: one object of type 0, one minute.
 *
 * @param device number of the camera
 * @param start of the minute, epoch seconds
 * @param transmitTime when it was sent, epoch seconds
 * @param enters people in
 * @param exits people out
 */
record CameraPost(int device, long start, long transmitTime, int enters, int exits) {
    String deviceId() {
        return "cam-" + device;
    }

    /** What a row of a table is known by in these tests. */
    String key() {
        return deviceId() + "@" + start;
    }

    /** What must be unique in the journal. */
    String fingerprint() {
        return key() + " v" + transmitTime + ": " + enters + "," + exits;
    }

    byte[] document() {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <RTMetrics SiteId="site" SiteName="Site" DeviceId="%s" DeviceName="Door">
                <Properties><Version>1</Version><TransmitTime>%d</TransmitTime><Timezone>0</Timezone><DST>0</DST>
                <SerialNumber>20100000%010d</SerialNumber></Properties>
                <ReportData Interval="1"><Report><Object Id="0" ObjectType="0" Name="count">
                <Count StartTime="00:00:00" EndTime="00:01:00" UnixStartTime="%d" Enters="%d" Exits="%d" Passings="0"
                Returns="0" Status="0"/></Object></Report></ReportData></RTMetrics>
                """.formatted(deviceId(), transmitTime, device, start, enters, exits)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether this post's row replaces another of the same key: the later, then the larger (PROTOCOL, decision 4). */
    boolean replaces(CameraPost other) {
        if (transmitTime != other.transmitTime) {
            return transmitTime > other.transmitTime;
        }
        long sum = (long) enters + exits;
        long otherSum = (long) other.enters + other.exits;
        return sum != otherSum ? sum > otherSum : enters > other.enters;
    }
}
