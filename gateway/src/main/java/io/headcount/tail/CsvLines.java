package io.headcount.tail;

import io.headcount.model.Post;
import io.headcount.model.Rows;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes count rows as CSV: a header with the JSON names, quoting as in RFC 4180, lines that end in {@code \n}; what is
 * absent is an empty cell. Other types have other columns and are left out. One thread. rows -> bytes.
 */
public final class CsvLines implements LineWriter {
    private static final String HEADER = "seq,type,source,siteId,siteName,deviceId,deviceName,serialNumber,mac,"
            + "objectId,objectName,objectType,start,seconds,local,enters,exits,passings,returns,status,transmitTime,"
            + "version,revision,deltaEnters,deltaExits,deltaPassings,deltaReturns,receivedAt,flags\n";

    private final Writer out;
    private final StringBuilder line = new StringBuilder();

    /** Writes the header to a stream, which stays the caller's. */
    public CsvLines(OutputStream stream) throws IOException {
        out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        out.write(HEADER);
    }

    @Override
    public void write(CountRow count) throws IOException {
        line.setLength(0);
        addHead(count.head(), count.row());
        addObject(count.row());
        addWindow(count.head(), count.row());
        addCounts(count.counts());
        addVersion(count.head(), count.row());
        if (count.deltas().isPresent()) {
            addCounts(count.deltas().get());
        } else {
            line.append(",,,,");
        }
        add(count.head().receivedAtMs());
        add(String.join(";", count.row().flags()));
        line.setCharAt(line.length() - 1, '\n');
        out.append(line);
    }

    @Override
    public void write(AttributeRow attributes) {
        // has other columns
    }

    @Override
    public void write(TotalsRow totals) {
        // has other columns
    }

    @Override
    public void write(Heartbeat heartbeat) {
        // has other columns
    }

    private void addHead(RecordHead head, RowHead row) {
        add(head.sequence());
        add(LineType.COUNT.label());
        add(row.source().label());
        add(head.siteId());
        add(head.siteName());
        add(head.deviceId());
        add(head.deviceName());
        add(head.serialNumber());
        add(head.mac());
    }

    private void addObject(RowHead row) {
        add(row.objectId());
        add(row.objectName());
        add(row.objectType());
    }

    private void addWindow(RecordHead head, RowHead row) {
        add(row.startSec());
        add(row.seconds());
        add(LineWriter.local(head, row));
    }

    private void addCounts(Counts counts) {
        add(counts.enters());
        add(counts.exits());
        add(counts.passings());
        add(counts.returns());
    }

    private void addVersion(RecordHead head, RowHead row) {
        addUnless(Rows.NO_STATUS, row.status());
        addUnless(Post.NO_TIME, head.transmitTimeSec());
        add(head.version());
        add(row.revision());
    }

    private void add(long number) {
        line.append(number).append(',');
    }

    private void addUnless(long absent, long number) {
        if (number != absent) {
            line.append(number);
        }
        line.append(',');
    }

    private void add(String text) {
        if (text != null && needsQuotes(text)) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else if (text != null) {
            line.append(text);
        }
        line.append(',');
    }

    private static boolean needsQuotes(String text) {
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
