package io.headcount.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Counts the whole requests at the beginning of what a peer sent, by a simple reading of RFC 9112 that has nothing in common
 * with the gateway's. Stops at the first byte that is not plainly framed: from there on nothing may be believed.
 */
final class RequestCounter {
    private static final Pattern REQUEST_LINE = Pattern.compile("[!-~]+ [!-~]+ HTTP/1\\.[01]");
    private static final Pattern HEADER = Pattern.compile("(?s)[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\r\\n\\x00]*");
    private static final Pattern CHUNK_SIZE = Pattern.compile("(?s)[0-9A-Fa-f]+(?:[ \\t]*;[^\\r\\n]*)?");
    private static final int LARGEST = 1 << 20;

    private final String sent;
    private int at;

    private RequestCounter(byte[] sent) {
        this.sent = new String(sent, StandardCharsets.ISO_8859_1);
    }

    /** How many requests these bytes begin with, whole and properly framed. */
    static int count(byte[] sent) {
        RequestCounter counter = new RequestCounter(sent);
        int requests = 0;
        while (counter.skipRequest()) {
            requests++;
        }
        return requests;
    }

    private boolean skipRequest() {
        while (sent.startsWith("\r\n", at)) {
            at += 2;
        }
        String requestLine = nextLine();
        return requestLine != null && REQUEST_LINE.matcher(requestLine).matches() && skipHeadersAndBody();
    }

    private boolean skipHeadersAndBody() {
        List<String> lengths = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        String line = nextLine();
        while (line != null && !line.isEmpty()) {
            if (!HEADER.matcher(line).matches()) {
                return false;
            }
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (name.equalsIgnoreCase("Content-Length")) {
                lengths.add(value);
            } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
                codings.add(value);
            }
            line = nextLine();
        }
        return line != null && (codings.isEmpty() ? skipBody(lengths) : lengths.isEmpty() && skipChunks(codings));
    }

    private boolean skipBody(List<String> lengths) {
        if (lengths.size() != 1 || !lengths.get(0).matches("[0-9]+")) {
            return false;
        }
        return skip(parse(lengths.get(0), 10));
    }

    private boolean skipChunks(List<String> codings) {
        if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
            return false;
        }
        String line = nextLine();
        while (line != null && CHUNK_SIZE.matcher(line).matches()) {
            int size = parse(line.split("[ \\t;]", 2)[0], 16);
            if (size == 0) {
                return skipTrailers();
            }
            if (!skip(size) || !"".equals(nextLine())) {
                return false;
            }
            line = nextLine();
        }
        return false;
    }

    private boolean skipTrailers() {
        String line = nextLine();
        while (line != null && HEADER.matcher(line).matches()) {
            line = nextLine();
        }
        return "".equals(line);
    }

    private static int parse(String digits, int radix) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 5 ? LARGEST : Integer.parseInt(significant, radix);
    }

    private boolean skip(int bytes) {
        at += bytes;
        return at <= sent.length();
    }

    /** The next line without its CRLF, or null where there is none. */
    private String nextLine() {
        int end = at > sent.length() ? -1 : sent.indexOf("\r\n", at);
        if (end < 0) {
            return null;
        }
        String line = sent.substring(at, end);
        at = end + 2;
        return line;
    }
}
