package io.headcount.xml;

import io.headcount.model.DeviceProperty;
import io.headcount.model.RowKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of elements and attributes that the protocol knows. They match without regard to case (PROTOCOL, decision 1). */
enum Name {
    METRICS("Metrics"),
    RT_METRICS("RTMetrics"),
    REAL_TIME_METRICS("RealTimeMetrics"),
    DIAGS("Diags"),
    PROPERTIES("Properties"),
    REPORT_DATA("ReportData"),
    REPORT("Report"),
    OBJECT("Object"),
    RT_REPORT("RTReport"),
    RT_OBJECT("RTObject"),
    COUNT(RowKind.COUNT),
    GENDER_COUNT(RowKind.GENDER),
    AGE_COUNT(RowKind.AGE),
    WORK_CARD_COUNT(RowKind.WORKCARD),
    RT_COUNT(RowKind.TOTALS),

    VERSION(DeviceProperty.VERSION),
    TRANSMIT_TIME(DeviceProperty.TRANSMIT_TIME),
    MAC_ADDRESS(DeviceProperty.MAC_ADDRESS),
    IP_ADDRESS(DeviceProperty.IP_ADDRESS),
    CONNECTION_TYPE(DeviceProperty.CONNECTION_TYPE),
    WIFI_SSID(DeviceProperty.WIFI_SSID),
    IP_ADDRESS_METHOD(DeviceProperty.IP_ADDRESS_METHOD),
    HOST_NAME(DeviceProperty.HOST_NAME),
    TIMEZONE(DeviceProperty.TIMEZONE),
    DST(DeviceProperty.DST),
    HW_PLATFORM(DeviceProperty.HW_PLATFORM),
    SERIAL_NUMBER(DeviceProperty.SERIAL_NUMBER),
    DEVICE_TYPE(DeviceProperty.DEVICE_TYPE),
    SW_RELEASE(DeviceProperty.SW_RELEASE),

    SITE_ID("SiteId"),
    SITE_NAME("SiteName"),
    DEVICE_ID("DeviceId"),
    DEVICE_NAME("DeviceName"),
    INTERVAL("Interval"),
    DATE("Date"),
    ID("Id"),
    OBJECT_TYPE("ObjectType"),
    NAME("Name"),
    START_TIME("StartTime"),
    END_TIME("EndTime"),
    UNIX_START_TIME("UnixStartTime"),
    STATUS("Status"),

    ENTERS(RowKind.COUNT, 0),
    EXITS(RowKind.COUNT, 1),
    PASSINGS(RowKind.COUNT, 2),
    RETURNS(RowKind.COUNT, 3),
    MALE(RowKind.GENDER, 0),
    FEMALE(RowKind.GENDER, 1),
    UNKNOWN_GENDER(RowKind.GENDER, 2),
    AGE_LESS_10(RowKind.AGE, 0),
    AGE_10_TO_16(RowKind.AGE, 1),
    AGE_17_TO_30(RowKind.AGE, 2),
    AGE_31_TO_45(RowKind.AGE, 3),
    AGE_46_TO_60(RowKind.AGE, 4),
    AGE_OVER_60(RowKind.AGE, 5),
    UNKNOWN_AGE(RowKind.AGE, 6),
    WORK_CARD(RowKind.WORKCARD, 0),
    TOTAL_ENTERS(RowKind.TOTALS, 0),
    TOTAL_EXITS(RowKind.TOTALS, 1),

    /** Known so that it is dropped on purpose, wherever it stands (PROTOCOL, decision 9). */
    WIFI_PASSWORD("WifiPassword"),

    // sent by Brickstream 3D, not used: known only so that they do not count as unknown
    DIVISION_ID("DivisionId"),
    HTTP_PORT("HttpPort"),
    HTTPS_PORT("HttpsPort"),
    TIMEZONE_NAME("TimezoneName"),
    EXTERNAL_ID("ExternalId"),

    /** Any other name. */
    UNKNOWN("");

    private static final Map<String, Name> BY_LOWER_CASE = byLowerCase();

    private final String xmlName;
    private final DeviceProperty property;
    private final RowKind rowKind;
    private final int valueIndex;

    Name(String xmlName) {
        this(xmlName, null, null, -1);
    }

    Name(DeviceProperty property) {
        this(property.xmlName(), property, null, -1);
    }

    Name(RowKind rowKind) {
        this(rowKind.element(), null, rowKind, -1);
    }

    Name(RowKind rowKind, int valueIndex) {
        this(rowKind.valueNames().get(valueIndex), null, rowKind, valueIndex);
    }

    Name(String xmlName, DeviceProperty property, RowKind rowKind, int valueIndex) {
        this.xmlName = xmlName;
        this.property = property;
        this.rowKind = rowKind;
        this.valueIndex = valueIndex;
    }

    private static Map<String, Name> byLowerCase() {
        Map<String, Name> names = new HashMap<>();
        for (Name name : values()) {
            if (name != UNKNOWN) {
                names.put(name.xmlName.toLowerCase(Locale.ROOT), name);
            }
        }
        return names;
    }

    /** The name behind a spelling, {@link #UNKNOWN} where there is none. */
    static Name of(String spelling) {
        return BY_LOWER_CASE.getOrDefault(spelling.toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /** The name as the protocol spells it. */
    String xmlName() {
        return xmlName;
    }

    /** The property that an element of this name holds, or null. */
    DeviceProperty property() {
        return property;
    }

    /** For an element that is a row: its kind. Null for others. */
    RowKind rowElement() {
        return valueIndex < 0 ? rowKind : null;
    }

    /** For an attribute that is a value of rows of {@code kind}: its position, else -1. */
    int valueIndex(RowKind kind) {
        return kind == rowKind ? valueIndex : -1;
    }

    boolean isRoot() {
        return this == METRICS || this == RT_METRICS || this == REAL_TIME_METRICS || this == DIAGS;
    }

    /** Whether an element of this name belongs at one place of the document only. */
    boolean isStructural() {
        return compareTo(RT_COUNT) <= 0;
    }
}
