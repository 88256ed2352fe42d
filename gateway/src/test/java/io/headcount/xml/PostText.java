package io.headcount.xml;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a good post of one minute with one row, of which a test changes what it is about. Fields are named as refusals name
 * them: {@code @DeviceId} (of the root), {@code Properties/Timezone}, {@code ReportData/@Interval}, {@code Report/@Date},
 * {@code Object/@Id}, {@code Count/@Enters}.
 */
public final class PostText {
    private final Map<String, String> rootAttributes = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> elements = new LinkedHashMap<>();
    private final List<String> moreRows = new ArrayList<>();
    private final List<String> moreObjects = new ArrayList<>();
    private String declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    private String root = "Metrics";

    /** The good post. */
    public PostText() {
        rootAttributes.putAll(ordered("SiteId", "s1", "SiteName", "Shop", "DeviceId", "12345", "DeviceName", "Door"));
        properties.putAll(ordered("Version", "1", "TransmitTime", "1667806085", "MacAddress", "4C:BC:98:60:27:8A"));
        properties.putAll(ordered("Timezone", "8", "DST", "0", "SerialNumber", "201000002209190025"));
        elements.put("ReportData", ordered("Interval", "1"));
        elements.put("Report", ordered("Date", "2022-11-07"));
        elements.put("Object", ordered("Id", "0", "ObjectType", "0", "Name", "count"));
        elements.put("Count", count("2", "1"));
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static Map<String, String> count(String enters, String exits) {
        Map<String, String> count =
                ordered("StartTime", "15:27:00", "EndTime", "15:28:00", "UnixStartTime", "1667806020");
        count.putAll(ordered("Enters", enters, "Exits", exits, "Passings", "0", "Returns", "0", "Status", "0"));
        return count;
    }

    /** Sets a field; null drops it. */
    public PostText with(String field, String value) {
        Map<String, String> of = fields(field);
        String name = field.substring(field.lastIndexOf(field.contains("@") ? '@' : '/') + 1);
        if (value == null) {
            of.remove(name);
        } else {
            of.put(name, value);
        }
        return this;
    }

    public PostText without(String... fields) {
        for (String field : fields) {
            with(field, null);
        }
        return this;
    }

    private Map<String, String> fields(String field) {
        if (field.startsWith("@")) {
            return rootAttributes;
        }
        String element = field.substring(0, field.indexOf('/'));
        return element.equals("Properties") ? properties : elements.get(element);
    }

    public PostText root(String name) {
        root = name;
        return this;
    }

    public PostText declaration(String text) {
        declaration = text;
        return this;
    }

    /** Another row in the same object, as it is to stand there. */
    public PostText row(String xml) {
        moreRows.add(xml);
        return this;
    }

    /** Another object in the same report, as it is to stand there. */
    public PostText object(String xml) {
        moreObjects.add(xml);
        return this;
    }

    /** A minute's row with these counts, of an object of this type. */
    public static String object(int type, int enters, int exits) {
        return "<Object Id=\"0\" ObjectType=\"" + type + "\" Name=\"count\"><Count"
                + attributes(count("" + enters, "" + exits)) + "/></Object>";
    }

    public byte[] bytes() {
        return bytes(StandardCharsets.UTF_8);
    }

    public byte[] bytes(Charset charset) {
        return toString().getBytes(charset);
    }

    @Override
    public String toString() {
        StringBuilder xml = new StringBuilder(declaration);
        xml.append('<')
                .append(root)
                .append(attributes(rootAttributes))
                .append(">\n")
                .append(propertiesText());
        xml.append(open("ReportData")).append(open("Report")).append(open("Object"));
        xml.append("<Count").append(attributes(elements.get("Count"))).append("/>");
        moreRows.forEach(xml::append);
        xml.append("</Object>");
        moreObjects.forEach(xml::append);
        return xml.append("</Report></ReportData>\n</").append(root).append('>').toString();
    }

    public String propertiesText() {
        StringBuilder xml = new StringBuilder("<Properties>");
        properties.forEach((name, value) -> xml.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append('>'));
        return xml.append("</Properties>\n").toString();
    }

    private String open(String element) {
        return "<" + element + attributes(elements.get(element)) + ">";
    }

    private static String attributes(Map<String, String> attributes) {
        StringBuilder xml = new StringBuilder();
        attributes.forEach((name, value) ->
                xml.append(' ').append(name).append("=\"").append(value).append('"'));
        return xml.toString();
    }
}
