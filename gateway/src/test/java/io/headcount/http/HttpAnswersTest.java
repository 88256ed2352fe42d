package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.chunk;
import static io.headcount.http.Requests.chunked;
import static io.headcount.http.Requests.length;
import static io.headcount.http.Requests.line;
import static io.headcount.http.Requests.only;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static io.headcount.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answer to every kind of request, and what becomes of the connection: sent whole, byte by byte, and between two good
 * posts.
 */
final class HttpAnswersTest {
    private static final String HOST = "Host: gateway\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String BODY_IN_CHUNKS = chunk(DOCUMENT) + "0\r\n\r\n";

    /** One kind of request. */
    record Case(String name, String request, int status, boolean kept) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case kept(int status, String name, String request) {
        return new Case(name, request, status, true);
    }

    private static Case closed(int status, String name, String request) {
        return new Case(name, request, status, false);
    }

    static Stream<Case> cases() {
        return Stream.of(accepted(), lengths(), codings(), headers(), lines(), versions(), chunks(), documents())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> accepted() {
        return Stream.of(
                kept(200, "a good post", post(DOCUMENT)),
                kept(200, "empty lines before the request", "\r\n\r\n" + post(DOCUMENT)),
                kept(200, "a length with leading zeros", only(HOST + length().replace(": ", ": 000"))),
                kept(
                        200,
                        "a length with white space around",
                        only(HOST + length().replace(": ", ":\t ").replace("\r", " \r"))),
                kept(200, "one chunk", chunked(BODY_IN_CHUNKS)),
                kept(200, "chunks of one byte", chunked(bytewise(DOCUMENT) + "0\r\n\r\n")),
                kept(
                        200,
                        "chunk extensions",
                        chunked(chunk(DOCUMENT).replaceFirst("\r", ";a=b;c=\"d\"\r") + "0;e\r\n\r\n")),
                kept(200, "chunk sizes with leading zeros", chunked("000" + chunk(DOCUMENT) + "000\r\n\r\n")),
                kept(
                        200,
                        "trailers",
                        chunked(chunk(DOCUMENT) + "0\r\nContent-Length: 5\r\nHost: x\r\nAuthorization: y\r\n\r\n")),
                kept(
                        200,
                        "an HTTP/1.0 post that asks to be kept",
                        line("POST /d HTTP/1.0", length() + "Connection: keep-alive\r\n")),
                closed(200, "an HTTP/1.0 post", line("POST /d HTTP/1.0", length())),
                closed(200, "Connection: close", with("Connection: close\r\n")),
                closed(200, "Connection: close among others", with("Connection: x, Close\r\n")),
                kept(
                        200,
                        "an upgrade to h2c",
                        with("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n")),
                kept(200, "an upgrade to websocket", with("Connection: Upgrade\r\nUpgrade: websocket\r\n")),
                kept(
                        200,
                        "headers that do not concern us",
                        with("Accept: application/json\r\nRange: bytes=0-1\r\nIf-Match: x\r\n")),
                kept(200, "a large cookie", with("Cookie: " + "c".repeat(8192) + "\r\n")),
                kept(200, "any content type", with("Content-Type: application/x-www-form-urlencoded\r\n")),
                kept(200, "a charset that is not the document's", with("Content-Type: text/xml;charset=gbk\r\n")),
                kept(200, "forwarding headers", with("X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\n")),
                kept(200, "Content-Encoding: identity", with("Content-Encoding: identity\r\n")),
                kept(200, "a whole URL as target", line("POST http://gateway/data HTTP/1.1", HOST + length())),
                kept(200, "an IPv6 host", only("Host: [fe80::1]:8080\r\n" + length())),
                kept(200, "an empty host", only("Host:\r\n" + length())));
    }

    private static String bytewise(String text) {
        return text.chars().mapToObj(c -> chunk(Character.toString(c))).collect(Collectors.joining());
    }

    private static Stream<Case> lengths() {
        Stream<Case> malformed = Stream.of(
                        "+4",
                        "-4",
                        "-0",
                        "0x4",
                        "4.0",
                        "1e1",
                        "1_0",
                        "4;",
                        "\u00b2",
                        "\u00a04",
                        "4, 4",
                        "4, 5",
                        "4,",
                        "",
                        "  ",
                        "99999999999999999999")
                .map(value ->
                        closed(400, "Content-Length: " + value, only(HOST + "Content-Length: " + value + "\r\n")));
        return Stream.concat(
                malformed,
                Stream.of(
                        closed(400, "two equal lengths", only(HOST + length() + length())),
                        closed(400, "two different lengths", only(HOST + length() + "Content-Length: 5\r\n")),
                        closed(400, "two equal lengths in HTTP/1.0", line("POST /d HTTP/1.0", length() + length())),
                        closed(
                                400,
                                "two different lengths in HTTP/1.0",
                                line("POST /d HTTP/1.0", length() + "A: b\r\ncontent-length: 5\r\n")),
                        closed(400, "length and chunked", only(HOST + length() + CHUNKED)),
                        closed(411, "no length", only(HOST)),
                        closed(413, "a length beyond the limit", only(HOST + "Content-Length: 8193\r\n")),
                        closed(413, "the largest length", only(HOST + "Content-Length: 9223372036854775807\r\n")),
                        closed(413, "chunks beyond the limit", chunked(chunk(padded(8_193)) + "0\r\n\r\n")),
                        kept(200, "a body at the limit", post(padded(8_192))),
                        kept(200, "chunks at the limit", chunked(chunk(padded(8_192)) + "0\r\n\r\n"))));
    }

    private static String padded(int bytes) {
        int missing = bytes - DOCUMENT.length();
        String padding = "<x/>".repeat(missing / 4) + " ".repeat(missing % 4);
        return DOCUMENT.replace("<Properties>", padding + "<Properties>");
    }

    private static Stream<Case> codings() {
        return Stream.of(
                closed(501, "an unknown coding", coded("xchunked")),
                closed(
                        400,
                        "an unknown coding and a length",
                        only(HOST + length() + "Transfer-Encoding: xchunked\r\n")),
                closed(501, "gzip", coded("gzip")),
                closed(501, "gzip, chunked", coded("gzip, chunked")),
                closed(501, "identity, chunked", coded("identity, chunked")),
                closed(400, "chunked, identity", coded("chunked, identity")),
                closed(400, "chunked, xchunked", coded("chunked, xchunked")),
                closed(400, "chunked, chunked", coded("chunked, chunked")),
                closed(400, "an empty coding", coded(", chunked")),
                closed(400, "two coding headers", only(HOST + CHUNKED + CHUNKED)),
                closed(400, "chunked and identity headers", only(HOST + CHUNKED + "Transfer-Encoding: identity\r\n")),
                closed(400, "chunked in HTTP/1.0", line("POST /d HTTP/1.0", CHUNKED)),
                closed(400, "chunked and length in HTTP/1.0", line("POST /d HTTP/1.0", CHUNKED + length())),
                closed(400, "vertical tab before chunked", coded("\u000bchunked")),
                closed(400, "form feed after chunked", coded("chunked\f")),
                closed(400, "NUL after chunked", coded("chunked\0")),
                kept(415, "gzip as content encoding", with("Content-Encoding: gzip\r\n")),
                kept(415, "several content encodings", with("Content-Encoding: identity\r\nContent-Encoding: br\r\n")));
    }

    private static String coded(String value) {
        return "POST /d HTTP/1.1\r\n" + HOST + "Transfer-Encoding: " + value + "\r\n\r\n" + BODY_IN_CHUNKS;
    }

    private static Stream<Case> headers() {
        return Stream.of(
                closed(400, "space before the colon", only(HOST + length() + "Accept : x\r\n")),
                closed(400, "tab before the colon", only(HOST + "Content-Length\t: 4\r\n")),
                closed(400, "a folded length", only(HOST + "Content-Length:\r\n 4\r\n")),
                closed(400, "a folded coding", only(HOST + "Transfer-Encoding:\r\n chunked\r\n")),
                closed(400, "a folded header", with("Accept: a,\r\n b\r\n")),
                closed(400, "a header folded by a tab", with("Accept: a,\r\n\tb\r\n")),
                closed(400, "a space before the first header", only(" Host: x\r\n" + length())),
                closed(400, "a header without a colon", with("Accept\r\n")),
                closed(400, "a header without a name", with(": x\r\n")),
                closed(400, "a bracket in a name", with("Acc(ept: x\r\n")),
                closed(400, "a control character in a name", with("Acc\u0001ept: x\r\n")),
                closed(400, "a byte over 127 in a name", with("Acc\u00e4pt: x\r\n")),
                closed(400, "0x85 in a name", with("Acc\u0085pt: x\r\n")),
                closed(400, "NUL in a value", with("Accept: a\0b\r\n")),
                closed(400, "CR in a value", with("Accept: a\rb\r\n")),
                closed(400, "LF ends a header", with("Accept: a\n")),
                closed(400, "LF ends all lines", post(DOCUMENT).replace("\r\n", "\n")),
                closed(400, "no host", only(length())),
                closed(400, "two hosts", only(HOST + HOST + length())),
                closed(400, "two hosts in one", only("Host: a, b\r\n" + length())),
                closed(400, "a host with a user", only("Host: user@gateway\r\n" + length())),
                closed(400, "a host with a path", only("Host: gateway/path\r\n" + length())),
                closed(400, "a host with a port of letters", only("Host: gateway:http\r\n" + length())),
                closed(400, "two hosts in HTTP/1.0", line("POST /d HTTP/1.0", HOST + HOST + length())),
                closed(417, "an unknown expectation", with("Expect: 200-ok\r\n")),
                closed(417, "two expectations", with("Expect: 100-continue\r\nExpect: x\r\n")),
                kept(200, "90 headers", with("A: b\r\n".repeat(90))),
                closed(431, "200 headers", with("A: b\r\n".repeat(200))),
                closed(
                        431,
                        "200 headers before a second length",
                        with("A: b\r\n".repeat(200) + "Content-Length: 5\r\n")),
                closed(
                        400,
                        "two spaces before a header of 9 KB",
                        with("Cookie: " + "c".repeat(9 * 1024) + "\r\n").replace("POST ", "POST  ")),
                closed(431, "a header of 9 KB", with("Cookie: " + "c".repeat(9 * 1024) + "\r\n")),
                closed(431, "2,000 headers", with("A: b\r\n".repeat(2_000))),
                closed(431, "a header name of 100 KB", with("A".repeat(100 * 1024) + ": b\r\n")),
                closed(
                        431,
                        "10,000 trailers",
                        chunked(chunk(DOCUMENT) + "0\r\n" + "A: b\r\n".repeat(10_000) + "\r\n")));
    }

    private static Stream<Case> lines() {
        Stream<Case> methods = Stream.of("GET", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post", "NOSUCH")
                .map(method -> closed(405, method, line(method + " /data HTTP/1.1", HOST + length())));
        Stream<Case> targets = Stream.of("/a\\b", "/%00", "/a%0d%0ab", "/../etc", "/a/..", "/a/./b")
                .map(target -> closed(400, target, line("POST " + target + " HTTP/1.1", HOST + length())));
        Stream<Case> others = Stream.of(
                closed(405, "the asterisk form", line("OPTIONS * HTTP/1.1", HOST + length())),
                closed(405, "a post to the asterisk form", line("POST * HTTP/1.1", HOST + length())),
                closed(405, "the authority form", line("CONNECT gateway:80 HTTP/1.1", HOST + length())),
                closed(400, "two spaces after the method", line("POST  /data HTTP/1.1", HOST + length())),
                closed(400, "two spaces after the target", line("POST /data  HTTP/1.1", HOST + length())),
                closed(400, "a tab after the method", line("POST\t/data HTTP/1.1", HOST + length())),
                closed(400, "a space before the method", line(" POST /data HTTP/1.1", HOST + length())),
                closed(400, "a space after the version", line("POST /data HTTP/1.1 ", HOST + length())),
                closed(400, "a word after the version", line("POST /data HTTP/1.1 x", HOST + length())),
                closed(400, "NUL in the target", line("POST /da\0ta HTTP/1.1", HOST + length())),
                closed(400, "a byte over 127 in the target", line("POST /d\u00e4ta HTTP/1.1", HOST + length())),
                closed(400, "overlong UTF-8 in the target", line("POST /d\u00c0\u00af HTTP/1.1", HOST + length())),
                closed(400, "LF before the request", "\n" + post(DOCUMENT)),
                closed(400, "CR before the request", "\r\n\rX" + post(DOCUMENT)),
                closed(400, "endless empty lines", "\r\n".repeat(100) + post(DOCUMENT)),
                closed(400, "a TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"),
                closed(400, "PROXY version 1", "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n" + post(DOCUMENT)),
                closed(400, "PROXY version 2", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c"),
                closed(414, "a target of 3 KB", line("POST /" + "p".repeat(3 * 1024) + " HTTP/1.1", HOST + length())),
                closed(
                        414,
                        "a target of 100 KB",
                        line("POST /" + "p".repeat(100 * 1024) + " HTTP/1.1", HOST + length())));
        return Stream.of(methods, targets, others).flatMap(cases -> cases);
    }

    private static Stream<Case> versions() {
        return Stream.of(
                closed(400, "HTTP/0.9", "GET /\r\n\r\n"),
                closed(505, "HTTP/1.2", line("POST /data HTTP/1.2", HOST + length())),
                closed(505, "HTTP/9.9", line("POST /data HTTP/9.9", HOST + length())),
                closed(505, "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                closed(400, "a version in lower case", line("POST /data http/1.1", HOST + length())),
                closed(400, "a version that is none", line("POST /data HTTP/1", HOST + length())));
    }

    private static Stream<Case> chunks() {
        Stream<Case> sizes = Stream.of("0x4", "+4", "-4", "0_4", "g", "\u00ff4", " 4", "4 ", "4 z", "", "100000000")
                .map(size -> closed(400, "chunk size " + size, chunked(size + "\r\n<a/>\r\n0\r\n\r\n")));
        Stream<Case> others = Stream.of(
                closed(400, "LF after a chunk's size", chunked("4\n<a/>\r\n0\r\n\r\n")),
                closed(400, "LF after a chunk", chunked("4\r\n<a/>\n0\r\n\r\n")),
                closed(400, "LF after the last chunk", chunked(chunk(DOCUMENT) + "0\n\r\n")),
                closed(400, "CR in a trailer", chunked(chunk(DOCUMENT) + "0\r\nContent-Length: 5\rA: b\r\n\r\n")),
                closed(400, "NUL in a trailer", chunked(chunk(DOCUMENT) + "0\r\nContent-Length: 5\0\r\n\r\n")),
                closed(400, "a folded trailer", chunked(chunk(DOCUMENT) + "0\r\nA: b,\r\n c\r\n\r\n")),
                closed(431, "200 trailers", chunked(chunk(DOCUMENT) + "0\r\n" + "A: b\r\n".repeat(200) + "\r\n")),
                closed(400, "LF after a trailer", chunked(chunk(DOCUMENT) + "0\r\nA: b\n\r\n")),
                closed(400, "a chunk longer than its size", chunked("5\r\n<a/>  x\r\n0\r\n\r\n")),
                closed(400, "LF in a chunk extension", chunked("4;a\nb\r\n<a/>\r\n0\r\n\r\n")),
                closed(400, "CR in a chunk extension", chunked("4;a\rb\r\n<a/>\r\n0\r\n\r\n")),
                closed(400, "NUL in a chunk extension", chunked("4;a\0b\r\n<a/>\r\n0\r\n\r\n")),
                closed(400, "an unbalanced quote in a chunk extension", chunked("4;a=\"b\r\n<a/>\r\n0\r\n\r\n")),
                closed(400, "CRLF in a quoted chunk extension", chunked("4;a=\"\r\nb\"\r\n<a/>\r\n0\r\n\r\n")),
                closed(
                        400,
                        "a chunk extension of 3 KB",
                        chunked("4;a=" + "b".repeat(3 * 1024) + "\r\n<a/>\r\n0\r\n\r\n")),
                closed(
                        431,
                        "endless chunk extensions",
                        chunked(chunk("<").replaceFirst("\r", ";" + "b".repeat(2000) + "\r")
                                + chunk(" ")
                                        .replaceFirst("\r", ";" + "b".repeat(2000) + "\r")
                                        .repeat(100))));
        return Stream.concat(sizes, others);
    }

    private static Stream<Case> documents() {
        return Stream.of(
                kept(400, "an empty body", post("")),
                kept(400, "not XML", post("{\"a\":1}")),
                kept(400, "a document cut off", post(DOCUMENT.substring(0, 30))),
                closed(400, "a document type", post("<!DOCTYPE a><a/>")),
                kept(422, "an unknown root", post("<Unknown/>")),
                kept(422, "no identity", post("<Diags/>")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerSentWhole(Case kind) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(kind.request).settle();

            assertAnswered(intake, kind);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerSentByteByByte(Case kind) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.drip(kind.request).settle();

            assertAnswered(intake, kind);
        }
    }

    private static void assertAnswered(EmbeddedIntake intake, Case kind) {
        assertThat(intake.statuses()).containsExactly(kind.status);
        assertThat(intake.isOpen()).as("kept").isEqualTo(kind.kept);
        assertThat(intake.ring.published()).isEqualTo(kind.status == 200 ? 1 : 0);
        boolean saysClose = intake.answers().contains("Connection: close\r\n");
        assertThat(saysClose).as("says that it closes").isEqualTo(!kind.kept);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerBetweenGoodPostsInOrder(Case kind) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1") + kind.request + postOf("2"));
            assertThat(intake.ring.devices()).as("one at a time").containsExactly("1");
            intake.settle();

            List<Integer> expected = kind.kept ? List.of(200, kind.status, 200) : List.of(200, kind.status);
            assertThat(intake.statuses()).isEqualTo(expected);
            assertThat(intake.isOpen()).as("kept").isEqualTo(kind.kept);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldEchoNothing(Case kind) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(kind.request).settle();

            assertThat(intake.answers())
                    .matches("(?s)HTTP/1\\.1 \\d{3} [A-Za-z -]+\r\n.*\r\n\r\n\\{\"code\":\\d+,\"msg\":\"[^\"]+\"\\}")
                    .contains("\r\nContent-Type: application/json\r\n");
        }
    }
}
