package io.headcount.bench.load;

import java.io.IOException;
import java.util.List;

/** Keeps server and load on cores of their own, by {@code taskset}. */
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
        Process moving = new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-c",
                        "-p",
                        cores,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (moving.waitFor() != 0) {
                throw new IOException("can't pin the load to cores " + cores + ": is there such a core?");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pinning", hurried);
        }
    }
}
