package io.headcount.xml;

import io.headcount.model.RefusalReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * Looks over valid UTF-8 before aalto does and stops what aalto would accept or pay dearly for: tags and comments without end
 * (attributes cost it quadratically), endless text, {@code ]]>} in text, control characters (a NUL in an end tag's name passes
 * for none), names that end with a colon ({@code xmlns:=""}), empty character
 * references ({@code &#x;}, for which aalto may put the character of one before), document types and processing instructions.
 * Counts byte by byte, so that a document meets the same bounds however it is cut into chunks. Not thread-safe.
 *
 * <p>Design note: in cameras' documents five bytes of six mean nothing where they stand. They are passed over in a loop of their own, by a table for
 * each place; only the others, and those behind one that has begun something, go through the states.
 */
final class MarkupGuard {
    private enum Where {
        TEXT("<]&"),
        MARKUP_START(null),
        TAG(":>\"'"),
        TAG_DOUBLE_QUOTED("\"&"),
        TAG_SINGLE_QUOTED("'&"),
        DECLARATION(null),
        COMMENT("-"),
        CDATA("]");

        /** The characters that mean something here, even if nothing has begun before them; null: all do. */
        private final String meaningful;

        Where(String meaningful) {
            this.meaningful = meaningful;
        }

        private boolean[] meaningless() {
            boolean[] bytes = new boolean[1 << Byte.SIZE];
            for (int c = 0; c < bytes.length && meaningful != null; c++) {
                bytes[c] = !isForbidden((byte) c) && meaningful.indexOf(c) < 0;
            }
            return bytes;
        }

        private boolean isTag() {
            return this == TAG || this == TAG_DOUBLE_QUOTED || this == TAG_SINGLE_QUOTED || this == COMMENT;
        }
    }

    private static final Map<Where, boolean[]> MEANINGLESS = meaningless();
    private static final byte[] CDATA_OPENING = {'[', 'C', 'D', 'A', 'T', 'A', '['};

    private final int maxTagBytes;
    private final int maxTextBytes;
    private Where where;
    private boolean[] meaningless;
    private int length;
    private int brackets;
    private int dashes;
    private int matched;
    private boolean afterColon;
    private int referenceBytes;
    private RefusalReason refusal;

    MarkupGuard(int maxTagBytes, int maxTextBytes) {
        this.maxTagBytes = maxTagBytes;
        this.maxTextBytes = maxTextBytes;
    }

    private static Map<Where, boolean[]> meaningless() {
        Map<Where, boolean[]> tables = new EnumMap<>(Where.class);
        for (Where where : Where.values()) {
            tables.put(where, where.meaningless());
        }
        return tables;
    }

    void begin() {
        refusal = null;
        enter(Where.TEXT);
    }

    /** How many of the next bytes aalto may have: {@code len}, or less when {@link #refusal()} says why. */
    int look(byte[] b, int off, int len) {
        int end = off + len;
        int i = skip(b, off, end);
        while (i < end) {
            refusal = step(b[i]);
            if (refusal != null) {
                return i - off;
            }
            i = skip(b, i + 1, end);
        }
        return len;
    }

    /** Passes over bytes that mean nothing and keep the bound. */
    private int skip(byte[] b, int from, int end) {
        if (afterColon || (brackets | dashes | referenceBytes) != 0) {
            return from;
        }
        boolean[] table = meaningless;
        int room = (where.isTag() ? maxTagBytes : maxTextBytes) - length;
        int most = from + Math.min(end - from, room);
        int i = from;
        while (i < most && table[b[i] & 0xFF]) {
            i++;
        }
        length += i - from;
        return i;
    }

    /** What is wrong with the byte that stopped {@link #look}, or null. */
    RefusalReason refusal() {
        return refusal;
    }

    private RefusalReason step(byte c) {
        if (isForbidden(c)) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        length++;
        return switch (where) {
            case TEXT -> text(c);
            case MARKUP_START -> markupStart(c);
            case TAG -> tag(c);
            case TAG_DOUBLE_QUOTED -> quoted(c, '"');
            case TAG_SINGLE_QUOTED -> quoted(c, '\'');
            case DECLARATION -> declaration(c);
            case COMMENT -> comment(c);
            case CDATA -> cdata(c);
        };
    }

    private static boolean isForbidden(byte c) {
        return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r';
    }

    private RefusalReason text(byte c) {
        if (c == '<') {
            enter(Where.MARKUP_START);
            return null;
        }
        if ((c == '>' && brackets >= 2) || endsEmptyReference(c)) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        brackets = c == ']' ? brackets + 1 : 0;
        return length > maxTextBytes ? RefusalReason.XML_BOUND : null;
    }

    private RefusalReason markupStart(byte c) {
        if (c == '?') {
            return RefusalReason.PROCESSING_INSTRUCTION;
        }
        go(c == '!' ? Where.DECLARATION : Where.TAG);
        return null;
    }

    private RefusalReason tag(byte c) {
        if (afterColon && endsName(c)) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        afterColon = c == ':';
        if (c == '>') {
            enter(Where.TEXT);
            return null;
        }
        if (c == '"') {
            go(Where.TAG_DOUBLE_QUOTED);
        } else if (c == '\'') {
            go(Where.TAG_SINGLE_QUOTED);
        }
        return tooLongTag();
    }

    private static boolean endsName(byte c) {
        return c == '=' || c == '/' || c == '>' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private RefusalReason quoted(byte c, char quote) {
        if (endsEmptyReference(c)) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        if (c == quote) {
            go(Where.TAG);
        }
        return tooLongTag();
    }

    /** Whether this byte makes {@code &#;} or {@code &#x;} of those before it. */
    private boolean endsEmptyReference(byte c) {
        boolean opened = referenceBytes >= 2;
        if (c == '&') {
            referenceBytes = 1;
        } else if ((referenceBytes == 1 && c == '#') || (referenceBytes == 2 && c == 'x')) {
            referenceBytes++;
        } else {
            referenceBytes = 0;
        }
        return opened && c == ';';
    }

    private RefusalReason tooLongTag() {
        return length > maxTagBytes ? RefusalReason.XML_BOUND : null;
    }

    /** Behind {@code <!}: a comment, a CDATA section, or else nothing that is allowed. */
    private RefusalReason declaration(byte c) {
        if (matched == 0 && c == '-') {
            dashes++;
            if (dashes == 2) {
                dashes = 0;
                go(Where.COMMENT);
            }
            return null;
        }
        if (dashes == 0 && c == CDATA_OPENING[matched]) {
            matched++;
            if (matched == CDATA_OPENING.length) {
                enter(Where.CDATA);
            }
            return null;
        }
        return dashes == 0 && matched == 0 && c == 'D' ? RefusalReason.DOCTYPE : RefusalReason.NOT_WELL_FORMED;
    }

    private RefusalReason comment(byte c) {
        if (c == '>' && dashes >= 2) {
            enter(Where.TEXT);
            return null;
        }
        dashes = c == '-' ? dashes + 1 : 0;
        return tooLongTag();
    }

    private RefusalReason cdata(byte c) {
        if (c == '>' && brackets >= 2) {
            enter(Where.TEXT);
            return null;
        }
        brackets = c == ']' ? brackets + 1 : 0;
        return length > maxTextBytes ? RefusalReason.XML_BOUND : null;
    }

    private void go(Where next) {
        where = next;
        meaningless = MEANINGLESS.get(next);
    }

    private void enter(Where next) {
        go(next);
        length = 0;
        brackets = 0;
        dashes = 0;
        matched = 0;
        afterColon = false;
        referenceBytes = 0;
    }
}
