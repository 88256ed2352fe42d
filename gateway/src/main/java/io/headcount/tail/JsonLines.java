package io.headcount.tail;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.Rows;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Writes one flat JSON object per row. What is absent is left out, never null. Fields may be added later but are never
 * renamed. One thread. rows -> bytes.
 */
public final class JsonLines implements LineWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // names beyond the basic plane are written as they are, and not as two escapes
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final JsonGenerator json;

    /** Writes to a stream, which stays the caller's. */
    public JsonLines(OutputStream out) throws IOException {
        json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(null);
    }

    @Override
    public void write(CountRow count) throws IOException {
        RecordHead head = count.head();
        startLine(LineType.COUNT, head, count.row().source().label());
        writeObject(count.row());
        writeWindow(head, count.row());
        writeCounts(count.counts());
        writeVersion(head, count.row());
        if (count.deltas().isPresent()) {
            writeDeltas(count.deltas().get());
        }
        endLine(head, count.row().flags());
    }

    @Override
    public void write(AttributeRow attributes) throws IOException {
        RecordHead head = attributes.head();
        startLine(LineType.ATTRIBUTES, head, attributes.row().source().label());
        writeObject(attributes.row());
        writeWindow(head, attributes.row());
        json.writeStringField("kind", attributes.kind().label());
        writeValues(attributes);
        writeVersion(head, attributes.row());
        endLine(head, attributes.row().flags());
    }

    /** No {@code start} and {@code seconds}: totals are no window that could be added to others. */
    @Override
    public void write(TotalsRow totals) throws IOException {
        RecordHead head = totals.head();
        startLine(LineType.TOTALS, head, totals.row().source().label());
        writeObject(totals.row());
        json.writeNumberField("time", totals.timeSec());
        writeText("local", LineWriter.local(head, totals.row()));
        json.writeNumberField("totalEnters", totals.enters());
        json.writeNumberField("totalExits", totals.exits());
        writeVersion(head, totals.row());
        endLine(head, totals.row().flags());
    }

    @Override
    public void write(Heartbeat heartbeat) throws IOException {
        RecordHead head = heartbeat.head();
        startLine(LineType.HEARTBEAT, head, heartbeat.source().label());
        writeTransmitTime(head);
        json.writeNumberField("version", head.version());
        writeReceivedAt(head, heartbeat.flags());
        writeProperties(heartbeat.properties());
        endObject();
    }

    private void startLine(LineType type, RecordHead head, String source) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seq", head.sequence());
        json.writeStringField("type", type.label());
        json.writeStringField("source", source);
        writeText("siteId", head.siteId());
        writeText("siteName", head.siteName());
        writeText("deviceId", head.deviceId());
        writeText("deviceName", head.deviceName());
        writeText("serialNumber", head.serialNumber());
        writeText("mac", head.mac());
    }

    private void writeObject(RowHead row) throws IOException {
        writeText("objectDeviceId", row.objectDeviceId());
        writeText("objectId", row.objectId());
        writeText("objectName", row.objectName());
        json.writeNumberField("objectType", row.objectType());
    }

    private void writeWindow(RecordHead head, RowHead row) throws IOException {
        json.writeNumberField("start", row.startSec());
        json.writeNumberField("seconds", row.seconds());
        writeText("local", LineWriter.local(head, row));
    }

    private void writeCounts(Counts counts) throws IOException {
        json.writeNumberField("enters", counts.enters());
        json.writeNumberField("exits", counts.exits());
        json.writeNumberField("passings", counts.passings());
        json.writeNumberField("returns", counts.returns());
    }

    private void writeDeltas(Counts deltas) throws IOException {
        json.writeNumberField("deltaEnters", deltas.enters());
        json.writeNumberField("deltaExits", deltas.exits());
        json.writeNumberField("deltaPassings", deltas.passings());
        json.writeNumberField("deltaReturns", deltas.returns());
    }

    private void writeValues(AttributeRow attributes) throws IOException {
        json.writeObjectFieldStart("values");
        for (int index = 0; index < attributes.values().size(); index++) {
            json.writeNumberField(
                    attributes.kind().valueNames().get(index),
                    attributes.values().get(index).intValue());
        }
        json.writeEndObject();
    }

    private void writeVersion(RecordHead head, RowHead row) throws IOException {
        if (row.status() != Rows.NO_STATUS) {
            json.writeNumberField("status", row.status());
        }
        writeTransmitTime(head);
        json.writeNumberField("version", head.version());
        json.writeNumberField("revision", row.revision());
    }

    private void writeTransmitTime(RecordHead head) throws IOException {
        if (head.transmitTimeSec() != Post.NO_TIME) {
            json.writeNumberField("transmitTime", head.transmitTimeSec());
        }
    }

    private void writeProperties(Map<DeviceProperty, String> properties) throws IOException {
        json.writeObjectFieldStart("properties");
        for (Map.Entry<DeviceProperty, String> property : properties.entrySet()) {
            json.writeStringField(property.getKey().xmlName(), property.getValue());
        }
        json.writeEndObject();
    }

    private void writeText(String name, String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private void endLine(RecordHead head, List<String> flags) throws IOException {
        writeReceivedAt(head, flags);
        endObject();
    }

    private void writeReceivedAt(RecordHead head, List<String> flags) throws IOException {
        json.writeNumberField("receivedAt", head.receivedAtMs());
        json.writeArrayFieldStart("flags");
        for (String flag : flags) {
            json.writeString(flag);
        }
        json.writeEndArray();
    }

    private void endObject() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void flush() throws IOException {
        json.flush();
    }
}
