package io.headcount.simulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How windows are written. All cameras report the same few, so the last ones are kept. One thread. */
final class WindowTexts {
    static final int UTC_OFFSET_HOURS = 8;

    private static final ZoneOffset ZONE = ZoneOffset.ofHours(UTC_OFFSET_HOURS);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int KEPT = 256;
    private static final int SECONDS_PER_MINUTE = 60;

    private final int intervalSec;
    private final WindowText[] kept = new WindowText[KEPT];

    /**
     * A window as the camera's own clock has it.
     *
     * @param startSec epoch s
     * @param date local day of its start
     * @param start local time
     * @param end local time
     */
    record WindowText(long startSec, byte[] date, byte[] start, byte[] end) {}

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
                ascii(start.toLocalDate().toString()),
                ascii(TIME.format(start)),
                ascii(TIME.format(start.plusSeconds(intervalSec))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
