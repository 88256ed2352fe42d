package io.headcount.model;

/**
 * A refusal as a value: why, and which field. The field is always one of our own constants and never text of the document,
 * so that nothing of a post is ever echoed.
 *
 * @param reason why
 * @param field the field as the protocol spells it, {@code Count/@Enters}, or null where no single field is to blame
 */
public record Refusal(RefusalReason reason, String field) {
    /** A refusal for which no single field is to blame. */
    public static Refusal of(RefusalReason reason) {
        return new Refusal(reason, null);
    }

    /** What the answer and the log say: {@code Count/@Enters: not a number}. */
    public String message() {
        return field == null ? reason.text() : field + ": " + reason.text();
    }
}
