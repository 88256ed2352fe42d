package io.headcount.tail;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** How lines are written. */
public enum LineFormat {
    /** One JSON object a line, all types. */
    JSON,
    /** A header and one line per count row; other types are left out. */
    CSV;

    /** The format's name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a format's name.
     *
     * @throws IllegalArgumentException naming the formats that there are
     */
    public static LineFormat parse(String name) {
        for (LineFormat format : values()) {
            if (format.label().equals(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format: " + name + " (expected: json or csv)");
    }

    LineWriter writer(OutputStream out) throws IOException {
        return this == JSON ? new JsonLines(out) : new CsvLines(out);
    }
}
