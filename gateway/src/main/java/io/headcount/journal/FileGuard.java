package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Supplier;

/**
 * Notices when the roll file that is being appended to, or before the first record the newest, is taken away: deleted, replaced, truncated, or its directory moved or
 * unmounted; or the file of the journal's lock, so that another gateway could join in. The writer would not notice: it goes on in memory that is mapped to a file that nobody can open any more.
 *
 * <p>A fault counts when two looks in a row see it at the same file: in between a file may have been rolled, and shortened or deleted
 * for good reason. hc-disk.
 */
final class FileGuard {
    /**
     * What is being appended to, or to be read back by the next start.
     *
     * @param file the roll file
     * @param firstSequence the first record of this life in it; before there is one, the first of all
     * @param bytes its length at that time: it only grows
     */
    record Appending(Path file, long firstSequence, long bytes) {}

    private final Supplier<Appending> source;
    private final Supplier<String> lockFault;
    private Appending watched;
    private Object key;
    private long size;
    private boolean suspected;
    private boolean lockSuspected;

    /**
     * A guard.
     *
     * @param source what to guard now, null in an empty journal; asked on hc-disk
     * @param lockFault what was done to the file of the journal's lock, null while it is where it was
     */
    FileGuard(Supplier<Appending> source, Supplier<String> lockFault) {
        this.source = source;
        this.lockFault = lockFault;
    }

    /** What was done to the roll file, or else to the lock's; null while both are where they were. */
    String look() {
        String file = lookAtRollFile();
        String lock = lockFault.get();
        boolean confirmed = lock != null && lockSuspected;
        lockSuspected = lock != null;
        return file == null && confirmed ? lock : file;
    }

    private String lookAtRollFile() {
        Appending now = source.get();
        if (now == null) {
            return null;
        }
        if (!now.equals(watched)) {
            watched = now;
            key = null;
            size = now.bytes();
            suspected = false;
        }
        String fault = faultOf(now.file());
        boolean confirmed = fault != null && suspected;
        suspected = fault != null;
        return confirmed ? message(now, fault) : null;
    }

    private String faultOf(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException gone) {
            return "is gone: it, or its directory, was deleted, moved or unmounted";
        } catch (IOException broken) {
            return "can't be looked at (" + broken.getClass().getSimpleName() + ")";
        }
        if (key != null && !key.equals(attributes.fileKey())) {
            return "was replaced by another file";
        }
        if (attributes.size() < size) {
            return "was truncated from " + size + " to " + attributes.size() + " bytes";
        }
        key = attributes.fileKey();
        size = attributes.size();
        return null;
    }

    private static String message(Appending appending, String fault) {
        return "journal: " + appending.file() + " " + fault
                + " under the running gateway. Records from sequence "
                + appending.firstSequence() + " on, which were acknowledged, may be lost; nothing is acknowledged any"
                + " more. Keep everything but the journal's own tools out of its directory";
    }
}
