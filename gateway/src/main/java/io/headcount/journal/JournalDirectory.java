package io.headcount.journal;

import io.headcount.config.InvalidSetting;
import io.headcount.config.JournalConfig.Roll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a journal's directory, by their names. */
final class JournalDirectory {
    /** Chronicle's own notes: roll setting, write lock. Written anew at each start, see {@link JournalQueue}. */
    static final String METADATA = "metadata.cq4t";

    private static final String DISCARDED = ".discard";
    private static final Set<String> OURS = Set.of(METADATA, JournalLock.FILE, DeletedMark.FILE, WriteProbe.NAME);
    private static final int MOST_TOLD = 10;

    private static final Logger LOG = LoggerFactory.getLogger(JournalDirectory.class);

    private JournalDirectory() {}

    /** The roll files, oldest first; none when the directory does not exist. */
    static List<RollFile> rollFiles(Path dir) {
        List<RollFile> files = new ArrayList<>();
        for (Path path : list(dir)) {
            RollFile file = RollFile.of(path);
            if (file != null) {
                files.add(file);
            }
        }
        Collections.sort(files);
        return files;
    }

    /** Files that are named like roll files and are none, and those that Chronicle put aside. */
    static List<Fault> oddFiles(Path dir) {
        List<Fault> faults = new ArrayList<>();
        for (Path path : list(dir)) {
            String name = path.getFileName().toString();
            if (name.endsWith(DISCARDED)) {
                faults.add(Fault.ofFile(path, FaultKind.DISCARDED));
            } else if (name.contains(RollFile.SUFFIX) && !OURS.contains(name) && RollFile.of(path) == null) {
                faults.add(Fault.ofFile(path, FaultKind.FOREIGN));
            }
        }
        return faults;
    }

    /**
     * Refuses a directory that Chronicle Queue would not open, or would open with another setting than the one given.
     *
     * @throws JournalException naming a file that does not belong there, or may not be written
     * @throws InvalidSetting when the directory was made with another {@code journal.roll}
     */
    static void requireUsable(Path dir, Roll roll) {
        for (Fault fault : oddFiles(dir)) {
            if (fault.file().toString().endsWith(RollFile.SUFFIX)) {
                throw new JournalException("journal " + dir + ": "
                        + fault.file().getFileName() + " is not a roll file of a journal; move it away");
            }
        }
        List<RollFile> files = rollFiles(dir);
        if (!files.isEmpty()) {
            requireWritable(files.get(files.size() - 1));
        }
        for (RollFile file : files) {
            if (file.roll() != roll) {
                throw new InvalidSetting(
                        "journal.roll", name(roll), name(file.roll()) + ", with which " + dir + " was made");
            }
        }
    }

    /** Warns of files that no reader reads and retention never deletes, by name. */
    static void tellStrangers(Path dir) {
        List<Path> strangers = list(dir).stream()
                .filter(path -> RollFile.of(path) == null)
                .filter(path -> !OURS.contains(path.getFileName().toString()))
                .filter(path -> !Files.isDirectory(path))
                .toList();
        for (Path path : strangers.subList(0, Math.min(MOST_TOLD, strangers.size()))) {
            LOG.warn(
                    "journal {}: {} is {}: it is not read and never deleted",
                    dir,
                    path.getFileName(),
                    path.toString().endsWith(DISCARDED)
                            ? "a roll file that was put aside as unreadable"
                            : "not a file of this journal");
        }
        if (strangers.size() > MOST_TOLD) {
            LOG.warn("journal {}: {} files more are not of this journal", dir, strangers.size() - MOST_TOLD);
        }
    }

    /**
     * Refuses files that Chronicle can see and may not write: it opens more than the newest, and what it can't open would look like damage.
     *
     * @throws JournalException naming the newest such file
     */
    static void requireWritable(Path dir) {
        List<RollFile> files = rollFiles(dir);
        for (int i = files.size() - 1; i >= 0; i--) {
            requireWritable(files.get(i));
        }
    }

    private static void requireWritable(RollFile file) {
        if (!file.isSetAside() && !Files.isWritable(file.path())) {
            throw notWritable(file.path());
        }
    }

    static JournalException notWritable(Path file) {
        return new JournalException(
                "journal: " + file + " may not be written (expected: it belongs to the user that the gateway runs as)");
    }

    /** Sets the newest roll file aside that Chronicle can see; false when there is none or it can't be renamed. */
    static boolean setNewestAside(Path dir) {
        List<RollFile> files = rollFiles(dir);
        for (int i = files.size() - 1; i >= 0; i--) {
            if (!files.get(i).isSetAside()) {
                return setAside(files.get(i));
            }
        }
        return false;
    }

    private static boolean setAside(RollFile file) {
        try {
            file.setAside();
            return true;
        } catch (IOException notWritable) {
            return false;
        }
    }

    private static String name(Roll roll) {
        return roll.name().toLowerCase(Locale.ROOT);
    }

    private static List<Path> list(Path dir) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
            stream.forEach(paths::add);
        } catch (NoSuchFileException notYetThere) {
            return List.of();
        } catch (DirectoryIteratorException broken) {
            throw new UncheckedIOException("journal " + dir + " can't be listed", broken.getCause());
        } catch (IOException broken) {
            throw new UncheckedIOException("journal " + dir + " can't be listed", broken);
        }
        Collections.sort(paths);
        return paths;
    }
}
