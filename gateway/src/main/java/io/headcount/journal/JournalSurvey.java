package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at a journal again and again. Only the newest two files are read anew: nothing is appended to those before. One
 * thread.
 */
final class JournalSurvey {
    // around a roll the last record of a file may come after the next file
    private static final int CHANGING_FILES = 2;

    private final Path dir;
    private Map<Path, JournalFile> settled = new HashMap<>();

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
        List<JournalFile> files = new ArrayList<>();
        Map<Path, JournalFile> kept = new HashMap<>();
        for (int i = 0; i < rollFiles.size(); i++) {
            JournalFile file = look(rollFiles.get(i));
            if (file != null) {
                files.add(file);
            }
            if (file != null && i < rollFiles.size() - CHANGING_FILES) {
                kept.put(file.path(), file);
            }
        }
        settled = kept;
        return new JournalInfo(files, TailerRegistry.list(dir));
    }

    private JournalFile look(RollFile file) {
        try {
            JournalFile known = settled.get(file.path());
            return known != null ? known : JournalFile.of(file);
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        } catch (IOException broken) {
            throw new JournalException("journal " + file.path() + " can't be read: " + broken, broken);
        }
    }
}
