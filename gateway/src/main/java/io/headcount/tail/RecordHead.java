package io.headcount.tail;

import io.headcount.model.Post;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What all rows of one record share: which record, which camera, when. Texts that the camera did not send are null.
 *
 * @param sequence the record's number, from 1, without gaps: remember the last one done and resume at the next
 * @param siteId SiteId, or null
 * @param siteName SiteName, or null
 * @param deviceId DeviceId, or what stands in for it
 * @param deviceName DeviceName, or null
 * @param serialNumber SerialNumber as sent, or null
 * @param mac MAC address in lower case, or null
 * @param transmitTimeSec TransmitTime as sent, epoch s, or {@link Post#NO_TIME}
 * @param version what ranks this record's rows among other versions of them, epoch s
 * @param utcOffsetSec the camera's time zone with daylight saving, seconds east of UTC, or {@link Post#NO_OFFSET}
 * @param receivedAtMs when the gateway received the post, epoch ms
 */
public record RecordHead(
        long sequence,
        String siteId,
        String siteName,
        String deviceId,
        String deviceName,
        String serialNumber,
        String mac,
        long transmitTimeSec,
        long version,
        int utcOffsetSec,
        long receivedAtMs) {
    private static final int MOST_OFFSET_SEC = 18 * 3600;
    // about the year 9900
    private static final long MOST_EPOCH_SEC = 250_000_000_000L;

    static RecordHead of(Post post) {
        return new RecordHead(
                post.sequence(),
                post.siteId(),
                post.siteName(),
                post.deviceId(),
                post.deviceName(),
                post.serialNumber(),
                post.mac(),
                post.transmitTime(),
                post.version(),
                post.utcOffsetSec(),
                post.receivedAtMs());
    }

    /** The second half of the camera's identity: serial number, else MAC, else "". */
    public String identity() {
        if (serialNumber != null) {
            return serialNumber;
        }
        return mac != null ? mac : "";
    }

    /** When the gateway received the post. */
    public Instant receivedAt() {
        return Instant.ofEpochMilli(receivedAtMs);
    }

    /** TransmitTime as sent, where it is a time: a camera may send any number. */
    public Optional<Instant> transmitTime() {
        return instant(transmitTimeSec);
    }

    /** The camera's offset from UTC, where it sent one that exists. */
    public Optional<ZoneOffset> utcOffset() {
        boolean exists = utcOffsetSec >= -MOST_OFFSET_SEC && utcOffsetSec <= MOST_OFFSET_SEC;
        return exists ? Optional.of(ZoneOffset.ofTotalSeconds(utcOffsetSec)) : Optional.empty();
    }

    /** A time on the camera's own clock, where its offset is known. */
    Optional<OffsetDateTime> local(long epochSec) {
        return instant(epochSec).flatMap(time -> utcOffset().map(time::atOffset));
    }

    private static Optional<Instant> instant(long epochSec) {
        boolean plausible = epochSec > -MOST_EPOCH_SEC && epochSec < MOST_EPOCH_SEC;
        return plausible ? Optional.of(Instant.ofEpochSecond(epochSec)) : Optional.empty();
    }
}
