package io.headcount.tail;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of lines. */
public enum LineType {
    /** A version of a count. */
    COUNT,
    /** A version of attributes. */
    ATTRIBUTES,
    /** A reading of totals since a camera's start. */
    TOTALS,
    /** A sign of life. */
    HEARTBEAT;

    /** The type's name in lines and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All types. */
    public static Set<LineType> all() {
        return EnumSet.allOf(LineType.class);
    }

    /**
     * Reads names separated by commas.
     *
     * @throws IllegalArgumentException naming the types that there are
     */
    public static Set<LineType> parse(String names) {
        Set<LineType> types = EnumSet.noneOf(LineType.class);
        for (String name : names.split(",", -1)) {
            types.add(one(name.strip()));
        }
        return types;
    }

    private static LineType one(String name) {
        for (LineType type : values()) {
            if (type.label().equals(name)) {
                return type;
            }
        }
        String expected = Stream.of(values()).map(LineType::label).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("types: " + name + " (expected: " + expected + ")");
    }
}
