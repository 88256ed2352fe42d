package io.headcount.journal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The named tailers of a journal: a directory {@code tailers} in it, with a file {@code NAME.position} for each. */
public final class TailerRegistry {
    /** As many may be registered: retention and metrics look at every one. */
    public static final int MAX_TAILERS = 100;

    static final String POSITION = ".position";

    private static final String DIRECTORY = "tailers";
    // a position has about 50 bytes
    private static final int MOST_BYTES = 1024;

    private TailerRegistry() {}

    static Path directory(Path journalDir) {
        return journalDir.resolve(DIRECTORY);
    }

    /**
     * All registered tailers, by name; those whose position is damaged among them.
     *
     * @throws JournalException when the directory can't be read
     */
    public static List<TailerPosition> list(Path journalDir) {
        List<TailerPosition> positions = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(journalDir), "*" + POSITION)) {
            for (Path file : files) {
                add(file, positions);
            }
        } catch (NoSuchFileException | NotDirectoryException nobody) {
            return List.of();
        } catch (IOException | DirectoryIteratorException broken) {
            throw new JournalException("journal " + journalDir + ": its tailers can't be listed: " + broken, broken);
        }
        positions.sort(Comparator.comparing(TailerPosition::name));
        return positions;
    }

    private static void add(Path file, List<TailerPosition> positions) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - POSITION.length());
        if (TailerPosition.isName(name)) {
            try {
                positions.add(read(file, name));
            } catch (NoSuchFileException forgottenMeanwhile) {
                // it holds nothing any more
            } catch (IOException unreadable) {
                positions.add(new TailerPosition(name, TailerPosition.UNREADABLE));
            }
        }
    }

    static TailerPosition read(Path file, String name) throws IOException {
        byte[] bytes = Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
        return TailerPosition.read(name, bytes);
    }

    /**
     * Drops a registration: the tailer holds no files any more.
     *
     * @return whether there was one
     * @throws JournalException when a process uses it, or it can't be deleted
     * @throws IllegalArgumentException when that is no name
     */
    public static boolean forget(Path journalDir, String name) {
        TailerPosition.requireName(name);
        if (!Files.exists(directory(journalDir).resolve(name + POSITION))) {
            return false;
        }
        try (TailerRegistration registration = TailerRegistration.take(journalDir, name)) {
            return registration.delete();
        }
    }
}
