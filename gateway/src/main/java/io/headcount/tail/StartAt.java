package io.headcount.tail;

/** Where reading begins. */
public final class StartAt {
    private enum Place {
        START,
        END,
        SEQUENCE
    }

    private final Place place;
    private final long sequence;

    private StartAt(Place place, long sequence) {
        this.place = place;
        this.sequence = sequence;
    }

    /** At the oldest record kept. */
    public static StartAt start() {
        return new StartAt(Place.START, 0);
    }

    /** Behind the last record: only what is appended from now on. */
    public static StartAt end() {
        return new StartAt(Place.END, 0);
    }

    /**
     * At the record with this number, included. Where it is no longer kept, damage of kind GAP is told and reading begins at
     * the oldest record; where it is not written yet, it is waited for.
     *
     * @param sequence from 1
     */
    public static StartAt sequence(long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("from: " + sequence + " (expected: start, end or a number from 1)");
        }
        return new StartAt(Place.SEQUENCE, sequence);
    }

    /**
     * Reads {@code start}, {@code end} or a sequence number.
     *
     * @throws IllegalArgumentException telling what was expected
     */
    public static StartAt parse(String text) {
        return switch (text) {
            case "start" -> start();
            case "end" -> end();
            default -> sequence(parseSequence(text));
        };
    }

    private static long parseSequence(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "from: " + text + " (expected: start, end or a number from 1)", notANumber);
        }
    }

    boolean isEnd() {
        return place == Place.END;
    }

    boolean isSequence() {
        return place == Place.SEQUENCE;
    }

    long sequence() {
        return sequence;
    }
}
