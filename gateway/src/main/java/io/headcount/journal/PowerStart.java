package io.headcount.journal;

import io.headcount.config.InvalidSetting;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.journal.ForceCalls.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What has to be true before the first post of a life under {@code journal.durability = power} is answered. main. */
final class PowerStart {
    private static final Set<String> IN_MEMORY_OR_ELSEWHERE = Set.of(
            "tmpfs",
            "ramfs",
            "overlay",
            "overlayfs",
            "aufs",
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "9p",
            "virtiofs",
            "ceph",
            "glusterfs",
            "fuseblk");

    private PowerStart() {}

    /**
     * Refuses file systems on which a force that returned says nothing about this machine's disk.
     *
     * @throws InvalidSetting naming the file system
     */
    static void requireDisk(Path dir) {
        try {
            String type = Files.getFileStore(dir).type();
            if (!isOnDisk(type)) {
                throw new InvalidSetting(
                        "journal.durability",
                        Durability.POWER.name().toLowerCase(Locale.ROOT),
                        "process, or a journal.dir on a local disk: " + dir + " is on " + type);
            }
        } catch (IOException unknown) {
            throw new JournalException("journal " + dir + ": its file system can't be told: " + unknown, unknown);
        }
    }

    static boolean isOnDisk(String fileSystem) {
        return !IN_MEMORY_OR_ELSEWHERE.contains(fileSystem) && !fileSystem.startsWith("fuse.");
    }

    /**
     * Brings what former lives left in memory to the disk. A post that is sent again is answered without a new record, by what is
     * read back from these files; a killed gateway may not have forced them, or have run under {@code process}.
     *
     * @throws JournalException when the disk does not take them, or naming one that may not be written
     */
    static void forceAll(Path dir, ForceCalls calls) {
        for (RollFile file : JournalDirectory.rollFiles(dir)) {
            force(file.path(), calls);
        }
        for (Path each = dir.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            forceNames(each, calls);
        }
    }

    private static void force(Path file, ForceCalls calls) {
        try (OpenFile open = calls.open(file)) {
            open.force();
        } catch (IOException broken) {
            if (!Files.isWritable(file)) {
                throw JournalDirectory.notWritable(file);
            }
            throw ForceBarrier.notForced(file, broken);
        }
    }

    // a directory that can't be read was not made by us
    private static void forceNames(Path dir, ForceCalls calls) {
        if (!Files.isReadable(dir)) {
            return;
        }
        try {
            calls.forceDirectory(dir);
        } catch (IOException broken) {
            throw ForceBarrier.notForced(dir, broken);
        }
    }
}
