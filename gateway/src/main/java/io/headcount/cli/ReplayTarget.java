package io.headcount.cli;

import java.io.IOException;

/** Where kept bodies are tried again. */
interface ReplayTarget {
    /**
     * What became of a body.
     *
     * @param accepted whether it is taken now
     * @param words in which the operator is told
     */
    record Outcome(boolean accepted, String words) {}

    /**
     * Tries one body.
     *
     * @throws IOException when nobody is there to take it; the message says so
     */
    Outcome replay(byte[] body) throws IOException, InterruptedException;
}
