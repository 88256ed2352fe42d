package io.headcount.flow;

import java.io.IOException;
import java.util.List;

/** Runs the operating system's tools for campaigns. */
final class Tools {
    private Tools() {}

    /** Runs a command, its output thrown away; returns its exit code. */
    static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Like {@link #run}, for what has to work. */
    static void need(String... command) throws IOException, InterruptedException {
        int exit = run(command);
        if (exit != 0) {
            throw new IOException(String.join(" ", List.of(command)) + " ended with " + exit);
        }
    }
}
