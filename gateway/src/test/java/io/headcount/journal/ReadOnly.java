package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes from a file the right to be written: from root, too, where the file system can. */
final class ReadOnly {
    private ReadOnly() {}

    /** Whether it could be done. */
    static boolean make(Path file) throws IOException, InterruptedException {
        if (file.toFile().setWritable(false) && Files.isWritable(file)) {
            chattr("+i", file);
        }
        return !Files.isWritable(file);
    }

    static void undo(Path file) throws IOException, InterruptedException {
        if (!file.toFile().setWritable(true)) {
            chattr("-i", file);
            file.toFile().setWritable(true);
        }
    }

    private static void chattr(String change, Path file) throws IOException, InterruptedException {
        try {
            new ProcessBuilder("chattr", change, file.toString()).start().waitFor();
        } catch (IOException noSuchTool) {
            // then it can't be done
        }
    }
}
