package io.headcount.xml;

import io.headcount.model.RowFlag;
import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Flags totals that are not the sum of their adults and children, and adults and children without a total. Rows of one object
 * and window belong together. Sorts rather than hashes, so that no choice of ids makes it slow. Not thread-safe.
 */
final class TotalsCheck {
    private static final int TOTAL = 0;
    private static final int ADULTS = 1;
    private static final int CHILDREN = 2;
    private static final int TYPES = 3;
    private static final int NONE = -1;

    private final int[] byType = new int[TYPES];

    void check(Rows rows) {
        if (!hasParts(rows)) {
            return;
        }
        Arrays.fill(byType, NONE);
        if (isOneGroup(rows)) {
            checkGroup(rows);
            return;
        }
        Integer[] order = sorted(rows);
        Arrays.fill(byType, NONE);
        for (int i = 0; i < order.length; i++) {
            if (i > 0 && compareGroups(rows, order[i - 1], order[i]) != 0) {
                checkGroup(rows);
                Arrays.fill(byType, NONE);
            }
            byType[rows.objectType(order[i])] = order[i];
        }
        checkGroup(rows);
    }

    private static boolean hasParts(Rows rows) {
        for (int row = 0; row < rows.size(); row++) {
            if (isCounted(rows, row) && rows.objectType(row) != TOTAL) {
                return true;
            }
        }
        return false;
    }

    /** Most posts: one minute of one object. Enters its rows by type. */
    private boolean isOneGroup(Rows rows) {
        int first = NONE;
        for (int row = 0; row < rows.size(); row++) {
            if (isCounted(rows, row)) {
                if (first != NONE && compareGroups(rows, first, row) != 0) {
                    return false;
                }
                first = first == NONE ? row : first;
                byType[rows.objectType(row)] = row;
            }
        }
        return true;
    }

    private static boolean isCounted(Rows rows, int row) {
        return rows.kind(row) == RowKind.COUNT && rows.objectType(row) < TYPES;
    }

    private static Integer[] sorted(Rows rows) {
        int counted = 0;
        Integer[] order = new Integer[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            if (isCounted(rows, row)) {
                order[counted++] = row;
            }
        }
        Integer[] sorted = Arrays.copyOf(order, counted);
        Arrays.sort(sorted, (a, b) -> compareGroups(rows, a, b));
        return sorted;
    }

    private static int compareGroups(Rows rows, int a, int b) {
        int order = Long.compare(rows.start(a), rows.start(b));
        order = order != 0 ? order : Integer.compare(rows.seconds(a), rows.seconds(b));
        order = order != 0 ? order : rows.objectId(a).compareTo(rows.objectId(b));
        return order != 0 ? order : NULLS_FIRST.compare(rows.objectDeviceId(a), rows.objectDeviceId(b));
    }

    private static final Comparator<String> NULLS_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());

    private void checkGroup(Rows rows) {
        int total = byType[TOTAL];
        if (total == NONE) {
            flagNoTotal(rows, byType[ADULTS]);
            flagNoTotal(rows, byType[CHILDREN]);
        } else if (byType[ADULTS] != NONE && byType[CHILDREN] != NONE && !isSum(rows, total)) {
            rows.flag(total, RowFlag.SUM_MISMATCH);
        }
    }

    private static void flagNoTotal(Rows rows, int part) {
        if (part != NONE) {
            rows.flag(part, RowFlag.NO_TOTAL);
        }
    }

    private boolean isSum(Rows rows, int total) {
        for (int i = 0; i < RowKind.COUNT.valueCount(); i++) {
            long parts = (long) rows.value(byType[ADULTS], i) + rows.value(byType[CHILDREN], i);
            if (parts != rows.value(total, i)) {
                return false;
            }
        }
        return true;
    }
}
