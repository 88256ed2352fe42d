package io.headcount.http;

import java.nio.charset.StandardCharsets;

/** Requests as text, in which every character is a byte. */
public final class Requests {
    /** The device of the good post. */
    public static final String DEVICE = "cam-0000000";

    /** A good post's document: a sign of life. */
    public static final String DOCUMENT =
            "<Diags DeviceId=\"" + DEVICE + "\"><Properties><SerialNumber>2010</SerialNumber></Properties></Diags>";

    private Requests() {}

    /** A good post of the device. */
    public static String postOf(String device) {
        return post(DOCUMENT.replace(DEVICE, device));
    }

    /** A post of any document. */
    public static String post(String document) {
        return "POST /data HTTP/1.1\r\nHost: gateway:8080\r\nContent-Length: " + bytes(document) + "\r\n\r\n"
                + document;
    }

    /** A good post with more header lines, each with its line end. */
    public static String with(String headers) {
        return with(headers, DOCUMENT);
    }

    /** A post of any document with more header lines, each with its line end. */
    public static String with(String headers, String document) {
        return post(document)
                .replaceFirst("\r\n\r\n", "\r\n" + java.util.regex.Matcher.quoteReplacement(headers) + "\r\n");
    }

    /** A good post whose only headers are these, each with its line end. */
    public static String only(String headers) {
        return line("POST /data HTTP/1.1", headers);
    }

    /** A request with this line and these headers, each with its line end; a good post's body. */
    public static String line(String requestLine, String headers) {
        return requestLine + "\r\n" + headers + "\r\n" + DOCUMENT;
    }

    /** The header that frames the good post's body. */
    public static String length() {
        return "Content-Length: " + bytes(DOCUMENT) + "\r\n";
    }

    /** A chunked post of these chunks, framed by the caller. */
    public static String chunked(String framedChunks) {
        return "POST /data HTTP/1.1\r\nHost: gateway\r\nTransfer-Encoding: chunked\r\n\r\n" + framedChunks;
    }

    /** One chunk. */
    public static String chunk(String data) {
        return Integer.toHexString(bytes(data)) + "\r\n" + data + "\r\n";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1).length;
    }
}
