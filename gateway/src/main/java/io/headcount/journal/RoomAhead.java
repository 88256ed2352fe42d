package io.headcount.journal;

import io.headcount.journal.JournalWriter.RolledFile;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps room on the disk taken ahead of the appends. A roll file grows sparsely, so a disk that is filled between two looks of
 * {@link DiskWatch} would fail an append into memory that is mapped: the gateway would have to stop. Into room that is taken already,
 * appends go on. What a file has too much is given back once it has rolled. hc-disk.
 *
 * <p>A file system that can't take room ahead is warned of, once, and left to {@code journal.min-free}.
 */
final class RoomAhead {
    private static final Logger LOG = LoggerFactory.getLogger(RoomAhead.class);
    private static final long UNALIGNED = 4095;

    /** The system call; a test's may fail. */
    interface Calls {
        /**
         * Takes room for {@code [from, from + bytes)} of a file, which keeps its length.
         *
         * @return null when it is taken, else why not
         */
        Shortage take(Path file, long from, long bytes);

        /** Gives back what was taken behind the end mark of a file that is complete. Does nothing when that is not where it is said. */
        void giveBack(RolledFile file);
    }

    /**
     * Why no room could be taken.
     *
     * @param full whether the disk, or a quota, is used up; else this file system can't do it
     * @param text in the operating system's words
     */
    record Shortage(boolean full, String text) {}

    private final long bytes;
    private final Calls calls;
    private Path file;
    private long takenTo;
    private boolean unable;
    private RolledFile givenBack;

    private volatile long left; // written by hc-disk, read by hc-admin

    /**
     * Room ahead.
     *
     * @param bytes how much, 0: none
     */
    RoomAhead(long bytes, Calls calls) {
        this.bytes = bytes;
        this.calls = calls;
    }

    /** How much room a disk of this size is asked for: at most a sixteenth of it, which is warned of. */
    static long sizeFor(long wantedBytes, long diskBytes) {
        long most = diskBytes / 16;
        if (wantedBytes <= most) {
            return wantedBytes;
        }
        LOG.warn(
                "journal.reserve: {} MiB is more than a sixteenth of the journal's disk; {} MiB are taken ahead",
                wantedBytes >> 20,
                most >> 20);
        return most;
    }

    /**
     * Takes more room when less than half of it is left.
     *
     * @param current the roll file that is being appended to
     * @param writtenTo where its last record ends, bytes
     * @return why posts have to be refused for now; null while there is room
     */
    String look(Path current, long writtenTo) {
        if (bytes == 0 || unable) {
            return null;
        }
        if (!current.equals(file)) {
            file = current;
            takenTo = writtenTo;
        }
        Shortage shortage = null;
        if (takenTo - writtenTo <= bytes / 2) {
            shortage = take(writtenTo);
        }
        left = Math.max(0, takenTo - writtenTo);
        return shortage == null ? null : shortage.text();
    }

    /** Gives back what a file, once rolled, has too much; one is enough, however often it is asked for. */
    void roll(RolledFile rolled) {
        if (bytes > 0 && rolled != null && !rolled.equals(givenBack)) {
            givenBack = rolled;
            calls.giveBack(rolled);
        }
    }

    private Shortage take(long writtenTo) {
        long from = writtenTo & ~UNALIGNED;
        Shortage shortage = calls.take(file, from, bytes);
        if (shortage == null) {
            takenTo = from + bytes;
        } else if (!shortage.full()) {
            unable = true;
            LOG.warn(
                    "journal.reserve: no room can be taken ahead in {} ({}): journal.min-free alone guards the disk",
                    file.getParent(),
                    shortage.text());
            return null;
        }
        return shortage;
    }

    /** Bytes that were still taken ahead at the last look. Any thread. */
    long left() {
        return left;
    }
}
