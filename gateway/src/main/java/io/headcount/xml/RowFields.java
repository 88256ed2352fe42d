package io.headcount.xml;

import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import java.util.Arrays;

/** The attributes of one row element, checked one by one. Not thread-safe. */
final class RowFields {
    private static final long ABSENT = Long.MIN_VALUE;

    private final RowKind kind;
    private final String[] valueFields;
    private final String unixStartField;
    private final String statusField;
    private final long[] values;
    private Refusal refusal;
    private long unixStart;
    private long startSecond;
    private long endSecond;
    private long status;

    RowFields(RowKind kind) {
        this.kind = kind;
        this.values = new long[kind.valueCount()];
        this.valueFields = new String[kind.valueCount()];
        this.unixStartField = field(Name.UNIX_START_TIME.xmlName());
        this.statusField = field(Name.STATUS.xmlName());
        for (int i = 0; i < valueFields.length; i++) {
            valueFields[i] = field(kind.valueNames().get(i));
        }
    }

    private String field(String attribute) {
        return kind.element() + "/@" + attribute;
    }

    void begin() {
        refusal = null;
        Arrays.fill(values, ABSENT);
        unixStart = ABSENT;
        startSecond = ABSENT;
        endSecond = ABSENT;
        status = ABSENT;
    }

    /** Takes an attribute; false when the protocol knows none of this name. */
    boolean take(Name name, FieldText text) {
        return kind.hasWindow() ? takeAny(name, text) : takeValue(name, text);
    }

    private boolean takeAny(Name name, FieldText text) {
        switch (name) {
            case START_TIME -> startSecond = once(startSecond, time(text, name), name);
            case END_TIME -> endSecond = once(endSecond, time(text, name), name);
            case UNIX_START_TIME -> unixStart = once(unixStart, number(text, Long.MAX_VALUE, unixStartField), name);
            case STATUS -> status = once(status, status(text), name);
            default -> {
                return takeValue(name, text);
            }
        }
        return true;
    }

    private boolean takeValue(Name name, FieldText text) {
        int index = name.valueIndex(kind);
        if (index < 0) {
            return name != Name.UNKNOWN;
        }
        values[index] = once(values[index], number(text, Integer.MAX_VALUE, valueFields[index]), name);
        return true;
    }

    private long once(long before, long value, Name name) {
        if (before != ABSENT && value != ABSENT && before != value) {
            refuse(RefusalReason.CONTRADICTION, field(name.xmlName()));
        }
        return value == ABSENT ? before : value;
    }

    private long time(FieldText text, Name name) {
        long seconds = text.timeOfDay();
        if (seconds == FieldText.MALFORMED) {
            refuse(RefusalReason.NOT_A_TIME, field(name.xmlName()));
        }
        return seconds < 0 ? ABSENT : seconds;
    }

    private long number(FieldText text, long most, String where) {
        return inRange(text.digits(), 0, most, where);
    }

    /** Its values are not documented: any whole number is kept. */
    private long status(FieldText text) {
        return inRange(text.signed(), -Integer.MAX_VALUE, Integer.MAX_VALUE, statusField);
    }

    private long inRange(long value, long least, long most, String where) {
        if (value == FieldText.EMPTY) {
            return ABSENT;
        }
        if (value == FieldText.MALFORMED) {
            refuse(RefusalReason.NOT_A_NUMBER, where);
            return ABSENT;
        }
        if (value < least || value > most) {
            refuse(RefusalReason.OUT_OF_RANGE, where);
            return ABSENT;
        }
        return value;
    }

    private void refuse(RefusalReason reason, String where) {
        if (refusal == null) {
            refusal = new Refusal(reason, where);
        }
    }

    /** Why the row is not acceptable, or null; call once all attributes are taken. */
    Refusal refusal() {
        for (int i = 0; i < requiredValues() && refusal == null; i++) {
            if (values[i] == ABSENT) {
                refuse(RefusalReason.MISSING, valueFields[i]);
            }
        }
        return refusal;
    }

    /** Entries and exits must be there, in counts and in totals. */
    private int requiredValues() {
        return kind == RowKind.COUNT || kind == RowKind.TOTALS ? 2 : 0;
    }

    /** Value number {@code index}, 0 where it is missing. */
    int value(int index) {
        return values[index] == ABSENT ? 0 : (int) values[index];
    }

    int status() {
        return status == ABSENT ? Rows.NO_STATUS : (int) status;
    }

    /** Epoch seconds, 0 where it is missing. */
    long unixStart() {
        return unixStart == ABSENT ? 0 : unixStart;
    }

    int startSecond() {
        return startSecond == ABSENT ? RawWindows.ABSENT : (int) startSecond;
    }

    int endSecond() {
        return endSecond == ABSENT ? RawWindows.ABSENT : (int) endSecond;
    }
}
