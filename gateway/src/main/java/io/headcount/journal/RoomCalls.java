package io.headcount.journal;

import io.headcount.journal.JournalWriter.RolledFile;
import io.headcount.journal.RollFileScanner.Step;
import io.headcount.journal.RoomAhead.Shortage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes and gives back room with fallocate(2) and ftruncate(2). */
final class RoomCalls implements RoomAhead.Calls {
    private static final Logger LOG = LoggerFactory.getLogger(RoomCalls.class);
    /** Stays behind the end of a file that has rolled: nothing is freed that could be in a page with a record. */
    private static final long KEPT_BYTES = 64 << 10;

    // linux/falloc.h, asm-generic/errno-base.h, asm-generic/errno.h
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;

    @Override
    public Shortage take(Path file, long from, long bytes) {
        try {
            return take(PosixAPI.posix(), file, from, bytes);
        } catch (RuntimeException | LinkageError noSuchCall) {
            return new Shortage(false, noSuchCall.getClass().getSimpleName());
        }
    }

    private static Shortage take(PosixAPI posix, Path file, long from, long bytes) {
        int descriptor = posix.open(file.toString(), OpenFlag.O_RDWR, 0);
        if (descriptor < 0) {
            return null; // gone meanwhile: FileGuard's to tell
        }
        try {
            return posix.fallocate(descriptor, KEEP_SIZE, from, bytes) == 0 ? null : shortage(posix);
        } finally {
            posix.close(descriptor);
        }
    }

    @Override
    public void giveBack(RolledFile rolled) {
        try {
            if (isSealedAt(rolled)) {
                giveBack(PosixAPI.posix(), rolled.file(), rolled.end() + KEPT_BYTES & ~(KEPT_BYTES - 1));
            }
        } catch (NoSuchFileException deleted) {
            // by age, meanwhile
        } catch (IOException | RuntimeException | LinkageError left) {
            LOG.warn(
                    "journal: {} keeps room that it does not need ({})",
                    rolled.file(),
                    left.getClass().getSimpleName());
        }
    }

    private static boolean isSealedAt(RolledFile rolled) throws IOException {
        try (RollFileScanner scanner = new RollFileScanner(RollFile.of(rolled.file()))) {
            scanner.moveTo(rolled.end());
            return scanner.next() == Step.SEALED && scanner.offset() == rolled.end();
        }
    }

    private static void giveBack(PosixAPI posix, Path file, long from) throws IOException {
        int descriptor = posix.open(file.toString(), OpenFlag.O_RDWR, 0);
        if (descriptor < 0) {
            return; // deleted by age meanwhile
        }
        try {
            long length = Files.size(file);
            if (from < length) {
                posix.fallocate(descriptor, KEEP_SIZE | PUNCH_HOLE, from, length - from);
            }
            posix.ftruncate(descriptor, length); // the same length: frees what is behind it
        } finally {
            posix.close(descriptor);
        }
    }

    private static Shortage shortage(PosixAPI posix) {
        int error = posix.lastError();
        return new Shortage(error == ENOSPC || error == EDQUOT, posix.strerror(error));
    }
}
