package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMinuteTest {
    private static final long START = 1_667_806_020;

    private final RowStore store = new RowStore();
    private final RowMinute minute = new RowMinute(store, RowMinute.number(START));

    private int add(int series, long start) {
        int slot = store.allocate();
        store.key(slot, series, start);
        minute.add(slot);
        return slot;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 10_000})
    void shouldFindFewAndManyRowsBySeriesAndStart(int rows) {
        int[] slots = new int[rows];
        for (int i = 0; i < rows; i++) {
            slots[i] = add(i / 60 * 6_000, START + i % 60);
        }
        for (int i = 0; i < rows; i++) {
            assertThat(minute.find(i / 60 * 6_000, START + i % 60)).isEqualTo(slots[i]);
            assertThat(minute.find(i / 60 * 6_000 + 1, START + i % 60)).isEqualTo(RowStore.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 100})
    void shouldForgetARemovedRowAndKeepTheOthersInOrder(int rows) {
        int first = add(0, START);
        int second = add(1, START);
        for (int i = 2; i < rows; i++) {
            add(i, START);
        }
        minute.remove(first);
        assertThat(minute.find(0, START)).isEqualTo(RowStore.NONE);
        assertThat(minute.first()).isEqualTo(second);
        minute.remove(second);
        assertThat(minute.find(1, START)).isEqualTo(RowStore.NONE);
        assertThat(minute.isEmpty()).isEqualTo(rows == 2);
    }
}
