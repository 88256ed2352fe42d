package io.headcount.journal;

import java.util.List;

/**
 * What checking a whole journal found.
 *
 * @param files roll files read
 * @param records good records, those of newer versions of the product included
 * @param skipped good records that this version can't decode
 * @param firstSequence sequence number of the first good record, 0 when there is none
 * @param lastSequence sequence number of the last good record, 0 when there is none
 * @param faults everything that is wrong with records and files, in order of the files; no more than {@link Verify#MAX_FAULTS}
 * @param tailerFaults named tailers that can't go on where they stand, by name
 */
public record VerifyReport(
        int files,
        long records,
        long skipped,
        long firstSequence,
        long lastSequence,
        List<Fault> faults,
        List<TailerFault> tailerFaults) {
    /** Whether nothing is wrong. */
    public boolean clean() {
        return faults.isEmpty() && tailerFaults.isEmpty();
    }
}
