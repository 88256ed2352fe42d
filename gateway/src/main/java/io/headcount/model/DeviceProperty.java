package io.headcount.model;

/**
 * The {@code Properties} elements that are kept, under the XML's own names. WifiPassword is not among them by intention: it
 * never leaves the parser (PROTOCOL, decision 9). {@link #code()} is written to the journal: append, never renumber.
 */
public enum DeviceProperty {
    /** Version of the camera's interface; any text. */
    VERSION(0, "Version"),
    /** When the post was sent, epoch seconds, as written. */
    TRANSMIT_TIME(1, "TransmitTime"),
    /** As written. */
    MAC_ADDRESS(2, "MacAddress"),
    /** The camera's own address. */
    IP_ADDRESS(3, "IpAddress"),
    /** {@code Wired}, {@code Wifi} or {@code WiFi}. */
    CONNECTION_TYPE(4, "ConnectionType"),
    /** Name of the wireless network. */
    WIFI_SSID(5, "WifiSSID"),
    /** {@code Static} or {@code DHCP}. */
    IP_ADDRESS_METHOD(6, "IpAddressMethod"),
    /** The camera's host name. */
    HOST_NAME(7, "HostName"),
    /** Hours from UTC, fractions allowed. */
    TIMEZONE(8, "Timezone"),
    /** Daylight-saving hours on top of {@link #TIMEZONE}. */
    DST(9, "DST"),
    /** Hardware version. */
    HW_PLATFORM(10, "HwPlatform"),
    /** Text of 18 digits and more, never a number. */
    SERIAL_NUMBER(11, "SerialNumber"),
    /** As written. */
    DEVICE_TYPE(12, "DeviceType"),
    /** Firmware version. */
    SW_RELEASE(13, "SwRelease");

    private static final DeviceProperty[] ALL = values();

    private final int code;
    private final String xmlName;

    DeviceProperty(int code, String xmlName) {
        this.code = code;
        this.xmlName = xmlName;
    }

    /** The property's name in XML and in JSON lines. */
    public String xmlName() {
        return xmlName;
    }

    /** The property's number in the journal. */
    public int code() {
        return code;
    }

    /** How many properties there are. */
    public static int count() {
        return ALL.length;
    }

    /** The property with this {@link #code()}, or null when a newer version of the product wrote it. */
    public static DeviceProperty ofCode(int code) {
        return code >= 0 && code < ALL.length ? ALL[code] : null;
    }
}
