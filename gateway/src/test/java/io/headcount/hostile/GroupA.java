package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;
import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.dropped;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.packed;
import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.chunk;
import static io.headcount.http.Requests.chunked;
import static io.headcount.http.Requests.length;
import static io.headcount.http.Requests.line;
import static io.headcount.http.Requests.only;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.with;

import io.headcount.hostile.Case.Ending;
import io.headcount.hostile.Case.Fate;
import io.headcount.hostile.Case.Setting;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HTTP framing and the request line. */
public final class GroupA {
    static final String HOST = "Host: gateway\r\n";
    static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String BODY_IN_CHUNKS = chunk(DOCUMENT) + "0\r\n\r\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: gateway\r\n\r\n";

    private GroupA() {}

    /** Every case of the group. */
    public static Stream<Case> cases() {
        return Stream.of(good(), lengths(), codings(), chunks(), headers(), lines(), versions(), connections())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> good() {
        return Stream.of(
                accepted("A01", "a good post", post(DOCUMENT)),
                accepted("A01", "empty lines before the request", "\r\n\r\n" + post(DOCUMENT)),
                accepted("A01", "a whole URL as target", line("POST http://gateway/data HTTP/1.1", HOST + length())),
                accepted("A01", "an HTTP/1.0 post", line("POST /d HTTP/1.0", length()))
                        .fate(Fate.CLOSED),
                accepted("A01", "an HTTP/1.0 post to be kept", line("POST /d HTTP/1.0", length() + keepAlive())),
                accepted("A01", "Connection: close", with("Connection: close\r\n"))
                        .fate(Fate.CLOSED),
                accepted("A01", "close among others", with("Connection: x, Close\r\n"))
                        .fate(Fate.CLOSED),
                accepted("A02", "one chunk", chunked(BODY_IN_CHUNKS)),
                accepted("A02", "chunks of one byte", chunked(bytewise(DOCUMENT) + "0\r\n\r\n")),
                accepted("A02", "a chunk that ends inside a character", chunked(cutInsideCharacter())));
    }

    private static String keepAlive() {
        return "Connection: keep-alive\r\n";
    }

    /** Leaves the device in one piece, so that its number can be found. */
    private static String bytewise(String document) {
        int device = document.indexOf(CAMERA);
        int behind = device + CAMERA.length();
        return everyByte(document.substring(0, device)) + chunk(CAMERA) + everyByte(document.substring(behind));
    }

    private static String everyByte(String text) {
        return text.chars().mapToObj(c -> chunk(Character.toString(c))).collect(Collectors.joining());
    }

    private static String cutInsideCharacter() {
        String document = packed(DOCUMENT.replace("2010", "中").getBytes(StandardCharsets.UTF_8));
        int cut = document.indexOf('\u00e4') + 1;
        return chunk(document.substring(0, cut)) + chunk(document.substring(cut)) + "0\r\n\r\n";
    }

    private static Stream<Case> lengths() {
        return Stream.of(
                closed(400, "A03", "length and chunked", only(HOST + length() + CHUNKED)),
                closed(400, "A04", "chunked and length in HTTP/1.0", line("POST /d HTTP/1.0", CHUNKED + length())),
                closed(400, "A05", "chunked in HTTP/1.0", line("POST /d HTTP/1.0", CHUNKED)),
                closed(400, "A06", "two equal lengths", only(HOST + length() + length())),
                closed(400, "A07", "two different lengths", only(HOST + length() + "Content-Length: 5\r\n")),
                closed(400, "A06", "two equal lengths in HTTP/1.0", line("POST /d HTTP/1.0", length() + length())),
                closed(
                        400,
                        "A07",
                        "two different lengths in HTTP/1.0",
                        line("POST /d HTTP/1.0", length() + "A: b\r\ncontent-length: 5\r\n")),
                closed(400, "A08", "length 4, 4", sized("4, 4")),
                closed(400, "A08", "length 4, 5", sized("4, 5")),
                closed(400, "A08", "length 4,", sized("4,")),
                closed(400, "A09", "length +4", sized("+4")),
                closed(400, "A09", "length -4", sized("-4")),
                closed(400, "A09", "length -0", sized("-0")),
                closed(400, "A09", "length 0x4", sized("0x4")),
                closed(400, "A09", "length 4.0", sized("4.0")),
                closed(400, "A09", "length 1e1", sized("1e1")),
                closed(400, "A09", "length 1_0", sized("1_0")),
                closed(400, "A09", "length 4;", sized("4;")),
                closed(400, "A09", "length superscript 2", sized("\u00b2")),
                closed(400, "A09", "length behind a no-break space", sized("\u00a04")),
                closed(400, "A10", "an empty length", sized("")),
                closed(400, "A10", "a length of blanks", sized("  ")),
                accepted("A11", "a length with a leading zero", only(HOST + length().replace(": ", ": 0"))),
                accepted("A11", "a length before a blank", only(HOST + length().replace("\r", " \r"))),
                accepted("A11", "a length behind a tab", only(HOST + length().replace(": ", ":\t"))),
                closed(400, "A12", "a length of 20 digits", sized("99999999999999999999")));
    }

    private static String sized(String length) {
        return only(HOST + "Content-Length: " + length + "\r\n");
    }

    private static Stream<Case> codings() {
        return Stream.of(
                closed(501, "A14", "an unknown coding", coded("xchunked")),
                closed(501, "A14", "gzip", coded("gzip")),
                closed(400, "A15", "an unknown coding, a length and a request behind it", smuggling("xchunked")),
                closed(400, "A17", "chunked, identity", coded("chunked, identity")),
                closed(400, "A18", "chunked, xchunked", coded("chunked, xchunked")),
                closed(400, "A19", "chunked, chunked", coded("chunked, chunked")),
                closed(400, "A19", "two coding headers", only(HOST + CHUNKED + CHUNKED)),
                closed(400, "A19", "chunked and identity headers", only(HOST + CHUNKED + header("identity"))),
                closed(400, "A19", "an empty coding", coded(", chunked")),
                closed(501, "A20", "gzip, chunked", coded("gzip, chunked")),
                closed(501, "A20", "identity, chunked", coded("identity, chunked")),
                closed(400, "A22", "vertical tab before chunked", coded("\u000bchunked")),
                closed(400, "A22", "form feed behind chunked", coded("chunked\f")),
                closed(400, "A22", "NUL behind chunked", coded("chunked\0")),
                closed(400, "A23", "space before the colon of a coding", only(HOST + CHUNKED.replace(":", " :"))),
                closed(400, "A23", "tab before the colon of a length", only(HOST + length().replace(":", "\t:"))),
                closed(400, "A24", "a folded length", only(HOST + "Content-Length:\r\n 4\r\n")),
                closed(400, "A24", "a folded coding", only(HOST + "Transfer-Encoding:\r\n chunked\r\n")));
    }

    private static String header(String coding) {
        return "Transfer-Encoding: " + coding + "\r\n";
    }

    private static String coded(String coding) {
        return "POST /d HTTP/1.1\r\n" + HOST + header(coding) + "\r\n" + BODY_IN_CHUNKS;
    }

    private static String smuggling(String coding) {
        return "POST /d HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\n" + header(coding) + "\r\n4\r\n\r\n" + SMUGGLED
                + post(DOCUMENT);
    }

    private static Stream<Case> chunks() {
        return Stream.of(
                closed(400, "A31", "LF behind a chunk's size", chunked("4\n<a/>\r\n0\r\n\r\n")),
                closed(400, "A31", "LF behind a chunk", chunked("4\r\n<a/>\n0\r\n\r\n")),
                closed(400, "A31", "LF behind the last chunk", chunked(chunk(DOCUMENT) + "0\n\r\n")),
                closed(400, "A31", "LF behind a trailer", chunked(chunk(DOCUMENT) + "0\r\nA: b\n\r\n")),
                accepted("A32", "a chunk extension", chunked(extended(";a=b") + "0;e\r\n\r\n")),
                accepted("A32", "a quoted chunk extension", chunked(extended(";a=\"b\"") + "0\r\n\r\n")),
                closed(400, "A33", "LF in a chunk extension", chunked(extended(";a\nb") + "0\r\n\r\n")),
                closed(400, "A33", "CR in a chunk extension", chunked(extended(";a\rb") + "0\r\n\r\n")),
                closed(400, "A33", "NUL in a chunk extension", chunked(extended(";a\0b") + "0\r\n\r\n")),
                closed(400, "A33", "an unbalanced quote in a chunk extension", chunked(extended(";a=\"b"))),
                closed(400, "A33", "CRLF in a quoted chunk extension", chunked(extended(";a=\"\r\nb\""))),
                closed(400, "A33", "a chunk extension of 3 KB", chunked(extended(";a=" + "b".repeat(3 * 1024)))),
                closed(431, "A33", "endless chunk extensions", chunked(endlessExtensions())),
                closed(400, "A36", "chunk size 0x4", chunkSized("0x4")),
                closed(400, "A36", "chunk size +4", chunkSized("+4")),
                closed(400, "A36", "chunk size -4", chunkSized("-4")),
                closed(400, "A36", "chunk size 0_4", chunkSized("0_4")),
                closed(400, "A36", "chunk size g", chunkSized("g")),
                closed(400, "A36", "chunk size behind 0xff", chunkSized("\u00ff4")),
                closed(400, "A37", "chunk size behind a blank", chunkSized(" 4")),
                closed(400, "A37", "chunk size before a blank", chunkSized("4 ")),
                closed(400, "A37", "chunk size before a word", chunkSized("4 z")),
                closed(400, "A38", "an empty chunk size", chunkSized("")),
                closed(413, "A40", "a chunk of 2 GiB that does not come", chunked("7fffffff\r\n")),
                closed(413, "A40", "a chunk of 2 GiB that begins", chunked("7fffffff\r\n<a/>")),
                closed(413, "A40", "a second chunk of 2 GiB", chunked(chunk("<") + "7fffffff;a=b\r\n")),
                closed(400, "A40", "a chunk size beyond 31 bits", chunked("100000000\r\n")),
                closed(408, "A40", "a chunk that does not come", chunked("fff\r\n<a/>"))
                        .with(Setting.IMPATIENT)
                        .then(Ending.SILENCE),
                closed(400, "A41", "a chunk longer than its size", chunked("5\r\n<a/>  x\r\n0\r\n\r\n")),
                closed(400, "A41", "a chunk shorter than its size", chunked("7\r\n<a/>x\r\n0\r\n\r\n")),
                closed(400, "A41", "a large size behind a chunk's bad end", chunked("4\r\n<a/>xx7fffffff\r\n")),
                accepted("A42", "a last chunk 000", chunked(chunk(DOCUMENT) + "000\r\n\r\n")),
                accepted("A42", "a chunk size of 16 digits", chunked("0".repeat(14) + BODY_IN_CHUNKS)),
                dropped("A43", "no last chunk, then FIN", chunked(chunk(DOCUMENT)))
                        .then(Ending.FIN),
                closed(400, "A29", "NUL in a trailer", trailed("Content-Length: 5\0\r\n")),
                closed(400, "A29", "CR in a trailer", trailed("Content-Length: 5\rA: b\r\n")),
                closed(400, "A25", "a folded trailer", trailed("A: b,\r\n c\r\n")),
                accepted("A44", "a trailer Content-Length", trailed("Content-Length: 5\r\n")),
                accepted("A44", "a trailer Transfer-Encoding", trailed("Transfer-Encoding: gzip\r\n")),
                accepted("A44", "a trailer Host", trailed("Host: x\r\n")),
                accepted("A44", "a trailer Authorization", trailed("Authorization: y\r\n")),
                closed(431, "A45", "200 trailers", trailed("A: b\r\n".repeat(200))),
                closed(431, "A45", "10,000 trailers", trailed("A: b\r\n".repeat(10_000))));
    }

    private static String chunkSized(String size) {
        return chunked(size + "\r\n<a/>\r\n0\r\n\r\n");
    }

    private static String extended(String extension) {
        String size = Integer.toHexString(DOCUMENT.length());
        return size + extension + "\r\n" + DOCUMENT + "\r\n";
    }

    private static String endlessExtensions() {
        String extension = ";" + "b".repeat(2000) + "\r\n";
        return "1" + extension + "<\r\n" + ("1" + extension + " \r\n").repeat(100);
    }

    private static String trailed(String trailers) {
        return chunked(chunk(DOCUMENT) + "0\r\n" + trailers + "\r\n");
    }

    private static Stream<Case> headers() {
        return Stream.of(
                closed(400, "A23", "space before the colon", with("Accept : x\r\n")),
                closed(400, "A25", "a folded header", with("Accept: a,\r\n b\r\n")),
                closed(400, "A25", "a header folded by a tab", with("Accept: a,\r\n\tb\r\n")),
                closed(400, "A26", "a space before the first header", only(" Host: x\r\n" + length())),
                closed(400, "A27", "a header without a colon", with("Accept\r\n")),
                closed(400, "A27", "a header without a name", with(": x\r\n")),
                closed(400, "A27", "a bracket in a name", with("Acc(ept: x\r\n")),
                closed(400, "A27", "a control character in a name", with("Acc\u0001ept: x\r\n")),
                closed(400, "A27", "a byte over 127 in a name", with("Acc\u00e4pt: x\r\n")),
                closed(400, "A27", "0x85 in a name", with("Acc\u0085pt: x\r\n")),
                closed(400, "A29", "NUL in a value", with("Accept: a\0b\r\n")),
                closed(400, "A29", "CR in a value", with("Accept: a\rb\r\n")),
                closed(400, "A30", "LF ends a header", with("Accept: a\n")),
                closed(400, "A30", "LF ends all lines", post(DOCUMENT).replace("\r\n", "\n")),
                closed(400, "A30", "LF before the request", "\n" + post(DOCUMENT)),
                closed(400, "A30", "CR before the request", "\r\n\rX" + post(DOCUMENT)),
                closed(400, "A30", "endless empty lines", "\r\n".repeat(100) + post(DOCUMENT)),
                closed(408, "A30", "CR ends all lines", post(DOCUMENT).replace("\r\n", "\r"))
                        .with(Setting.IMPATIENT)
                        .then(Ending.SILENCE),
                closed(400, "A46", "no host", only(length())),
                closed(400, "A46", "two hosts", only(HOST + HOST + length())),
                closed(400, "A46", "two hosts in HTTP/1.0", line("POST /d HTTP/1.0", HOST + HOST + length())),
                closed(400, "A46", "two hosts in one", only("Host: a, b\r\n" + length())),
                closed(400, "A46", "a host with a user", only("Host: user@gateway\r\n" + length())),
                closed(400, "A46", "a host with a path", only("Host: gateway/path\r\n" + length())),
                closed(400, "A46", "a host with a port of letters", only("Host: gateway:http\r\n" + length())),
                accepted("A46", "an IPv6 host", only("Host: [fe80::1]:8080\r\n" + length())),
                accepted("A46", "an empty host", only("Host:\r\n" + length())));
    }

    private static Stream<Case> lines() {
        Stream<Case> methods = Stream.of(
                        "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post", "NOSUCH")
                .map(method -> closed(405, "A53", method, line(method + " /data HTTP/1.1", HOST + length())));
        Stream<Case> targets = Stream.of("/a\\b", "/%00", "/a%0d%0ab", "/../etc", "/a/..", "/a/./b")
                .map(target -> closed(400, "A51", target, targeted(target)));
        Stream<Case> others = Stream.of(
                closed(400, "A50", "two spaces behind the method", line("POST  /data HTTP/1.1", HOST + length())),
                closed(400, "A50", "two spaces behind the target", line("POST /data  HTTP/1.1", HOST + length())),
                closed(
                        400,
                        "A50",
                        "two spaces, and a header of 9 KB behind",
                        line("POST  /data HTTP/1.1", HOST + length() + "Cookie: " + "c".repeat(9 * 1024) + "\r\n")),
                closed(400, "A50", "a tab behind the method", line("POST\t/data HTTP/1.1", HOST + length())),
                closed(400, "A50", "a space before the method", line(" POST /data HTTP/1.1", HOST + length())),
                closed(400, "A50", "a space behind the version", line("POST /data HTTP/1.1 ", HOST + length())),
                closed(400, "A50", "a word behind the version", line("POST /data HTTP/1.1 x", HOST + length())),
                closed(400, "A51", "NUL in the target", targeted("/da\0ta")),
                closed(400, "A51", "a byte over 127 in the target", targeted("/d\u00e4ta")),
                closed(400, "A51", "overlong UTF-8 in the target", targeted("/d\u00c0\u00af")),
                closed(405, "A53", "the asterisk form", line("OPTIONS * HTTP/1.1", HOST + length())),
                closed(405, "A53", "a post to the asterisk form", targeted("*")),
                closed(405, "A53", "the authority form", line("CONNECT gateway:80 HTTP/1.1", HOST + length())),
                closed(405, "A54", "GET without a body", "GET /data HTTP/1.1\r\n" + HOST + "\r\n"),
                closed(
                        405,
                        "A54",
                        "GET with a body in chunks",
                        chunked(BODY_IN_CHUNKS).replace("POST", "GET")),
                closed(405, "A54", "HEAD without a body", "HEAD /data HTTP/1.1\r\n" + HOST + "\r\n"),
                closed(411, "A55", "no length", only(HOST)),
                kept(400, "A56", "length 0", post("")));
        return Stream.of(methods, targets, others).flatMap(cases -> cases);
    }

    private static String targeted(String target) {
        return line("POST " + target + " HTTP/1.1", HOST + length());
    }

    private static Stream<Case> versions() {
        return Stream.of(
                closed(505, "A48", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                closed(505, "A48", "HTTP/1.2", line("POST /data HTTP/1.2", HOST + length())),
                closed(505, "A48", "HTTP/9.9", line("POST /data HTTP/9.9", HOST + length())),
                closed(400, "A49", "HTTP/0.9", "GET /\r\n\r\n"),
                closed(400, "A49", "a version in lower case", line("POST /data http/1.1", HOST + length())),
                closed(400, "A49", "a version that is none", line("POST /data HTTP/1", HOST + length())));
    }

    private static Stream<Case> connections() {
        String expecting = with("Expect: 100-continue\r\n");
        return Stream.of(
                accepted("A57", "Expect: 100-continue", expecting).answered(100, 200),
                closed(417, "A57", "an unknown expectation", with("Expect: 200-ok\r\n")),
                closed(417, "A57", "two expectations", with("Expect: 100-continue\r\nExpect: x\r\n")),
                closed(413, "A57", "an expectation with a body too large", oversized("Expect: 100-continue\r\n")),
                accepted(
                        "A58",
                        "an upgrade to h2c",
                        with("Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n")),
                accepted("A58", "an upgrade to websocket", with("Connection: Upgrade\r\nUpgrade: websocket\r\n")),
                accepted("A59", "two good", post(DOCUMENT).repeat(2))
                        .answered(200, 200)
                        .records(2),
                accepted("A59", "good, unacceptable", post(DOCUMENT) + post("<x/>"))
                        .answered(200, 422),
                accepted("A59", "good, not HTTP", post(DOCUMENT) + "x\r\n\r\n")
                        .answered(200, 400)
                        .fate(Fate.CLOSED),
                closed(400, "A59", "not HTTP, good", "x\r\n\r\n" + post(DOCUMENT)),
                dropped("A62", "a TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"),
                dropped("A62", "the first byte of one", "\u0016"),
                accepted("A63", "X-Forwarded-For", with("X-Forwarded-For: 10.0.0.1\r\n")),
                accepted("A63", "Forwarded", with("Forwarded: for=10.0.0.1\r\n")),
                closed(400, "A63", "PROXY version 1", "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n" + post(DOCUMENT)),
                closed(400, "A63", "PROXY version 2", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c" + post(DOCUMENT)));
    }

    static String oversized(String headers) {
        return "POST /data HTTP/1.1\r\n" + HOST + headers + "Content-Length: 999999999\r\n\r\n";
    }
}
