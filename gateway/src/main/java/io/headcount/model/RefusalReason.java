package io.headcount.model;

/**
 * Why a request was not accepted: the HTTP status, whether the connection ends with the answer, and the words of the answer
 * (DESIGN, section 3, "HTTP answers"). Counted by {@link #label()}.
 */
public enum RefusalReason {
    /** The request line, a header or the body's framing breaks HTTP. What follows on the connection can't be trusted. */
    FRAMING(400, true, "framing", "not valid HTTP"),
    /** No, several or malformed Host headers. */
    HOST(400, true, "host", "Host: exactly one is expected"),
    /** The peer's address is not in {@code http.allow}. A camera behind an address nobody listed, or a stranger. */
    ADDRESS(403, false, "address", "address is not allowed"),
    /**
     * No token, or none of those in {@code http.tokens}, stands in the path. A camera whose upload URL is mistyped, that was left
     * out when tokens were replaced, or a stranger. No token and a wrong one are not told apart.
     */
    TOKEN(403, false, "token", "a valid token is expected: /t/TOKEN/..."),
    /** The token is valid, but neither for the post's device nor for its site. A camera set up with another one's URL. */
    TOKEN_DEVICE(403, false, "token-device", "the token is not for this device"),
    /** The request's path is not one of {@code http.paths}. A camera's upload URL is mistyped. */
    PATH(404, false, "path", "path not served"),
    /** Not a POST. Often a browser or a scanner. */
    METHOD(405, true, "method", "only POST is served"),
    /** The header or the body took longer than its deadline, or came too slowly. */
    DEADLINE(408, true, "deadline", "the request took too long"),
    /** A POST with neither Content-Length nor chunked coding. */
    LENGTH(411, true, "length", "Content-Length or chunked coding is expected"),
    /** The body is larger than {@code http.max-body}. */
    BODY_TOO_LARGE(413, true, "body-too-large", "body is larger than allowed"),
    /** The request line is too long. */
    LINE_TOO_LONG(414, true, "line-too-long", "request line is too long"),
    /** A Content-Encoding other than identity. */
    CONTENT_ENCODING(415, false, "content-encoding", "Content-Encoding: identity is expected"),
    /** An Expect header other than 100-continue. */
    EXPECTATION(417, true, "expectation", "Expect: 100-continue is expected"),
    /** One device posts faster than {@code http.device-rate}. A camera that sends in a loop, or two of the same identity. */
    DEVICE_RATE(429, false, "device-rate", "too many posts of this device, send again later"),
    /** As {@link #TOKEN}, too many times from one address: somebody tries tokens out. Requests with a valid token are not touched. */
    TOKEN_GUESSING(429, false, "token-guessing", "too many requests without a valid token"),
    /** The header block is too large. */
    HEADERS_TOO_LARGE(431, true, "headers-too-large", "headers are too large"),
    /** A Transfer-Encoding other than chunked alone. */
    TRANSFER_ENCODING(501, true, "transfer-encoding", "Transfer-Encoding: only chunked is served"),
    /** An HTTP version other than 1.0 and 1.1. */
    HTTP_VERSION(505, true, "http-version", "only HTTP/1.0 and HTTP/1.1 are served"),

    /** The body is empty or white space. */
    EMPTY_DOCUMENT(400, false, "empty-document", "empty document"),
    /** The XML is not well-formed. */
    NOT_WELL_FORMED(400, false, "not-well-formed", "not well-formed XML"),
    /** The body ended inside the document. A camera or network that cuts posts off. */
    TRUNCATED(400, false, "truncated", "the document is cut off"),
    /** The declared encoding is none of those that are read. */
    ENCODING_UNKNOWN(400, false, "encoding-unknown", "encoding is not supported"),
    /** Bytes that are not valid in the declared encoding. */
    ENCODING_INVALID(400, false, "encoding-invalid", "bytes are not valid in the declared encoding"),
    /** A document type declaration. No camera sends one: an attack. */
    DOCTYPE(400, true, "doctype", "a document type is not allowed"),
    /** An entity reference other than the five predefined ones. */
    ENTITY(400, false, "entity", "an entity reference is not allowed"),
    /** A processing instruction. */
    PROCESSING_INSTRUCTION(400, false, "processing-instruction", "a processing instruction is not allowed"),
    /** A bound that keeps hostile documents cheap: {@code xml.max-…} in the configuration. */
    XML_BOUND(400, true, "xml-bound", "the document goes beyond a safety bound"),

