package io.headcount.model;

import java.util.List;

/**
 * What a row counts, and the names of its values in the order in which the ledger compares them (PROTOCOL, decisions 3
 * and 4). {@link #code()} is written to the journal: never reuse or renumber one.
 */
public enum RowKind {
    /** People through the view: {@code Count}. */
    COUNT(0, "count", "Count", "Enters", "Exits", "Passings", "Returns"),
    /** {@code GenderCount} of an ObjectType 3, firmware protocol V2.1. */
    GENDER(1, "gender", "GenderCount", "maleNum", "femaleNum", "unknownGenderNum"),
    /** {@code AgeCount} of an ObjectType 3, firmware protocol V2.1. */
    AGE(
            2,
            "age",
            "AgeCount",
            "ageLess10Num",
            "age10to16Num",
            "age17to30Num",
            "age31to45Num",
            "age46to60Num",
            "ageOver60Num",
            "unknownAgeNum"),
    /** {@code WorkCardCount} of an ObjectType 3, firmware protocol V2.1. */
    WORKCARD(3, "workcard", "WorkCardCount", "workCardNum"),
    /** People since the camera's start, as they stood at one instant: {@code RTCount} of Brickstream's RealTimeMetrics. */
    TOTALS(4, "totals", "RTCount", "TotalEnters", "TotalExits");

    /** The most values that a row of any kind has. */
    public static final int MAX_VALUES = 7;

    private static final RowKind[] BY_CODE = values();

    private final int code;
    private final String label;
    private final String element;
    private final int valueCount;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> valueNames;

    RowKind(int code, String label, String element, String... valueNames) {
        this.code = code;
        this.label = label;
        this.element = element;
        this.valueCount = valueNames.length;
        this.valueNames = List.of(valueNames);
    }

    /** The kind's number in the journal. */
    public int code() {
        return code;
    }

    /** The kind's name in JSON lines: {@code count}, {@code gender}, {@code age}, {@code workcard}, {@code totals}. */
    public String label() {
        return label;
    }

    /** The XML element that carries a row of this kind. */
    public String element() {
        return element;
    }

    /** How many values a row of this kind has, 1 to {@link #MAX_VALUES}. */
    public int valueCount() {
        return valueCount;
    }

    /** The values' names as the XML spells them, in comparing order. */
    public List<String> valueNames() {
        return valueNames;
    }

    /** Whether rows of this kind are about a window of time. {@link #TOTALS} hold at an instant: their window is 0 s long. */
    public boolean hasWindow() {
        return this != TOTALS;
    }

    /** The kind with this {@link #code()}, or null when a newer version of the product wrote it. */
    public static RowKind ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
