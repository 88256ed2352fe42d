package io.headcount.hostile;

import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.dropped;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.GroupA.HOST;
import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.chunk;
import static io.headcount.http.Requests.chunked;
import static io.headcount.http.Requests.length;
import static io.headcount.http.Requests.line;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.with;

import io.headcount.hostile.Case.Ending;
import io.headcount.hostile.Case.Fate;
import io.headcount.hostile.Case.Setting;
import io.headcount.xml.PostText;
import java.util.stream.Stream;

/** HTTP limits, slow peers, what a connection may do. */
public final class GroupB {
    private static final int BODY_LIMIT = 8 * 1024;

    private GroupB() {}

    /** Every case of the group. */
    public static Stream<Case> cases() {
        return Stream.of(limits(), slowness(), encodings(), headers(), paths()).flatMap(cases -> cases);
    }

    private static Stream<Case> limits() {
        return Stream.of(
                closed(414, "B01", "a target of 3 KB", targeted("/" + "p".repeat(3 * 1024))),
                closed(414, "B01", "a target of 100 KB", targeted("/" + "p".repeat(100 * 1024))),
                closed(431, "B02", "a header of 9 KB", with("Cookie: " + "c".repeat(9 * 1024) + "\r\n")),
                closed(431, "B02", "2,000 headers", with("A: b\r\n".repeat(2_000))),
                closed(431, "B02", "a header name of 100 KB", with("A".repeat(100 * 1024) + ": b\r\n")),
                accepted("B02", "100 headers", with("A: b\r\n".repeat(98))),
                closed(431, "B02", "101 headers", with("A: b\r\n".repeat(99))),
                closed(
                        431,
                        "B02",
                        "200 headers before a second length",
                        with("A: b\r\n".repeat(200) + "Content-Length: 5\r\n")),
                accepted("B03", "a body at the limit", post(padded(BODY_LIMIT))).with(Setting.TIGHT),
                accepted("B03", "chunks at the limit", inChunks(BODY_LIMIT)).with(Setting.TIGHT),
                closed(413, "B03", "a length beyond the limit", post(padded(BODY_LIMIT + 1)))
                        .with(Setting.TIGHT),
                closed(413, "B03", "chunks beyond the limit", inChunks(BODY_LIMIT + 1))
                        .with(Setting.TIGHT),
                closed(413, "B04", "a length of 1 GB without a body", GroupA.oversized("")),
                closed(413, "B04", "the largest length", line("POST /data HTTP/1.1", HOST + largestLength())));
    }

    private static String largestLength() {
        return "Content-Length: 9223372036854775807\r\n";
    }

    private static String targeted(String target) {
        return line("POST " + target + " HTTP/1.1", HOST + length());
    }

    private static String padded(int bytes) {
        int missing = bytes - DOCUMENT.length();
        String padding = "<x/>".repeat(missing / 4) + " ".repeat(missing % 4);
        return DOCUMENT.replace("<Properties>", padding + "<Properties>");
    }

    /** The last byte in a chunk of its own. */
    private static String inChunks(int bytes) {
        String document = padded(bytes);
        return chunked(chunk(document.substring(0, bytes - 1)) + chunk(document.substring(bytes - 1)) + "0\r\n\r\n");
    }

    private static Stream<Case> slowness() {
        String post = post(DOCUMENT);
        return Stream.of(
                closed(408, "B06", "a body that does not come", post.substring(0, post.indexOf('<')))
                        .with(Setting.IMPATIENT)
                        .then(Ending.SILENCE),
                closed(408, "B07", "a body without its last byte", post.substring(0, post.length() - 1))
                        .with(Setting.IMPATIENT)
                        .then(Ending.SILENCE),
                closed(408, "B09", "a first byte and nothing more", "P")
                        .with(Setting.IMPATIENT)
                        .then(Ending.SILENCE),
                accepted("B11", "a post and FIN", post).fate(Fate.CLOSED).then(Ending.FIN),
                accepted("B11", "two posts and FIN", post + post)
                        .answered(200, 200)
                        .records(2)
                        .fate(Fate.CLOSED)
                        .then(Ending.FIN),
                dropped("B13", "FIN in the middle of a body", post.substring(0, post.length() - 1))
                        .then(Ending.FIN),
                dropped("B13", "FIN in the middle of a head", post.substring(0, 20))
                        .then(Ending.FIN),
                accepted("B14", "a good post", post));
    }

    private static Stream<Case> encodings() {
        Stream<Case> refused = Stream.of("gzip", "br", "zstd", "x-snappy-framed", "gzip, gzip", "deflate")
                .map(coding -> kept(415, "B24", coding, with("Content-Encoding: " + coding + "\r\n")));
        return Stream.concat(
                refused,
                Stream.of(
                        kept(415, "B23", "gzip", with("Content-Encoding: gzip\r\n", "\u001f\u008b\u0008\0")),
                        kept(
                                415,
                                "B23",
                                "gzip in chunks",
                                chunked(chunk(DOCUMENT) + "0\r\n\r\n")
                                        .replace("Host", "Content-Encoding: gzip\r\nHost")),
                        closed(413, "B23", "gzip beyond the limit", GroupA.oversized("Content-Encoding: gzip\r\n")),
                        closed(
                                        413,
                                        "B23",
                                        "gzip in chunks beyond the limit",
                                        inChunks(BODY_LIMIT + 1).replace("Host", "Content-Encoding: gzip\r\nHost"))
                                .with(Setting.TIGHT),
                        accepted("B23", "identity", with("Content-Encoding: identity\r\n")),
                        kept(
                                415,
                                "B24",
                                "two headers",
                                with("Content-Encoding: identity\r\nContent-Encoding: br\r\n"))));
    }

    private static Stream<Case> headers() {
        Stream<Case> types = Stream.of(
                        "text/plain",
                        "application/x-www-form-urlencoded",
                        "text/xml;charset=gbk",
                        "application/json",
                        "multipart/form-data; boundary=x",
                        "")
                .map(type -> accepted("B25", "Content-Type: " + type, with("Content-Type: " + type + "\r\n")));
        return Stream.concat(
                types,
                Stream.of(
                        accepted("B26", "Accept: application/json", with("Accept: application/json\r\n")),
                        accepted("B27", "a cookie of 8 KB", with("Cookie: " + "c".repeat(8 * 1024) + "\r\n")),
                        accepted("B27", "a range", with("Range: bytes=0-1\r\n")),
                        accepted("B27", "If-Match", with("If-Match: x\r\n")),
                        accepted("B27", "a date of 1970", with("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"))));
    }

    private static Stream<Case> paths() {
        Stream<Case> wrong = Stream.of("/other", "/data/", "//data", "/data;jsessionid=1", "/", "/DATA", "http://data/")
                .map(path -> kept(404, "B29", path, targeted(path)).with(Setting.TIGHT));
        Stream<Case> right = Stream.of("/data", "/data?a=b/c", "/data#x", "http://gateway/data")
                .map(path -> accepted("B29", path, targeted(path)).with(Setting.TIGHT));
        Stream<Case> others = Stream.of(
                accepted("B30", "a report to the heartbeat's URL", targeted("/heartbeat", Documents.document())),
                accepted("B30", "a heartbeat to the report's URL", targeted("/metrics")),
                accepted("B32", "line ends in a name", Documents.post(Documents.with("@DeviceName", "a&#13;&#10;X: y")))
                        .journals("\"deviceName\":\"a\\r\\nX: y\""));
        return Stream.of(wrong, right, others).flatMap(cases -> cases);
    }

    private static String targeted(String target, PostText document) {
        return Documents.post(document).replace("/data", target);
    }
}
