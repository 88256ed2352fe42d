package io.headcount.quarantine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of the files: time, a counter, the reason; never anything of the input. They sort by time. Pure functions.
 */
final class BodyNames {
    private static final String ENDING = ".body";
    private static final String UNFINISHED_ENDING = ".part";
    private static final String ID = "\\d{8}T\\d{9}Z-\\d{6}-[a-z0-9-]{1,40}";
    private static final Pattern KEPT = Pattern.compile(ID + "\\.body");
    private static final Pattern UNFINISHED = Pattern.compile(ID + "\\.part");
    /** Counters run from 0 to below this. */
    static final int COUNTERS = 1_000_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BodyNames() {}

    /** An id that no other body has while {@code counter} goes round. */
    static String id(Instant receivedAt, int counter, String reason) {
        return String.format(Locale.ROOT, "%s-%06d-%s", TIME.format(receivedAt), counter, reason);
    }

    /** The finished file's name. */
    static String fileOf(String id) {
        return id + ENDING;
    }

    /** The name of the file while it is written. */
    static String unfinishedOf(String id) {
        return id + UNFINISHED_ENDING;
    }

    /** Whether this is the name of a kept body's file: no other file is ever read or deleted. */
    static boolean isKept(String file) {
        return KEPT.matcher(file).matches();
    }

    /** Whether this is what a writer that was killed has left behind. */
    static boolean isUnfinished(String file) {
        return UNFINISHED.matcher(file).matches();
    }

    static String idOf(String file) {
        return file.substring(0, file.length() - ENDING.length());
    }
}
