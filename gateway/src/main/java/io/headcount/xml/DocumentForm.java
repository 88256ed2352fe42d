package io.headcount.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What stays the same in the documents of one kind of camera: the text around the values, and what that markup means. Belongs to one event loop, whose
 * last document of this form it remembers the texts of: most of them are the same for the whole fleet.
 *
 * <pre>
 * literal 0 │value 0│ literal 1 │value 1│ … │ literal n        <Metrics DeviceId="│12345│"><Properties><Version>│1│</Version>…
 * </pre>
 *
 * <p>A value is at most {@value #MAX_VALUE_BYTES} bytes of blanks and visible characters in UTF-8, without any that means something in XML: so it reads
 * the same wherever it stands, and ends where the next literal begins.
 */
final class DocumentForm {
    static final int MAX_VALUE_BYTES = 128;

    /** One step of what the document says. */
    static final class Step {
        /** The innermost element ends. */
        static final Step END = new Step(null, new Name[0], 0);

        private final Name element;
        private final Name[] attributes;
        private final int value;

        private Step(Name element, Name[] attributes, int value) {
            this.element = element;
            this.attributes = attributes;
            this.value = value;
        }

        /** An element begins, with these attributes; their values are numbered from {@code firstValue}. */
        static Step start(Name element, List<Name> attributes, int firstValue) {
            return new Step(element, attributes.toArray(new Name[0]), firstValue);
        }

        /** The text of the innermost element. */
        static Step text(int value) {
            return new Step(null, new Name[0], value);
        }

        /** The element that begins; null where none does. */
        Name element() {
            return element;
        }

        /** Its attributes' names; not to be changed. */
        Name[] attributes() {
            return attributes;
        }

        /** The number of the text, or of the first attribute's value. */
        int value() {
            return value;
        }
    }

    private static final boolean[] IN_VALUE = inValue();

    private final byte[][] literals;
    private final Step[] steps;
    // of the document before
    private final byte[][] lastBytes;
    private final String[] lastTexts;

    /**
     * A form.
     *
     * @param literals what stands before, between and behind the values
     * @param steps what the document says, in order
     */
    DocumentForm(List<byte[]> literals, List<Step> steps) {
        this.literals = literals.toArray(new byte[0][]);
        this.steps = steps.toArray(new Step[0]);
        this.lastBytes = new byte[values()][];
        this.lastTexts = new String[values()];
    }

    private static boolean[] inValue() {
        boolean[] allowed = new boolean[1 << Byte.SIZE];
        for (int c = ' '; c < allowed.length; c++) {
            allowed[c] = "<>&\"'\u007F".indexOf(c) < 0;
        }
        return allowed;
    }

    /** Whether a value may contain this byte. */
    static boolean isInValue(byte b) {
        return IN_VALUE[b & 0xFF];
    }

    /** Whether these bytes, each of which may be in a value, are one: whole characters, and such as XML allows. */
    static boolean isValue(byte[] b, int from, int to) {
        return to - from <= MAX_VALUE_BYTES && (isAscii(b, from, to) || isText(b, from, to));
    }

    /** Whether none of these bytes is beyond ASCII. */
    static boolean isAscii(byte[] b, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= b[i];
        }
        return all >= 0;
    }

    private static boolean isText(byte[] b, int from, int to) {
        Utf8Validator utf8 = new Utf8Validator();
        utf8.begin();
        return utf8.accepted(b, from, to - from) == to - from && utf8.missing() == 0 && !hasNoncharacter(b, from, to);
    }

    /** U+FFFE or U+FFFF, which XML does not allow. */
    private static boolean hasNoncharacter(byte[] b, int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            if (b[i] == (byte) 0xEF && b[i + 1] == (byte) 0xBF && (b[i + 2] & 0xFE) == 0xBE) {
                return true;
            }
        }
        return false;
    }

    /** Whether documents of this form are those of the other one. */
    boolean sameAs(DocumentForm other) {
        return Arrays.deepEquals(literals, other.literals);
    }

    /** How many values such a document has. */
    int values() {
        return literals.length - 1;
    }

    /** What stands in front of a value, or behind the last one. */
    byte[] literal(int index) {
        return literals[index];
    }

    /** The text of a value {@code b[from, to)}: one string for as long as document after document says the same there. */
    String text(int value, byte[] b, int from, int to) {
        byte[] last = lastBytes[value];
        if (last == null || !Arrays.equals(last, 0, last.length, b, from, to)) {
            remember(value, b, from, to);
        }
        return lastTexts[value];
    }

    private void remember(int value, byte[] b, int from, int to) {
        if (lastBytes[value] == null || lastBytes[value].length != to - from) {
            lastBytes[value] = new byte[to - from];
        }
        System.arraycopy(b, from, lastBytes[value], 0, to - from);
        lastTexts[value] = new String(b, from, to - from, StandardCharsets.UTF_8);
    }

    /** What the document says, in order; not to be changed. */
    Step[] steps() {
        return steps;
    }
}
