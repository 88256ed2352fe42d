package io.headcount.journal;

import io.headcount.config.JournalConfig.Durability;

/**
 * What stands between the appends of a batch and the answers to its posts. hc-pipeline. An exception is final: what the batch
 * appended must not be acknowledged.
 */
@FunctionalInterface
interface BatchBarrier {
    /** Returns once everything appended before is durable in the configured sense. */
    void settle();

    /** The barrier of a setting. */
    static BatchBarrier of(Durability durability) {
        return switch (durability) {
            // a committed append is in the operating system's memory: nothing is left to do
            case PROCESS -> () -> {};
        };
    }
}
