package io.headcount.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The vendor's interval post as bytes, patched in place: camera (DeviceId and SerialNumber) and minute (all times). Not
 * thread-safe.
 */
final class IntervalDocument {
    /** Cameras that its five digits can name. */
    static final int MOST_DEVICES = 90_000;

    private static final int FIRST_DEVICE = 10_000;
    private static final int DEVICE_DIGITS = 5;
    private static final int EPOCH_DIGITS = 10;
    private static final int MINUTE_SEC = 60;
    private static final long FIRST_START = 1_667_806_020L;
    private static final int SENT_AFTER_SEC = 61;
    private static final ZoneOffset CAMERA = ZoneOffset.ofHours(8);

    private final byte[] bytes;
    private final List<Integer> devices = new ArrayList<>();
    private final List<Integer> starts;
    private final List<Integer> startTimes;
    private final List<Integer> endTimes;
    private final int transmitTime;
    private final int date;

    IntervalDocument() throws IOException {
        bytes = Samples.read(Samples.INTERVAL);
        devices.addAll(behind(" DeviceId=\""));
        devices.add(only(behind("<SerialNumber>2010000022091")));
        starts = behind(" UnixStartTime=\"");
        startTimes = behind(" StartTime=\"");
        endTimes = behind(" EndTime=\"");
        transmitTime = only(behind("<TransmitTime>"));
        date = only(behind(" Date=\""));
    }

    /** Where whatever comes behind this text begins, wherever it stands; line ends count as blanks. */
    private List<Integer> behind(String text) {
        String document = new String(bytes, StandardCharsets.ISO_8859_1).replace('\n', ' ');
        List<Integer> found = new ArrayList<>();
        for (int at = document.indexOf(text); at >= 0; at = document.indexOf(text, at + 1)) {
            found.add(at + text.length());
        }
        return found;
    }

    private static int only(List<Integer> found) {
        if (found.size() != 1) {
            throw new IllegalStateException("The sample has changed: found " + found.size() + " (expected: 1)");
        }
        return found.get(0);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The camera, from 0. */
    void device(int device) {
        for (int i = 0; i < devices.size(); i++) {
            digits(devices.get(i), DEVICE_DIGITS, FIRST_DEVICE + device);
        }
    }

    /** The minute that is reported, from 0; it was sent a second after its end. */
    void minute(long minute) {
        long start = FIRST_START + minute * MINUTE_SEC;
        LocalDateTime begin = LocalDateTime.ofEpochSecond(start, 0, CAMERA);
        starts.forEach(at -> digits(at, EPOCH_DIGITS, start));
        startTimes.forEach(at -> time(at, begin));
        endTimes.forEach(at -> time(at, begin.plusMinutes(1)));
        digits(transmitTime, EPOCH_DIGITS, start + SENT_AFTER_SEC);
        digits(date, 4, begin.getYear());
        digits(date + 5, 2, begin.getMonthValue());
        digits(date + 8, 2, begin.getDayOfMonth());
    }

    /** When the post about this minute arrives, epoch ms. */
    static long receivedAtMs(long minute) {
        return (FIRST_START + minute * MINUTE_SEC + SENT_AFTER_SEC) * 1000;
    }

    private void time(int at, LocalDateTime time) {
        digits(at, 2, time.getHour());
        digits(at + 3, 2, time.getMinute());
    }

    private void digits(int at, int count, long value) {
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