    /** The root element is none of Metrics, RTMetrics, RealTimeMetrics, Diags. */
    UNKNOWN_ROOT(422, false, "unknown-root", "root element is not Metrics, RTMetrics, RealTimeMetrics or Diags"),
    /** Elements where they make no sense: a second Properties, a Count outside an Object. */
    STRUCTURE(422, false, "structure", "not where it belongs"),
    /** A required field is missing or empty. */
    MISSING(422, false, "missing", "missing"),
    /** A scalar stands twice with different values. */
    CONTRADICTION(422, false, "contradiction", "given twice with different values"),
    /** A number that has other characters than digits. */
    NOT_A_NUMBER(422, false, "not-a-number", "not a number"),
    /** A number, date or time beyond what is accepted. */
    OUT_OF_RANGE(422, false, "out-of-range", "out of range"),
    /** A date that is not yyyy-MM-dd, or does not exist. */
    NOT_A_DATE(422, false, "not-a-date", "not a date (yyyy-MM-dd)"),
    /** A time of day that is not HH:mm:ss, or does not exist. */
    NOT_A_TIME(422, false, "not-a-time", "not a time (HH:mm:ss)"),
    /** A text longer than allowed. */
    TOO_LONG(422, false, "too-long", "too long"),
    /** A text with control characters. */
    CONTROL_CHARACTER(422, false, "control-character", "contains a control character"),
    /** More objects or rows than {@code xml.max-objects} or {@code xml.max-rows}. */
    TOO_MANY_ROWS(422, false, "too-many-rows", "too many in one post"),

    /** The ring stayed full for {@code ring.patience}: the gateway is overloaded or its disk is slow. */
    OVERLOAD(503, false, "overload", "overloaded, send again later"),
    /**
     * Large posts that are being read or wait for the journal take {@code http.max-post-memory} together. Many cameras send their backlog at
     * once, which passes; or somebody sends large posts slowly.
     */
    MEMORY(503, false, "memory", "too many large posts at once, send again later"),
    /**
     * The journal did not settle the post within {@code ring.settle-timeout}: its disk stalls. The post may still be journaled; sent
     * again it is a duplicate. Intake goes on by itself once the disk does.
     */
    STALLED(503, false, "stalled", "not journaled in time, send again later"),
    /** The journal's disk has less than {@code journal.min-free}, or takes no new file. Make room; intake goes on by itself. */
    LOW_DISK(503, false, "low-disk", "disk is low, send again later"),
    /** The gateway is stopping. */
    DRAINING(503, true, "draining", "stopping, send again later"),
    /** The journal failed. The gateway stops; see its log. */
    JOURNAL_FAILED(503, true, "journal-failed", "journal failed, send again later");

    private final int status;
    private final boolean closes;
    private final String label;
    private final String text;

    RefusalReason(int status, boolean closes, String label, String text) {
        this.status = status;
        this.closes = closes;
        this.label = label;
        this.text = text;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Whether the connection is closed after the answer. */
    public boolean closes() {
        return closes;
    }

    /** The reason's name in metrics and log lines. */
    public String label() {
        return label;
    }

    /** The reason in words, for the answer. */
    public String text() {
        return text;
    }

    /** Whether the same request may well be accepted later: the answer carries Retry-After. */
    public boolean passing() {
        return status == 503 || status == 429;
    }
}
