package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks at a journal again and again. Only the newest two files are read anew, and what somebody has laid hands on: nothing is appended to
 * those before. One thread.
 */
final class JournalSurvey {
    // around a roll the last record of a file may come after the next file
    private static final int CHANGING_FILES = 2;

    /** A roll file at one look: what was in it, which file that was, and whether nothing is appended to it any more. */
    private record Seen(JournalFile file, Object key, boolean settled) {
        boolean isStill(BasicFileAttributes now) {
            return Objects.equals(key, now.fileKey()) && file.sizeBytes() == now.size();
        }
    }

    private final Path dir;
    private Map<Path, Seen> seen = new LinkedHashMap<>();
    private List<TakenRecords> taken = List.of();

    JournalSurvey(Path dir) {
        this.dir = dir;
    }

    /**
     * The journal as it is now.
     *
     * @throws JournalException when there is no such directory, or it can't be read
     */
    JournalInfo look() {
        if (!Files.isDirectory(dir)) {
            throw new JournalException("journal " + dir + ": no such directory");
        }
        List<RollFile> rollFiles = JournalDirectory.rollFiles(dir);
        Map<Path, Seen> now = new LinkedHashMap<>();
        for (int i = 0; i < rollFiles.size(); i++) {
            Seen file = look(rollFiles.get(i), i < rollFiles.size() - CHANGING_FILES);
            if (file != null) {
                now.put(file.file().path(), file);
            }
        }
        taken = takenUntil(now);
        seen = now;
        List<JournalFile> files = now.values().stream().map(Seen::file).toList();
        return new JournalInfo(files, TailerRegistry.list(dir));
    }

    private Seen look(RollFile file, boolean settled) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            Seen known = seen.get(file.path());
            boolean unchanged = known != null && known.settled() && known.isStill(attributes);
            return unchanged ? known : new Seen(JournalFile.of(file), attributes.fileKey(), settled);
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        } catch (IOException broken) {
            throw new JournalException("journal " + file.path() + " can't be read: " + broken, broken);
        }
    }

    /** This file was deleted on purpose, by the owner of this survey: it is not missed, whatever the mark says. */
    void deleted(Path file) {
        seen.remove(file);
    }

    /** What somebody else than retention took away between the last two looks. */
    List<TakenRecords> taken() {
        return taken;
    }

    // the mark is read last: it moves before a file goes
    private List<TakenRecords> takenUntil(Map<Path, Seen> now) {
        List<TakenRecords> found = new ArrayList<>();
        for (Seen before : seen.values()) {
            TakenRecords records = before.file().hasRecords()
                    ? taken(before, now.get(before.file().path()), now)
                    : null;
            if (records != null) {
                found.add(records);
            }
        }
        return List.copyOf(found);
    }

    private TakenRecords taken(Seen before, Seen after, Map<Path, Seen> now) {
        if (after == null) {
            boolean deleted = before.file().lastSequence() <= DeletedMark.read(dir);
            return deleted || isSetAside(before, now) ? null : all(before, "is gone");
        }
        if (!Objects.equals(before.key(), after.key())) {
            return all(before, "was replaced by another file");
        }
        return cut(before.file(), after.file());
    }

    private static boolean isSetAside(Seen before, Map<Path, Seen> now) {
        Path path = before.file().path();
        Seen aside = now.get(path.resolveSibling(path.getFileName() + RollFile.SET_ASIDE));
        return aside != null && Objects.equals(aside.key(), before.key());
    }

    private static TakenRecords all(Seen before, String what) {
        return new TakenRecords(
                before.file().path(),
                what,
                before.file().firstSequence(),
                before.file().lastSequence());
    }

    private static TakenRecords cut(JournalFile before, JournalFile after) {
        String what =
                "was truncated or overwritten, from " + before.sizeBytes() + " to " + after.sizeBytes() + " bytes";
        if (after.firstSequence() > before.firstSequence()) {
            long last =
                    after.lastSequence() < before.lastSequence() ? before.lastSequence() : after.firstSequence() - 1;
            return new TakenRecords(before.path(), what, before.firstSequence(), last);
        }
        if (after.lastSequence() < before.lastSequence()) {
            long first = after.hasRecords() ? after.lastSequence() + 1 : before.firstSequence();
            return new TakenRecords(before.path(), what, first, before.lastSequence());
        }
        return null;
    }
}
