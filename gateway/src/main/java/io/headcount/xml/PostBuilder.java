package io.headcount.xml;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.model.RowFlag;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Fills a post from the document's elements, in whatever order they come. Elements -> Post. Not thread-safe.
 *
 * <p>The first thing that makes the post unacceptable is kept as its refusal; from there on elements are only counted in and
 * out, because a document must be read to its end to tell 422 from 400.
 */
final class PostBuilder {
    /** An object's attributes as refusals name them. */
    private record ObjectFields(String id, String deviceId, String name, String objectType) {
        static final ObjectFields OBJECT = of(Name.OBJECT);
        static final ObjectFields RT_OBJECT = of(Name.RT_OBJECT);

        private static ObjectFields of(Name element) {
            String prefix = element.xmlName() + "/@";
            return new ObjectFields(prefix + "Id", prefix + "DeviceId", prefix + "Name", prefix + "ObjectType");
        }
    }

    private static final int MAX_ID_CHARS = 128;
    private static final int MAX_OBJECT_ID_CHARS = 64;
    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_INTERVAL_MINUTES = 1440;
    private static final int ATTRIBUTES_TYPE = 3;
    private static final String[] PROPERTY_FIELDS = propertyFields();

    private final Telemetry telemetry;
    private final int maxObjects;
    private final int maxRows;
    private final Place[] places;
    private final FieldText field = new FieldText();
    private final RawWindows windows = new RawWindows();
    private final Map<RowKind, RowFields> rowFields = newRowFields();
    private final StringBuilder text = new StringBuilder();
    private String wholeText; // instead, where it came at once
    // of each property, in whatever document had it last; each of an element's text at most
    private final String[] lastTexts = new String[DeviceProperty.count()];

    private Post post;
    private Refusal refusal;
    private int depth;
    private Name root;
    private boolean propertiesSeen;
    private Name property;
    private int objects;

    // of the ReportData, Report and Object that the document is in
    private int intervalMinutes;
    private int epochDay;
    private String objectId;
    private String objectDeviceId;
    private String objectName;
    private int objectType;

    PostBuilder(int maxDepth, int maxObjects, int maxRows, Telemetry telemetry) {
        this.telemetry = telemetry;
        this.maxObjects = maxObjects;
        this.maxRows = maxRows;
        this.places = new Place[maxDepth + 1];
        this.places[0] = Place.DOCUMENT;
        Arrays.fill(lastTexts, "");
    }

    private static String[] propertyFields() {
        String[] fields = new String[DeviceProperty.count()];
        for (DeviceProperty property : DeviceProperty.values()) {
            fields[property.code()] = Name.PROPERTIES.xmlName() + "/" + property.xmlName();
        }
        return fields;
    }

    private static Map<RowKind, RowFields> newRowFields() {
        Map<RowKind, RowFields> fields = new EnumMap<>(RowKind.class);
        for (RowKind kind : RowKind.values()) {
            fields.put(kind, new RowFields(kind));
        }
        return fields;
    }

    void begin(Post target) {
        post = target;
        post.clear();
        windows.clear();
        refusal = null;
        depth = 0;
        root = null;
        propertiesSeen = false;
        property = null;
        objects = 0;
    }

    /** Drops what it holds of the document and the post, but for texts that the next one may say again. */
    void end() {
        post = null;
        text.setLength(0);
        wholeText = null;
        objectId = null;
        objectDeviceId = null;
        objectName = null;
    }

    /** Why the post is not acceptable, or null. */
    Refusal refusal() {
        return refusal;
    }

    RawWindows windows() {
        return windows;
    }

    /** The root element of an acceptable post. */
    Name root() {
        return root;
    }

    /** Whether there was a root element at all. */
    boolean hasRoot() {
        return root != null || refusal != null;
    }

    /** Elements that are open. */
    int depth() {
        return depth;
    }

    private void refuse(RefusalReason reason, String where) {
        if (refusal == null) {
            refusal = new Refusal(reason, where);
        }
    }

    /** An element begins; depth is bounded by the caller. */
    void onStart(Name name, Attributes attributes) {
        Place place = refusal != null ? Place.SKIPPED : places[depth].child(name);
        depth++;
        places[depth] = place;
        switch (place) {
            case ROOT, TOTALS_ROOT -> onRoot(name, attributes);
            case PROPERTIES -> onProperties(attributes);
            case PROPERTY -> onProperty(name, attributes);
            case REPORT_DATA -> onReportData(attributes);
            case REPORT -> onReport(attributes);
            case OBJECT -> onObject(name, ObjectFields.OBJECT, attributes);
            case RT_REPORT -> onTotalsReport(attributes);
            case RT_OBJECT -> onObject(name, ObjectFields.RT_OBJECT, attributes);
            case ROW -> onRow(name.rowElement(), attributes);
            case MISPLACED -> onMisplaced(name);
            case DOCUMENT, SKIPPED -> countUnknown(name);
        }
    }

    private void onMisplaced(Name name) {
        if (root == null) {
            countUnknown(name);
            refuse(RefusalReason.UNKNOWN_ROOT, null);
        } else {
            refuse(RefusalReason.STRUCTURE, name.xmlName());
        }
    }

