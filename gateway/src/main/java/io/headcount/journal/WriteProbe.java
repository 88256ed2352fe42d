package io.headcount.journal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether a file can be created in a directory, by doing it: the only question that read-only file systems, exhausted inodes,
 * quotas, and directories that are gone all answer alike. Asked before the journal has to begin its next roll file.
 */
final class WriteProbe {
    static final String NAME = "headcount.probe";

    private WriteProbe() {}

    /** Why no file can be created, in the operating system's words; null when one can. */
    static String faultIn(Path dir) {
        Path probe = dir.resolve(NAME);
        try {
            Files.deleteIfExists(probe);
            Files.createFile(probe);
            Files.delete(probe);
            return null;
        } catch (FileSystemException refused) {
            return refused.getReason() == null ? refused.getClass().getSimpleName() : refused.getReason();
        } catch (IOException refused) {
            return refused.getClass().getSimpleName();
        }
    }
}
