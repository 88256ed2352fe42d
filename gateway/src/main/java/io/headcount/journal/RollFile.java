package io.headcount.journal;

import io.headcount.config.JournalConfig.Roll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One roll file by its name, which tells when it begins and with which setting of {@code journal.roll} it was made:
 * {@code 20221107-0727.cq4} minutely, {@code 20221107-07F.cq4} hourly, {@code 20221107F.cq4} daily.
 *
 * <p>A file that was found damaged when it was to be appended to has {@link #SET_ASIDE} behind its name. It is read like any
 * other; but Chronicle does not see it, which would stumble over it or write into it.
 *
 * @param path the file
 * @param roll how much time it holds
 * @param startMs when it begins, epoch ms
 */
record RollFile(Path path, Roll roll, long startMs) implements Comparable<RollFile> {
    static final String SUFFIX = ".cq4";
    static final String SET_ASIDE = ".damaged";

    private static final Pattern MINUTELY = Pattern.compile("\\d{8}-\\d{4}\\.cq4");
    private static final Pattern HOURLY = Pattern.compile("\\d{8}-\\d{2}F\\.cq4");
    private static final Pattern DAILY = Pattern.compile("\\d{8}F\\.cq4");
    private static final DateTimeFormatter MINUTE = formatter("uuuuMMddHHmm");

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /** The roll file of that name, or null when it is none of ours. */
    static RollFile of(Path path) {
        String name = withoutSetAside(path.getFileName().toString());
        if (MINUTELY.matcher(name).matches()) {
            return of(path, Roll.MINUTELY, name.substring(0, 8) + name.substring(9, 13));
        }
        if (HOURLY.matcher(name).matches()) {
            return of(path, Roll.HOURLY, name.substring(0, 8) + name.substring(9, 11) + "00");
        }
        if (DAILY.matcher(name).matches()) {
            return of(path, Roll.DAILY, name.substring(0, 8) + "0000");
        }
        return null;
    }

    private static String withoutSetAside(String name) {
        return name.endsWith(SET_ASIDE) ? name.substring(0, name.length() - SET_ASIDE.length()) : name;
    }

    private static RollFile of(Path path, Roll roll, String minute) {
        try {
            LocalDateTime start = LocalDateTime.parse(minute, MINUTE);
            return new RollFile(path, roll, start.toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeParseException noSuchTime) {
            return null;
        }
    }

    /** Whether the file was set aside. */
    boolean isSetAside() {
        return path.getFileName().toString().endsWith(SET_ASIDE);
    }

    /** Renames the file so that it is read but never appended to, and returns where it is now. */
    Path setAside() throws IOException {
        return Files.move(path, path.resolveSibling(path.getFileName() + SET_ASIDE));
    }

    /** How long a file of this setting lasts, ms. */
    static long lengthMs(Roll roll) {
        return switch (roll) {
            case MINUTELY -> 60_000;
            case HOURLY -> 3_600_000;
            case DAILY -> 86_400_000;
        };
    }

    /** When the next file begins, epoch ms. */
    long endMs() {
        return startMs + lengthMs(roll);
    }

    @Override
    public int compareTo(RollFile other) {
        int byStart = Long.compare(startMs, other.startMs);
        return byStart != 0 ? byStart : path.compareTo(other.path);
    }
}