    private void onRoot(Name name, Attributes attributes) {
        root = name;
        post.source(name == Name.METRICS ? RowSource.INTERVAL : RowSource.REALTIME);
        for (int i = 0; i < attributes.count(); i++) {
            switch (attributes.name(i)) {
                case SITE_ID -> post.siteId(id(attributes, i, "@SiteId", post.siteId()));
                case SITE_NAME -> post.siteName(name(attributes, i, "@SiteName", post.siteName()));
                case DEVICE_ID -> post.deviceId(id(attributes, i, "@DeviceId", post.deviceId()));
                case DEVICE_NAME -> post.deviceName(name(attributes, i, "@DeviceName", post.deviceName()));
                default -> countUnknown(attributes.name(i));
            }
        }
    }

    private void onProperties(Attributes attributes) {
        countUnknown(attributes);
        if (propertiesSeen) {
            refuse(RefusalReason.STRUCTURE, Name.PROPERTIES.xmlName());
        }
        propertiesSeen = true;
    }

    private void onProperty(Name name, Attributes attributes) {
        countUnknown(attributes);
        property = name;
        text.setLength(0);
        wholeText = null;
    }

    private void onReportData(Attributes attributes) {
        intervalMinutes = RawWindows.ABSENT;
        for (int i = 0; i < attributes.count(); i++) {
            if (attributes.name(i) == Name.INTERVAL) {
                int minutes = number(attributes, i, "ReportData/@Interval", 0, MAX_INTERVAL_MINUTES, RawWindows.ABSENT);
                intervalMinutes = once(intervalMinutes, minutes, RawWindows.ABSENT, "ReportData/@Interval");
            } else {
                countUnknown(attributes.name(i));
            }
        }
        if (intervalMinutes == 0) {
            post.source(RowSource.REALTIME);
        }
    }

    private void onReport(Attributes attributes) {
        epochDay = RawWindows.ABSENT;
        for (int i = 0; i < attributes.count(); i++) {
            if (attributes.name(i) == Name.DATE) {
                epochDay = once(epochDay, date(attributes, i), RawWindows.ABSENT, "Report/@Date");
            } else {
                countUnknown(attributes.name(i));
            }
        }
    }

    /** Its Date is not read: when the totals held is told by TransmitTime. */
    private void onTotalsReport(Attributes attributes) {
        intervalMinutes = RawWindows.ABSENT;
        epochDay = RawWindows.ABSENT;
        countUnknown(attributes);
    }

    private int date(Attributes attributes, int index) {
        long day = attributes.read(index, field).epochDay();
        if (day == FieldText.MALFORMED) {
            refuse(RefusalReason.NOT_A_DATE, "Report/@Date");
        }
        return day < Integer.MIN_VALUE ? RawWindows.ABSENT : (int) day;
    }

    private void onObject(Name element, ObjectFields fields, Attributes attributes) {
        objectId = null;
        objectDeviceId = null;
        objectName = null;
        objectType = RawWindows.ABSENT;
        for (int i = 0; i < attributes.count(); i++) {
            switch (attributes.name(i)) {
                case ID -> objectId = checkedId(attributes.text(i), fields.id(), objectId, MAX_OBJECT_ID_CHARS);
                case DEVICE_ID -> objectDeviceId = id(attributes, i, fields.deviceId(), objectDeviceId);
                case NAME -> objectName = name(attributes, i, fields.name(), objectName);
                case OBJECT_TYPE ->
                    objectType = once(
                            objectType,
                            number(attributes, i, fields.objectType(), 0, Integer.MAX_VALUE, RawWindows.ABSENT),
                            RawWindows.ABSENT,
                            fields.objectType());
                default -> countUnknown(attributes.name(i));
            }
        }
        objectId = objectId == null ? "0" : objectId;
        objectType = objectType == RawWindows.ABSENT ? 0 : objectType;
        objects++;
        if (objects > maxObjects) {
            refuse(RefusalReason.TOO_MANY_ROWS, element.xmlName());
        }
    }

    private void onRow(RowKind kind, Attributes attributes) {
        if (post.rows().size() == maxRows) {
            refuse(RefusalReason.TOO_MANY_ROWS, kind.element());
            return;
        }
        RowFields fields = rowFields.get(kind);
        fields.begin();
        for (int i = 0; i < attributes.count(); i++) {
            if (!fields.take(attributes.name(i), attributes.read(i, field))) {
                countUnknown(attributes.name(i));
            }
        }
        if (fields.refusal() != null) {
            refuse(fields.refusal().reason(), fields.refusal().field());
            return;
        }
        addRow(kind, fields);
    }

    private void addRow(RowKind kind, RowFields fields) {
        boolean interval = root == Name.METRICS && intervalMinutes != 0;
        Rows rows = post.rows();
        int row = rows.add(
                kind,
                interval ? RowSource.INTERVAL : RowSource.REALTIME,
                objectDeviceId,
                objectId,
                objectName,
                objectType);
        for (int i = 0; i < kind.valueCount(); i++) {
            rows.value(row, i, fields.value(i));
        }
        rows.status(row, fields.status());
        if (objectType > ATTRIBUTES_TYPE) {
            rows.flag(row, RowFlag.UNKNOWN_TYPE);
        }
        windows.add(fields.unixStart(), epochDay, fields.startSecond(), fields.endSecond(), intervalMinutes);
    }

