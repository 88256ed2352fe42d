package io.headcount.simulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How windows are written. All cameras report the same few, so the last ones are kept. One thread. */
final class WindowTexts {
    private static final int UTC_OFFSET_HOURS = 8;
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(UTC_OFFSET_HOURS);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int KEPT = 256;
    private static final int SECONDS_PER_MINUTE = 60;

    private final int intervalSec;
    private final WindowText[] kept = new WindowText[KEPT];

    /** A window as the camera's own clock has it. Immutable; its arrays are for copying from. */
    static final class WindowText {
        private final long startSec;
        private final byte[] date;
        private final byte[] start;
        private final byte[] end;

        WindowText(long startSec, String date, String start, String end) {
            this.startSec = startSec;
            this.date = date.getBytes(StandardCharsets.US_ASCII);
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.end = end.getBytes(StandardCharsets.US_ASCII);
        }

        /** Epoch s. */
        long startSec() {
            return startSec;
        }

        /** Local day of its start. */
        byte[] date() {
            return date;
        }

        byte[] start() {
            return start;
        }

        byte[] end() {
            return end;
        }
    }

    WindowTexts(int intervalSec) {
        this.intervalSec = intervalSec;
    }

    WindowText of(long startSec) {
        int slot = (int) (startSec / SECONDS_PER_MINUTE % KEPT);
        WindowText text = kept[slot];
        if (text == null || text.startSec() != startSec) {
            text = make(startSec);
            kept[slot] = text;
        }
        return text;
    }

    private WindowText make(long startSec) {
        ZonedDateTime start = Instant.ofEpochSecond(startSec).atZone(ZONE);
        return new WindowText(
                startSec,
                start.toLocalDate().toString(),
                TIME.format(start),
                TIME.format(start.plusSeconds(intervalSec)));
    }
}
