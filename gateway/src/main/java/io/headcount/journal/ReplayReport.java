package io.headcount.journal;

/**
 * What a replay found.
 *
 * @param posts posts delivered
 * @param rows rows in them
 * @param skipped whole records that are not for this version of the product
 * @param faults damaged places met, each of them logged
 * @param elapsedMs how long it took
 */
public record ReplayReport(long posts, long rows, long skipped, long faults, long elapsedMs) {}
