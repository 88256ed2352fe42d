package io.headcount.config;

import java.nio.file.Path;

/**
 * The journal's settings.
 *
 * @param dir the directory that holds the roll files and the lock
 * @param durability what 200 means
 * @param roll how much time one file holds
 * @param minFreeBytes posts are refused with 503 while the disk has less than this
 * @param reserveBytes room that is taken ahead on the disk for the roll file being appended to; 0: none
 */
public record JournalConfig(Path dir, Durability durability, Roll roll, long minFreeBytes, long reserveBytes) {
    private static final long MAX_RESERVE_BYTES = 1L << 40;

    /** What must have happened to a post's record before the post is answered 200. */
    public enum Durability {
        /** It is committed to the memory-mapped file: survives kill -9 and a JVM crash, not a power cut. */
        PROCESS,
        /** It is forced to the disk: survives a power cut, too. Only where {@code dir} is on a local disk. */
        POWER
    }

    /** How much time one roll file holds; files begin at full units of UTC. */
    public enum Roll {
        /** One file a minute, for tests. */
        MINUTELY,
        /** One file an hour. */
        HOURLY,
        /** One file a day. */
        DAILY
    }

    /** Checks every setting. */
    public JournalConfig {
        if (dir.toString().isBlank()) {
            throw new InvalidSetting("journal.dir", "\"\"", "a directory");
        }
        InvalidSetting.inRange("journal.min-free", minFreeBytes, 0, Long.MAX_VALUE);
        InvalidSetting.inRange("journal.reserve", reserveBytes, 0, MAX_RESERVE_BYTES);
    }
}
