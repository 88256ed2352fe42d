package io.headcount.tail;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes rows as lines of UTF-8 that end in {@code \n}. One thread. */
interface LineWriter {
    /** {@code 2022-11-07T15:27:00+08:00}, with seconds and a numeric offset always. */
    DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    void write(CountRow row) throws IOException;

    void write(AttributeRow row) throws IOException;

    void write(TotalsRow totals) throws IOException;

    void write(Heartbeat heartbeat) throws IOException;

    /** Hands on what is still in buffers. */
    void flush() throws IOException;

    /** The window's start, or for totals their time, on the camera's clock, or null where its offset is not known. */
    static String local(RecordHead head, RowHead row) {
        OffsetDateTime local = row.localStart(head).orElse(null);
        return local == null ? null : LOCAL.format(local);
    }
}