    /** Text inside an element; false when there is more of it than a field may have. */
    boolean onText(char[] chars, int off, int len, int maxChars) {
        if (keepsText()) {
            text.append(chars, off, len);
            return text.length() <= maxChars;
        }
        if (places[depth] != Place.SKIPPED && places[depth] != Place.MISPLACED && !isBlank(chars, off, len)) {
            telemetry.count(Metric.XML_STRAY_TEXT);
        }
        return true;
    }

    /** Whether the innermost element's text is kept; of others no string is made, because passwords are among them. */
    boolean keepsText() {
        return places[depth] == Place.PROPERTY && refusal == null;
    }

    /** All of the text inside an element whose text is kept, of a length that a field may have. */
    void onWholeText(String whole) {
        wholeText = whole;
    }

    /** All of the text inside another element, UTF-8. */
    void onOtherText(byte[] b, int from, int to) {
        if (places[depth] != Place.SKIPPED && places[depth] != Place.MISPLACED && !isBlank(b, from, to)) {
            telemetry.count(Metric.XML_STRAY_TEXT);
        }
    }

    private static boolean isBlank(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char[] chars, int off, int len) {
        for (int i = off; i < off + len; i++) {
            if (chars[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    /** The innermost element ends. */
    void onEnd() {
        if (places[depth] == Place.PROPERTY && refusal == null) {
            keepProperty(property.property(), wholeText != null ? wholeText.strip() : stripped(property.property()));
        }
        depth--;
    }

    /** The text that came in pieces: one string for as long as document after document says the same. */
    private String stripped(DeviceProperty kind) {
        String last = lastTexts[kind.code()];
        if (!last.contentEquals(text)) {
            last = text.toString().strip();
            lastTexts[kind.code()] = last;
        }
        return last;
    }

    private void keepProperty(DeviceProperty kind, String value) {
        if (value.isEmpty()) {
            return;
        }
        String where = PROPERTY_FIELDS[kind.code()];
        if (kind == DeviceProperty.SERIAL_NUMBER || kind == DeviceProperty.MAC_ADDRESS) {
            post.property(kind, checkedId(value, where, post.property(kind), MAX_ID_CHARS));
        } else {
            post.property(kind, once(post.property(kind), limited(value), where));
        }
    }

    /** An id without the white space around it, or a camera whose operator typed a blank would be another camera. */
    private String id(Attributes attributes, int index, String where, String before) {
        return checkedId(attributes.text(index).strip(), where, before, MAX_ID_CHARS);
    }

    private String checkedId(String value, String where, String before, int maxChars) {
        if (value.isBlank()) {
            return before;
        }
        if (value.length() > maxChars) {
            refuse(RefusalReason.TOO_LONG, where);
        } else if (hasForbiddenCharacter(value)) {
            refuse(RefusalReason.CONTROL_CHARACTER, where);
        }
        return once(before, value, where);
    }

    private static boolean hasForbiddenCharacter(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (Character.isISOControl(c) || c == '\uFEFF' || c == '\u2028' || c == '\u2029') {
                return true;
            }
        }
        return false;
    }

    private String name(Attributes attributes, int index, String where, String before) {
        String value = attributes.text(index);
        return value.isBlank() ? before : once(before, limited(value), where);
    }

    /** Free text is cut rather than refused: nothing is counted by it. */
    private static String limited(String value) {
        if (value.length() <= MAX_NAME_CHARS) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(MAX_NAME_CHARS - 1)) ? MAX_NAME_CHARS - 1 : MAX_NAME_CHARS;
        return value.substring(0, end);
    }

    private int number(Attributes attributes, int index, String where, int least, int most, int absent) {
        long value = attributes.read(index, field).digits();
        if (value == FieldText.EMPTY) {
            return absent;
        }
        if (value == FieldText.MALFORMED) {
            refuse(RefusalReason.NOT_A_NUMBER, where);
            return absent;
        }
        if (value < least || value > most) {
            refuse(RefusalReason.OUT_OF_RANGE, where);
            return absent;
        }
        return (int) value;
    }

    private String once(String before, String value, String where) {
        if (before != null && !before.equals(value)) {
            refuse(RefusalReason.CONTRADICTION, where);
        }
        return value;
    }

    private int once(int before, int value, int absent, String where) {
        if (before != absent && value != absent && before != value) {
            refuse(RefusalReason.CONTRADICTION, where);
        }
        return value == absent ? before : value;
    }

    private void countUnknown(Attributes attributes) {
        for (int i = 0; i < attributes.count(); i++) {
            countUnknown(attributes.name(i));
        }
    }

    private void countUnknown(Name name) {
        if (name == Name.UNKNOWN) {
            telemetry.count(Metric.XML_UNKNOWN_NAMES);
        }
    }
}
