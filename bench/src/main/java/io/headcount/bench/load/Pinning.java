package io.headcount.bench.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** What is asked of Linux with its own tools: cores by {@code taskset}, files by {@code prlimit}, room by {@code fallocate}. */
final class Pinning {
    private Pinning() {}

    /** What stands in front of a command that is to run on these cores; nothing when they are empty. */
    static List<String> command(String cores) {
        return cores.isEmpty() ? List.of() : List.of("taskset", "-c", cores);
    }

    /** Moves all threads of this process to these cores. */
    static void moveHere(String cores) throws IOException {
        if (cores.isEmpty()) {
            return;
        }
        run("can't pin the load to cores " + cores, "taskset", "-a", "-c", "-p", cores, ownPid());
    }

    /** Lets this process, and those it starts from now on, have so many files open. */
    static void allowFiles(int files) throws IOException {
        long allowed = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        if (allowed >= files) {
            return;
        }
        run("can't have " + files + " files open", "prlimit", "--pid", ownPid(), "--nofile=" + files + ":" + files);
    }

    /** Takes room on the disk for a file, as the journal does with {@code journal.reserve}. */
    static void allocate(Path file, long bytes) throws IOException {
        run("can't take room for " + file, "fallocate", "--length", Long.toString(bytes), file.toString());
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static void run(String otherwise, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(otherwise + ": see what " + command[0] + " said");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException(otherwise, hurried);
        }
    }
}
