package io.headcount.aggregate;

import io.headcount.aggregate.RowStore.Link;

/** A doubly linked list through the rows' own links, first in first out. hc-pipeline. */
final class RowList {
    private final RowStore store;
    private final Link before;
    private final Link after;
    private int first = RowStore.NONE;
    private int last = RowStore.NONE;

    private RowList(RowStore store, Link before, Link after) {
        this.store = store;
        this.before = before;
        this.after = after;
    }

    static RowList byArrival(RowStore store) {
        return new RowList(store, Link.ARRIVAL_BEFORE, Link.ARRIVAL_AFTER);
    }

    static RowList ofMinute(RowStore store) {
        return new RowList(store, Link.MINUTE_BEFORE, Link.MINUTE_AFTER);
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** The row behind this one, or {@link RowStore#NONE}. */
    int after(int slot) {
        return store.link(slot, after);
    }

    boolean isEmpty() {
        return first == RowStore.NONE;
    }

    void append(int slot) {
        store.link(slot, before, last);
        store.link(slot, after, RowStore.NONE);
        if (last == RowStore.NONE) {
            first = slot;
        } else {
            store.link(last, after, slot);
        }
        last = slot;
    }

    void remove(int slot) {
        int previous = store.link(slot, before);
        int following = store.link(slot, after);
        if (previous == RowStore.NONE) {
            first = following;
        } else {
            store.link(previous, after, following);
        }
        if (following == RowStore.NONE) {
            last = previous;
        } else {
            store.link(following, before, previous);
        }
    }
}
