package io.headcount.model;

import java.util.Arrays;

/**
 * One camera's post, normalised: who sent it, when, and its rows. Filled by the parser, completed by the ledger, written and
 * read back by the journal. Made once and used again; one owner at a time, so it needs no locks.
 *
 * <p>Text that is absent is null: an empty attribute or element counts as missing (PROTOCOL, decision 8).
 */
public final class Post {
    /** Stands for a time that the camera did not send. */
    public static final long NO_TIME = Long.MIN_VALUE;
    /** Stands for a UTC offset that the camera did not send. */
    public static final int NO_OFFSET = Integer.MIN_VALUE;

    private final Rows rows = new Rows();
    private final String[] properties = new String[DeviceProperty.count()];

    private RowSource source;
    private boolean heartbeat;
    private String siteId;
    private String siteName;
    private String deviceId;
    private String deviceName;
    private String serialNumber;
    private String mac;
    private long transmitTime;
    private long version;
    private int utcOffsetSec;
    private int flags;
    private long receivedAtMs;
    private long sequence;
    private boolean hasProperties;

    /** An empty post. */
    public Post() {
        clear();
    }

    /** Makes the post empty again. */
    public void clear() {
        rows.clear();
        if (hasProperties) {
            Arrays.fill(properties, null);
            hasProperties = false;
        }
        source = RowSource.INTERVAL;
        heartbeat = false;
        siteId = null;
        siteName = null;
        deviceId = null;
        deviceName = null;
        serialNumber = null;
        mac = null;
        transmitTime = NO_TIME;
        version = 0;
        utcOffsetSec = NO_OFFSET;
        flags = 0;
        receivedAtMs = 0;
        sequence = 0;
    }

    /** The post's rows. */
    public Rows rows() {
        return rows;
    }

    /** How the post as a whole was reported; what a heartbeat line shows. */
    public RowSource source() {
        return source;
    }

    /** Sets {@link #source()}. */
    public void source(RowSource value) {
        source = value;
    }

    /** Whether the post is journaled as a sign of life: a Diags, or any post without rows. */
    public boolean heartbeat() {
        return heartbeat;
    }

    /** Sets {@link #heartbeat()}. */
    public void heartbeat(boolean value) {
        heartbeat = value;
    }

    /** SiteId, or null. */
    public String siteId() {
        return siteId;
    }

    /** Sets {@link #siteId()}. */
    public void siteId(String value) {
        siteId = value;
    }

    /** SiteName, or null. */
    public String siteName() {
        return siteName;
    }

    /** Sets {@link #siteName()}. */
    public void siteName(String value) {
        siteName = value;
    }

    /** DeviceId; where the camera sent none, its serial number or else its MAC. Never null in an accepted post. */
    public String deviceId() {
        return deviceId;
    }

    /** Sets {@link #deviceId()}. */
    public void deviceId(String value) {
        deviceId = value;
    }

    /** DeviceName, or null. */
    public String deviceName() {
        return deviceName;
    }

    /** Sets {@link #deviceName()}. */
    public void deviceName(String value) {
        deviceName = value;
    }

    /** SerialNumber as sent, or null. */
    public String serialNumber() {
        return serialNumber;
    }

    /** Sets {@link #serialNumber()}. */
    public void serialNumber(String value) {
        serialNumber = value;
    }

    /** MAC address in lower case with colons, as sent where it is none, or null. */
    public String mac() {
        return mac;
    }

    /** Sets {@link #mac()}. */
    public void mac(String value) {
        mac = value;
    }

    /** The second half of the device's identity: serial number, else MAC, else "" (PROTOCOL, decision 2). */
    public String identity() {
        if (serialNumber != null) {
            return serialNumber;
        }
        return mac != null ? mac : "";
    }

    /** TransmitTime as sent, epoch seconds, or {@link #NO_TIME}. */
    public long transmitTime() {
        return transmitTime;
    }

    /** Sets {@link #transmitTime()}. */
    public void transmitTime(long epochSec) {
        transmitTime = epochSec;
    }

    /** What ranks this post's rows among others: TransmitTime, or the receive time where that is not believed. */
    public long version() {
        return version;
    }

    /** Sets {@link #version()}. */
    public void version(long epochSec) {
        version = epochSec;
    }

    /** Timezone and DST together, seconds east of UTC, or {@link #NO_OFFSET}. */
    public int utcOffsetSec() {
        return utcOffsetSec;
    }

    /** Sets {@link #utcOffsetSec()}. */
    public void utcOffsetSec(int seconds) {
        utcOffsetSec = seconds;
    }

    /** {@link RowFlag}s that hold for the whole post; each of its rows has them too. */
    public int flags() {
        return flags;
    }

    /** Sets {@link #flags()}. */
    public void flags(int mask) {
        flags = mask;
    }

    /** Adds a flag to the post and to each of its rows. */
    public void flag(RowFlag flag) {
        flags |= flag.mask();
        for (int row = 0; row < rows.size(); row++) {
            rows.flag(row, flag);
        }
    }

    /** When the last byte of the post arrived, epoch milliseconds by our clock. */
    public long receivedAtMs() {
        return receivedAtMs;
    }

    /** Sets {@link #receivedAtMs()}. */
    public void receivedAtMs(long epochMs) {
        receivedAtMs = epochMs;
    }

    /** The post's journal record, from 1; 0 while it has none. */
    public long sequence() {
        return sequence;
    }

    /** Sets {@link #sequence()}. */
    public void sequence(long value) {
        sequence = value;
    }

    /** A property as sent, or null. */
    public String property(DeviceProperty property) {
        return properties[property.code()];
    }

    /** Sets a property; null removes it. */
    public void property(DeviceProperty property, String value) {
        properties[property.code()] = value;
        hasProperties = true;
    }
}
