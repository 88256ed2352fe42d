package io.headcount.reference;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a set of posts comes to, by PROTOCOL's decisions 2 to 4 and nothing else: key -> greatest version. Knows none of the
 * product's code, neither time nor order nor memory. For tests to compare the ledger, the journal or a whole gateway with.
 */
public final class ReferenceLedger {
    /** What makes two rows the same row (decision 3). Absent object devices are null. */
    public record Key(
            String deviceId,
            String identity,
            String objectDeviceId,
            String objectId,
            int objectType,
            String type,
            long start,
            int seconds) {}

    /** What a row says. An absent status is null and ranks below every other. */
    public record Version(long version, List<Integer> values, Integer status) implements Comparable<Version> {
        /** Takes a copy of the values. */
        public Version {
            values = List.copyOf(values);
        }

        /** Decision 4: version, sum of the values, the values from left to right, status. */
        @Override
        public int compareTo(Version other) {
            int order = Long.compare(version, other.version);
            order = order != 0 ? order : Long.compare(sum(values), sum(other.values));
            for (int i = 0; i < values.size() && order == 0; i++) {
                order = values.get(i).compareTo(other.values.get(i));
            }
            return order != 0 ? order : Long.compare(rank(status), rank(other.status));
        }

        private static long sum(Collection<Integer> values) {
            return values.stream().mapToLong(Integer::longValue).sum();
        }

        private static long rank(Integer status) {
            return status == null ? Long.MIN_VALUE : status;
        }
    }

    private final Map<Key, Version> table = new HashMap<>();

    /** Takes in a row. */
    public void take(Key key, Version version) {
        table.merge(key, version, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    /** The greatest version of every row. */
    public Map<Key, Version> table() {
        return Map.copyOf(table);
    }
}
