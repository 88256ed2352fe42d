package io.headcount.xml;

import java.time.LocalDate;
import java.time.Year;

/** The proleptic Gregorian calendar without exceptions. */
final class Calendar {
    private static final int FEBRUARY = 2;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Calendar() {}

    /** Days of a month, 1 to 12. */
    static int daysIn(int year, int month) {
        return month == FEBRUARY && Year.isLeap(year) ? 29 : DAYS[month - 1];
    }

    /** Days since 1970-01-01 of a date that exists. */
    static long epochDay(int year, int month, int day) {
        return LocalDate.of(year, month, day).toEpochDay();
    }
}
