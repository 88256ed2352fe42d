package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowMinuteTest {
    private static final long START = 1_667_806_020;

    private final RowStore store = new RowStore();
    private final RowMinute minute = new RowMinute(store, RowMinute.number(START));

    private int add() {
        int slot = store.allocate();
        minute.add(slot);
        return slot;
    }

    @Test
    void shouldKeepItsRowsInOrder() {
        int first = add();
        int second = add();
        int third = add();
        minute.remove(second);
        assertThat(minute.first()).isEqualTo(first);
        minute.remove(first);
        assertThat(minute.first()).isEqualTo(third);
        minute.remove(third);
        assertThat(minute.isEmpty()).isTrue();
    }
}
