package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIndexTest {
    private static final long START = 1_667_806_020;

    private record Key(int series, long start) {}

    private final RowStore store = new RowStore();
    private final RowIndex index = new RowIndex(store, 1);

    private int add(int series, long start) {
        int slot = store.allocate();
        store.key(slot, series, start);
        index.add(slot);
        return slot;
    }

    private void remove(int slot) {
        index.remove(slot);
        store.free(slot);
    }

    @Test
    void shouldFindNothingWhereNothingIs() {
        assertThat(index.find(0, START)).isEqualTo(RowStore.NONE);
        int slot = add(0, START);
        assertThat(index.find(0, START)).isEqualTo(slot);
        assertThat(index.find(1, START)).isEqualTo(RowStore.NONE);
        assertThat(index.find(0, START + 1)).isEqualTo(RowStore.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeWithAMapWhateverComesAndGoes(long seed) {
        Random random = new Random(seed);
        Map<Key, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // grows to tens of thousands of rows, shrinks, and grows again
            boolean growing = i % 100_000 < 60_000;
            Key key = new Key(random.nextInt(3_000), START + random.nextInt(40) * 5L - 100);
            Integer slot = expected.get(key);
            assertThat(index.find(key.series, key.start)).isEqualTo(slot == null ? RowStore.NONE : slot);
            if (slot == null && growing) {
                expected.put(key, add(key.series, key.start));
            } else if (slot != null && !growing) {
                remove(expected.remove(key));
            }
        }
        assertThat(expected).hasSizeGreaterThan(10_000);
        expected.forEach(
                (key, slot) -> assertThat(index.find(key.series, key.start)).isEqualTo(slot));
    }

    @Test
    void shouldFindRowsWhenThereIsNoMemoryForMoreBuckets() {
        int[] left = {1};
        RowStore small = new RowStore(bytes -> {
            if (left[0]-- == 0) {
                throw new OutOfMemoryError("none left");
            }
            return ByteBuffer.allocateDirect(bytes);
        });
        RowIndex full = new RowIndex(small, 1);
        int rows = 0;
        for (int slot = small.allocate(); slot != RowStore.NONE; slot = small.allocate()) {
            small.key(slot, rows++, START);
            full.add(slot);
        }
        assertThat(rows).isPositive();
        for (int series = 0; series < rows; series++) {
            assertThat(small.series(full.find(series, START))).isEqualTo(series);
        }
    }

    @Test
    void shouldSpreadRowsOverItsBuckets() {
        int rows = 120_000;
        for (int i = 0; i < rows; i++) {
            add(i % 3_000, START + i / 3_000 * 60L);
        }
        int longest = 0;
        int inUse = 0;
        for (int bucket = 0; bucket < store.buckets(); bucket++) {
            int length = 0;
            for (int slot = store.bucket(bucket); slot != RowStore.NONE; slot = store.nextInBucket(slot)) {
                length++;
            }
            longest = Math.max(longest, length);
            inUse += length > 0 ? 1 : 0;
        }
        assertThat(longest).isLessThan(12);
        assertThat(inUse).isGreaterThan(rows / 2);
    }
}
