package io.headcount.xml;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the JDK's own parser makes of a document: well-formed or not, and an independent reading of who sent it and of every
 * Count. Where the gateway takes more than XML has it, by decision, the document is put right first (see {@link #prepared}).
 */
final class JdkDocument {
    private static final String SPACE = "[ \\t\\r\\n]";
    private static final Pattern VERSION_11 = Pattern.compile("^(<\\?xml" + SPACE + "[^?]*version[^?]*?['\"]1\\.)1");
    private static final Pattern UTF8 =
            Pattern.compile("^(<\\?xml" + SPACE + "[^?]*encoding[^?]*?['\"])(?i:utf8)(['\"])");
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;
    private final List<String> path = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<String> counts = new ArrayList<>();
    private String deviceId = "";
    private String serialNumber = "";
    private String transmitTime = "";
    private String macAddress = "";
    private String objectId;
    private String objectType;
    private int depth;
    private int attributes;
    private int events;

    private JdkDocument(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // the JDK's bound on names is lower than ours on tags
        factory.setProperty("jdk.xml.maxXMLNameLimit", "100000");
        return factory;
    }

    /** Reads a document; an AssertionError when the JDK's parser refuses it. */
    static JdkDocument read(byte[] document) {
        try {
            JdkDocument read = new JdkDocument(prepared(document));
            read.readAll();
            return read;
        } catch (XMLStreamException | CharacterCodingException refused) {
            throw new AssertionError("accepted, but not by the JDK", refused);
        }
    }

    /**
     * The JDK's reader of the document's own bytes, but for what is ours by decision: white space before the declaration is
     * skipped, XML 1.1 is read as 1.0, {@code utf8} is a name of UTF-8, and UTF-16 needs no byte order mark.
     */
    private static XMLStreamReader prepared(byte[] document) throws XMLStreamException, CharacterCodingException {
        Charset utf16 = utf16(document);
        if (utf16 != null) {
            String text = utf16.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return FACTORY.createXMLStreamReader(new StringReader(putRight(unmarked)));
        }
        // every byte a character, so that it comes back as it was
        String bytes = new String(document, StandardCharsets.ISO_8859_1);
        String unmarked = bytes.startsWith("\u00EF\u00BB\u00BF") ? bytes.substring(3) : bytes;
        return FACTORY.createXMLStreamReader(
                new ByteArrayInputStream(putRight(unmarked).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Charset utf16(byte[] b) {
        if (b.length < 4) {
            return null;
        }
        boolean bigEndian = (b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) || (b[0] == 0 && b[1] != 0);
        boolean littleEndian = (b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) || (b[0] != 0 && b[1] == 0);
        return bigEndian ? StandardCharsets.UTF_16BE : littleEndian ? StandardCharsets.UTF_16LE : null;
    }

    private static String putRight(String document) {
        int start = 0;
        while (start < document.length() && " \t\r\n".indexOf(document.charAt(start)) >= 0) {
            start++;
        }
        String version10 = VERSION_11.matcher(document.substring(start)).replaceFirst("$10");
        return UTF8.matcher(version10).replaceFirst("$1utf-8$2");
    }

    private void readAll() throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> onStart();
                case XMLStreamConstants.END_ELEMENT -> onEnd();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> onText();
                case XMLStreamConstants.COMMENT -> events++;
                case XMLStreamConstants.END_DOCUMENT -> {}
                default -> throw new AssertionError("accepted, with an event of kind " + event);
            }
        }
    }

    private void onStart() {
        events++;
        path.add(reader.getLocalName().toLowerCase(Locale.ROOT));
        depth = Math.max(depth, path.size());
        attributes = Math.max(attributes, reader.getAttributeCount() + reader.getNamespaceCount());
        if (path.size() == 1) {
            deviceId = attribute("deviceid", "").strip();
        } else if (isAt("reportdata", "report", "object")) {
            objectId = attribute("id", "0");
            objectType = number("objecttype", "0");
        } else if (isAt("reportdata", "report", "object", "count")) {
            counts.add(objectId + " type " + objectType + ": " + number("enters", "-") + ' ' + number("exits", "-")
                    + ' ' + number("passings", "0") + ' ' + number("returns", "0") + " status "
                    + number("status", "-"));
        } else if (path.size() == 3) {
            text.setLength(0);
        }
    }

    private void onText() {
        if (path.size() == 3) {
            text.append(reader.getText());
        }
    }

    private void onEnd() {
        events++;
        String value = text.toString().strip();
        if (isAt("properties", "serialnumber") && !value.isEmpty()) {
            serialNumber = value;
        } else if (isAt("properties", "transmittime") && !value.isEmpty()) {
            transmitTime = value;
        } else if (isAt("properties", "macaddress") && !value.isEmpty()) {
            macAddress = value;
        }
        path.remove(path.size() - 1);
    }

    private boolean isAt(String... below) {
        return path.subList(1, path.size()).equals(List.of(below));
    }

    /** The value of an attribute in whatever case it is spelled, or {@code missing} where there is none but blank ones. */
    private String attribute(String name, String missing) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String value = reader.getAttributeValue(i);
            if (reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT).equals(name) && !value.isBlank()) {
                return value;
            }
        }
        return missing;
    }

    private String number(String name, String missing) {
        String value = attribute(name, missing).trim();
        return value.equals(missing) ? missing : Long.toString(Long.parseLong(value));
    }

    /** DeviceId, SerialNumber, TransmitTime and every Count, a line each. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(identity(), serialNumber, transmitTime));
        fields.addAll(counts);
        return fields;
    }

    /** DeviceId, or what stands in for it (PROTOCOL, decision 2). */
    private String identity() {
        if (!deviceId.isEmpty() || !serialNumber.isEmpty()) {
            return deviceId.isEmpty() ? serialNumber : deviceId;
        }
        String digits = macAddress.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
        return digits.matches("[0-9a-f]{12}") ? digits.replaceAll("(..)(?=.)", "$1:") : macAddress;
    }

    /** The same of a post. */
    static List<String> fieldsOf(Post post) {
        List<String> fields = new ArrayList<>();
        fields.add(post.deviceId());
        fields.add(orEmpty(post.serialNumber()));
        fields.add(orEmpty(post.property(DeviceProperty.TRANSMIT_TIME)));
        Rows rows = post.rows();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.kind(row) == RowKind.COUNT) {
                String status = rows.status(row) == Rows.NO_STATUS ? "-" : Integer.toString(rows.status(row));
                fields.add(rows.objectId(row) + " type " + rows.objectType(row) + ": " + rows.value(row, 0) + ' '
                        + rows.value(row, 1) + ' ' + rows.value(row, 2) + ' ' + rows.value(row, 3) + " status "
                        + status);
            }
        }
        return fields;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Elements within each other at the deepest place. */
    int depth() {
        return depth;
    }

    /** Attributes of the element that has most. */
    int attributes() {
        return attributes;
    }

    /** Tags and comments; an empty element is two. */
    int events() {
        return events;
    }
}
