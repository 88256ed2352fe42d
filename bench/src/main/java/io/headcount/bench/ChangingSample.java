package io.headcount.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sample whose camera (ids and addresses), time of sending and counts change from document to document, in place: the last
 * digit of each. Not thread-safe.
 */
final class ChangingSample {
    private static final Pattern LAST_DIGITS = Pattern.compile("(?:(?:DeviceId|Enters|Exits)\\s*=\\s*\"[^\"]*"
            + "|<(?:SerialNumber|MacAddress|IpAddress|TransmitTime)>[^<]*)(\\d)(?=[\"<])");

    private final byte[] bytes;
    private final int[] places;
    private int documents;

    private ChangingSample(byte[] bytes) {
        this.bytes = bytes;
        Matcher digits = LAST_DIGITS.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        this.places = digits.results().mapToInt(digit -> digit.start(1)).toArray();
    }

    /** The sample as it is, until it is changed. */
    static ChangingSample of(String sample) throws IOException {
        return new ChangingSample(Samples.read(sample));
    }

    /** The same with a comment before its last end tag: nothing that has a comment has a form. */
    static ChangingSample withoutForm(String sample) throws IOException {
        String text = new String(Samples.read(sample), StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf("</");
        String commented = text.substring(0, end) + "<!-- -->" + text.substring(end);
        return new ChangingSample(commented.getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return bytes;
    }

    /** The next document; the same array each time. */
    byte[] next() {
        byte digit = (byte) ('0' + documents++ % 10);
        for (int place : places) {
            bytes[place] = digit;
        }
        return bytes;
    }
}
