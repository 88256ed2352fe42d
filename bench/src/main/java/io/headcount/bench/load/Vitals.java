package io.headcount.bench.load;

/**
 * What a server process has used up and holds.
 *
 * @param cpuNs processor time of the whole process since its start
 * @param allocatedBytes garbage and all else that its threads have allocated on the heap since its start
 * @param rssBytes memory resident now
 * @param collections garbage collections since its start
 * @param collectionMs time spent in them
 */
record Vitals(long cpuNs, long allocatedBytes, long rssBytes, long collections, long collectionMs) {}
