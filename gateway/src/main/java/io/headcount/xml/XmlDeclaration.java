package io.headcount.xml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The XML declaration, read by us and kept from aalto, which knows three encodings only. {@code <?xml version="1.0"
 * encoding="utf-8"?>}
 */
final class XmlDeclaration {
    /** A declaration that is longer is not one. */
    static final int MAX_CHARS = 256;

    static final String OPENING = "<?xml";

    private static final Pattern GRAMMAR = Pattern.compile("<\\?xml"
            + "[ \\t\\r\\n]+version[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"1\\.[01]\"|'1\\.[01]')"
            + "(?:[ \\t\\r\\n]+encoding[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"([A-Za-z][\\w.-]*)\"|'([A-Za-z][\\w.-]*)'))?"
            + "(?:[ \\t\\r\\n]+standalone[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"(?:yes|no)\"|'(?:yes|no)'))?"
            + "[ \\t\\r\\n]*\\?>");

    private XmlDeclaration() {}

    /**
     * The encoding that a declaration names.
     *
     * @param declaration from {@code <?xml} to {@code ?>}
     * @return the name as written, "" when it names none, null when it is not a declaration by XML's grammar
     */
    static String encodingOf(CharSequence declaration) {
        Matcher matcher = GRAMMAR.matcher(declaration);
        if (!matcher.matches()) {
            return null;
        }
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return name == null ? "" : name;
    }
}
