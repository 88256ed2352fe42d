package io.headcount.config;

/** A setting that can't be used: which key, what it said, what was expected. The loader adds where it stands. */
public final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * A complaint about one key.
     *
     * @param key without the prefix {@code headcount.}
     * @param value what it says; never a secret
     * @param expected what would do, in the reader's words
     */
    public InvalidSetting(String key, Object value, String expected) {
        super(key + ": " + value + " (expected: " + expected + ")");
        this.key = key;
    }

    /** The key without the prefix {@code headcount.}. */
    public String key() {
        return key;
    }

    /** The value, where it lies between least and most. */
    public static long inRange(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidSetting(key, value, least + " to " + most);
        }
        return value;
    }
}
