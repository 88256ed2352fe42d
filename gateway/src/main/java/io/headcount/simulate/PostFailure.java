package io.headcount.simulate;

/** Why an attempt got no answer. */
enum PostFailure {
    NO_SOCKET("no-socket"),
    NO_CONNECTION("no-connection"),
    NO_CONNECTION_IN_TIME("no-connection-in-time"),
    TLS("tls"),
    RESET("reset"),
    CLOSED("closed-without-answer"),
    NO_ANSWER_IN_TIME("no-answer-in-time"),
    NOT_HTTP("answer-is-not-http"),
    TOO_MANY("not-sent-too-many-in-flight"),
    RUN_ENDED("run-ended-before");

    private final String label;

    PostFailure(String label) {
        this.label = label;
    }

    /** As in the report. */
    String label() {
        return label;
    }
}
