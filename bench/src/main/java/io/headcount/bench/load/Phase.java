package io.headcount.bench.load;

import java.io.IOException;

/**
 * What a server did under load, and what that took.
 *
 * @param load what became of the posts
 * @param before what the process had used when it began
 * @param after what it had used when the last answer was there
 * @param records records that it journaled meanwhile; 0 for a server without a journal
 * @param journalBytes of these, bytes
 */
record Phase(LoadResult load, Vitals before, Vitals after, long records, long journalBytes) {
    /** Loads a server and looks what it takes. */
    static Phase run(ServerProcess server, VitalsProbe probe, Loading loading) throws IOException {
        long records = server.counter(RECORDS);
        long bytes = server.counter(BYTES);
        Vitals before = probe.read();
        LoadResult load = loading.run();
        Vitals after = probe.read();
        return new Phase(load, before, after, server.counter(RECORDS) - records, server.counter(BYTES) - bytes);
    }

    private static final String RECORDS = "headcount_journal_appends_total";
    private static final String BYTES = "headcount_journal_bytes_total";

    /** Sends the posts of a phase. */
    @FunctionalInterface
    interface Loading {
        /** Sends them and waits for the answers. */
        LoadResult run() throws IOException;
    }

    /** Posts answered in the phase and while its last answers were awaited, by {@link #after()}. */
    private double posts() {
        return load.sent();
    }

    /** Processor time for a post, microseconds. */
    double cpuMicrosPerPost() {
        return (after.cpuNs() - before.cpuNs()) / 1e3 / posts();
    }

    /** Bytes allocated on the heap for a post. */
    double garbagePerPost() {
        return (after.allocatedBytes() - before.allocatedBytes()) / posts();
    }

    /** Bytes of the journal for a record, what stands around it left out. */
    double bytesPerRecord() {
        return records == 0 ? 0 : (double) journalBytes / records;
    }

    /** Share of the phase that the server computed, of one core. */
    double cores() {
        return (double) (after.cpuNs() - before.cpuNs()) / load.elapsedNs();
    }
}
