package io.headcount.xml;

import io.headcount.config.XmlConfig;
import io.headcount.xml.DocumentForm.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a document that aalto has read and that was accepted apart into what it has in common with others and its values. Of one
 * with anything but elements, attributes and plain values (comments, CDATA, references, prefixes, text between elements)
 * it makes nothing: those are
 * always aalto's. bytes -> DocumentForm. One document each.
 */
final class FormScanner {
    private static final int MAX_VALUES = 255;

    private final byte[] b;
    private final int end;
    private final XmlReaders readers;
    private final XmlConfig config;
    private final List<byte[]> literals = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private int at;
    private int literalFrom;

    private FormScanner(byte[] b, int end, XmlReaders readers, XmlConfig config) {
        this.b = b;
        this.end = end;
        this.readers = readers;
        this.config = config;
    }

    /** The form of the accepted document {@code b[0, length)}; null where it has none. */
    static DocumentForm scan(byte[] b, int length, XmlReaders readers, XmlConfig config) {
        FormScanner scanner = new FormScanner(b, length, readers, config);
        boolean plain = config.maxTextChars() >= DocumentForm.MAX_VALUE_BYTES && scanner.document();
        return plain && scanner.literals.size() <= MAX_VALUES ? scanner.form() : null;
    }

    private DocumentForm form() {
        literals.add(Arrays.copyOfRange(b, literalFrom, end));
        return new DocumentForm(literals, steps);
    }

    private boolean document() {
        skipHead();
        boolean opened = false; // the tag before this text
        while (at < end) {
            int textFrom = at;
            at = indexOf('<', at);
            if (!text(textFrom, opened && startsWith("</"))) {
                return false;
            }
            if (at < end) {
                opened = !startsWith("</");
                if (!(opened ? startTag() : endTag())) {
                    return false;
                }
                opened &= b[at - 2] != '/';
            }
        }
        return true;
    }

    /** The byte order mark, white space and the declaration: they belong to the first literal. */
    private void skipHead() {
        int declaration = indexOf('<', 0);
        at = declaration;
        if (startsWith("<?xml")) {
            at = indexOf('>', declaration) + 1;
        }
    }

    private boolean text(int from, boolean inLeaf) {
        if (inLeaf && isValue(from, at)) {
            steps.add(Step.text(literals.size()));
            value(from, at);
            return true;
        }
        for (int i = from; i < at; i++) {
            if (!isSpace(b[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean endTag() {
        at = indexOf('>', at) + 1;
        steps.add(Step.END);
        return at <= end;
    }

    private boolean startTag() {
        int from = at;
        int firstValue = literals.size();
        at++;
        Name element = name();
        List<Name> attributes = new ArrayList<>();
        skipSpace();
        while (element != null && at < end && b[at] != '>' && b[at] != '/') {
            Name attribute = attribute();
            if (attribute == null) {
                return false;
            }
            attributes.add(attribute);
            skipSpace();
        }
        boolean closes = at < end && b[at] == '/';
        at = indexOf('>', at) + 1;
        steps.add(Step.start(element, attributes, firstValue));
        if (closes) {
            steps.add(Step.END);
        }
        return element != null && at <= end && staysWithinBound(from, attributes.size());
    }

    /** Whether the tag meets the bound on tags whatever its values are. */
    private boolean staysWithinBound(int from, int values) {
        return at - from + values * DocumentForm.MAX_VALUE_BYTES <= config.maxTagBytes();
    }

    private Name attribute() {
        Name name = name();
        skipSpace();
        if (name == null || !is('=')) {
            return null;
        }
        at++;
        skipSpace();
        if (!is('"') && !is('\'')) {
            return null;
        }
        int from = at + 1;
        int to = indexOf(b[at], from);
        if (to == end || !isValue(from, to)) {
            return null;
        }
        value(from, to);
        at = to + 1;
        return name;
    }

    /** The name that begins here; null where it has a prefix, declares a name space, or is no plain name. */
    private Name name() {
        int from = at;
        while (at < end && isInName(b[at])) {
            at++;
        }
        String spelling = new String(b, from, at - from, StandardCharsets.US_ASCII);
        boolean ends = is('=') || is('>') || is('/') || (at < end && isSpace(b[at]));
        return !ends || spelling.isEmpty() || spelling.equals("xmlns") ? null : readers.name(spelling);
    }

    private static boolean isInName(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private boolean isValue(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!DocumentForm.isInValue(b[i])) {
                return false;
            }
        }
        return DocumentForm.isValue(b, from, to);
    }

    private void value(int from, int to) {
        literals.add(Arrays.copyOfRange(b, literalFrom, from));
        literalFrom = to;
    }

    private void skipSpace() {
        while (at < end && isSpace(b[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private boolean is(char c) {
        return at < end && b[at] == c;
    }

    private boolean startsWith(String text) {
        return at + text.length() <= end && text.equals(new String(b, at, text.length(), StandardCharsets.ISO_8859_1));
    }

    private int indexOf(int c, int from) {
        int i = from;
        while (i < end && b[i] != c) {
            i++;
        }
        return i;
    }
}
