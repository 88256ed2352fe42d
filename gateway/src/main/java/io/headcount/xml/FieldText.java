package io.headcount.xml;

import org.codehaus.stax2.typed.TypedValueDecoder;

/**
 * The characters of one attribute or element without the white space around them, read as numbers and times without making
 * strings. A read returns one of the negative markers where the text is not what it should be. Not thread-safe.
 */
final class FieldText extends TypedValueDecoder {
    /** No characters at all: the field counts as missing. */
    static final long EMPTY = Long.MIN_VALUE;
    /** Other characters than allowed. */
    static final long MALFORMED = Long.MIN_VALUE + 1;
    /** Written as it should be, but beyond what can be held or can be. */
    static final long BEYOND = Long.MIN_VALUE + 2;
    /** As {@link #BEYOND}, and negative. */
    static final long BELOW = Long.MIN_VALUE + 3;

    private static final int MAX_DIGITS = 18;
    private static final int MAX_HOURS = 99;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private char[] own = new char[32];
    private char[] chars = own;
    private int start;
    private int end;

    @Override
    public void decode(String text) {
        of(text);
    }

    @Override
    public void decode(char[] buffer, int from, int to) {
        chars = buffer;
        start = from;
        end = to;
        trim();
    }

    @Override
    public void handleEmptyValue() {
        start = 0;
        end = 0;
    }

    /** Looks at this text instead. */
    FieldText of(String text) {
        if (own.length < text.length()) {
            own = new char[text.length()];
        }
        text.getChars(0, text.length(), own, 0);
        decode(own, 0, text.length());
        return this;
    }

    private void trim() {
        while (start < end && chars[start] <= ' ') {
            start++;
        }
        while (end > start && chars[end - 1] <= ' ') {
            end--;
        }
    }

    /** Digits only, leading zeros allowed. */
    long digits() {
        return start == end ? EMPTY : digits(start, end);
    }

    /** Digits, with a minus or plus before them. */
    long signed() {
        if (start == end) {
            return EMPTY;
        }
        char sign = chars[start];
        boolean signIsThere = sign == '-' || sign == '+';
        long magnitude = digits(signIsThere ? start + 1 : start, end);
        if (sign == '-' && magnitude == BEYOND) {
            return BELOW;
        }
        return sign == '-' && magnitude >= 0 ? -magnitude : magnitude;
    }

    private long digits(int from, int to) {
        int first = from;
        while (first < to - 1 && chars[first] == '0') {
            first++;
        }
        long value = 0;
        for (int i = first; i < to; i++) {
            int digit = chars[i] - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            value = i - first < MAX_DIGITS ? value * 10 + digit : BEYOND;
        }
        return from == to ? MALFORMED : to - first > MAX_DIGITS ? BEYOND : value;
    }

    /** HH:mm:ss as seconds of the day; 24:00:00 is the midnight after, a leap second the second after it. */
    long timeOfDay() {
        if (start == end) {
            return EMPTY;
        }
        if (end - start != 8 || chars[start + 2] != ':' || chars[start + 5] != ':') {
            return MALFORMED;
        }
        long hours = digits(start, start + 2);
        long minutes = digits(start + 3, start + 5);
        long seconds = digits(start + 6, end);
        boolean midnightAfter = hours == 24 && minutes == 0 && seconds == 0;
        boolean leapSecond = minutes == 59 && seconds == 60;
        boolean ordinary = hours < 24 && minutes < 60 && (seconds < 60 || leapSecond);
        if (hours < 0 || minutes < 0 || seconds < 0 || !(ordinary || midnightAfter)) {
            return MALFORMED;
        }
        return hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE + seconds;
    }

    /** yyyy-MM-dd as days since 1970-01-01; a day that does not exist is malformed. */
    long epochDay() {
        if (start == end) {
            return EMPTY;
        }
        if (end - start != 10 || chars[start + 4] != '-' || chars[start + 7] != '-') {
            return MALFORMED;
        }
        long year = digits(start, start + 4);
        long month = digits(start + 5, start + 7);
        long day = digits(start + 8, end);
        return year < 0 || month < 1 || month > 12 || day < 1 || day > Calendar.daysIn((int) year, (int) month)
                ? MALFORMED
                : Calendar.epochDay((int) year, (int) month, (int) day);
    }

    /** Hours with sign and decimal fraction, as seconds; {@code 5.75} is 20700. */
    long hoursAsSeconds() {
        if (start == end) {
            return EMPTY;
        }
        char sign = chars[start];
        int from = sign == '-' || sign == '+' ? start + 1 : start;
        int point = from;
        while (point < end && chars[point] != '.') {
            point++;
        }
        long hours = digits(from, point);
        long fraction = point == end ? 0 : hundredths(point + 1);
        if (hours == MALFORMED || fraction == MALFORMED) {
            return MALFORMED;
        }
        if (hours == BEYOND || hours > MAX_HOURS) {
            return sign == '-' ? BELOW : BEYOND;
        }
        long seconds = hours * SECONDS_PER_HOUR + fraction * (SECONDS_PER_HOUR / 100);
        return sign == '-' ? -seconds : seconds;
    }

    private long hundredths(int from) {
        long value = digits(from, end);
        int places = end - from;
        return places == 1 && value >= 0 ? value * 10 : places == 2 ? value : MALFORMED;
    }
}
