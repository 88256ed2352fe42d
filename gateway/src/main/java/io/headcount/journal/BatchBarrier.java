package io.headcount.journal;

import io.headcount.config.JournalConfig;
import io.headcount.telemetry.Telemetry;
import java.io.File;

/**
 * What stands between the appends of a batch and the answers to its posts. hc-pipeline. An exception is final: what the batch
 * appended must not be acknowledged.
 */
interface BatchBarrier extends AutoCloseable {
    /** A committed append is in the operating system's memory: nothing is left to do. */
    BatchBarrier COMMITTED = new BatchBarrier() {
        @Override
        public void onAppend(File file) {}

        @Override
        public void settle() {}

        @Override
        public void close() {}
    };

    /** A record was appended to this roll file. */
    void onAppend(File file);

    /** Returns once everything appended before is durable in the configured sense. */
    void settle();

    @Override
    void close();

    /** The barrier of a setting. */
    static BatchBarrier of(JournalConfig config, ForceCalls calls, Telemetry telemetry) {
        return switch (config.durability()) {
            case PROCESS -> COMMITTED;
            case POWER -> new ForceBarrier(config.dir(), calls, telemetry);
        };
    }
}
