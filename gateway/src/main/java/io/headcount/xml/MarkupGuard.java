package io.headcount.xml;

import io.headcount.model.RefusalReason;

/**
 * Looks over valid UTF-8 before aalto does and stops what aalto would accept or pay dearly for: tags and comments without end
 * (attributes cost it quadratically), endless text, {@code ]]>} in text, control characters (a NUL in an end tag's name passes
 * for none), names that end with a colon ({@code xmlns:=""}), empty character
 * references ({@code &#x;}, for which aalto may put the character of one before), document types and processing instructions.
 * Counts byte by byte, so that a document meets the same bounds however it is cut into chunks. Not thread-safe.
 *
 * <p>Design note: in cameras' documents five bytes of six mean nothing where they stand. {@link #skip} passes over them, from tag
 * to tag and quote to quote, wherever no bound can be met within the chunk; {@link #step} is the whole truth.
 */
final class MarkupGuard {
    private enum Where {
        TEXT,
        MARKUP_START,
        TAG,
        TAG_DOUBLE_QUOTED,
        TAG_SINGLE_QUOTED,
        DECLARATION,
        COMMENT,
        CDATA
    }

    private static final boolean[] IN_TEXT = meaninglessBut("<]&");
    private static final boolean[] IN_TAG = meaninglessBut(":>\"'");
    private static final boolean[] IN_DOUBLE_QUOTES = meaninglessBut("\"&");
    private static final boolean[] IN_SINGLE_QUOTES = meaninglessBut("'&");
    private static final boolean[] ELSEWHERE = new boolean[1 << Byte.SIZE];
    private static final byte[] CDATA_OPENING = {'[', 'C', 'D', 'A', 'T', 'A', '['};

    private final int maxTagBytes;
    private final int maxTextBytes;
    private Where where;
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

    private static boolean[] meaninglessBut(String meaningful) {
        boolean[] meaningless = new boolean[1 << Byte.SIZE];
        for (int c = 0; c < meaningless.length; c++) {
            meaningless[c] = !isForbidden((byte) c) && meaningful.indexOf(c) < 0;
        }
        return meaningless;
    }

    private static boolean[] meaningless(Where at) {
        return switch (at) {
            case TEXT -> IN_TEXT;
            case TAG -> IN_TAG;
            case TAG_DOUBLE_QUOTED -> IN_DOUBLE_QUOTES;
            case TAG_SINGLE_QUOTED -> IN_SINGLE_QUOTES;
            case MARKUP_START, DECLARATION, COMMENT, CDATA -> ELSEWHERE;
        };
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

    /** Passes over plain text, tags and values, up to a byte that is for {@link #step}. */
    private int skip(byte[] b, int from, int end) {
        boolean begun = afterColon || (brackets | dashes | matched | referenceBytes) != 0;
        if (begun || length + (end - from) > Math.min(maxTagBytes, maxTextBytes)) {
            return from;
        }
        Where at = where;
        int start = from - length;
        int i = pass(b, from, end, meaningless(at));
        while (i < end) {
            Where next = next(at, b, i, end);
            if (next == null) {
                break;
            }
            i += at == Where.TEXT ? 2 : 1;
            start = next == Where.TEXT ? i : at == Where.TEXT ? i - 1 : start;
            at = next;
            i = pass(b, i, end, meaningless(at));
        }
        where = at;
        length = i - start;
        return i;
    }

    private static int pass(byte[] b, int from, int end, boolean[] meaningless) {
        int i = from;
        while (i < end && meaningless[b[i] & 0xFF]) {
            i++;
        }
        return i;
    }

    /** Where the byte leads, that of a text's end together with the one behind it; null where there is more to it. */
    private static Where next(Where at, byte[] b, int i, int end) {
        byte c = b[i];
        return switch (at) {
            case TEXT -> c == '<' && i + 1 < end && opensTag(b[i + 1]) ? Where.TAG : null;
            case TAG ->
                c == '"' ? Where.TAG_DOUBLE_QUOTED : c == '\'' ? Where.TAG_SINGLE_QUOTED : c == '>' ? Where.TEXT : null;
            case TAG_DOUBLE_QUOTED -> c == '"' ? Where.TAG : null;
            case TAG_SINGLE_QUOTED -> c == '\'' ? Where.TAG : null;
            case MARKUP_START, DECLARATION, COMMENT, CDATA -> null;
        };
    }

    private static boolean opensTag(byte c) {
        return c != '?' && c != '!' && !isForbidden(c);
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
        where = c == '!' ? Where.DECLARATION : Where.TAG;
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
            where = Where.TAG_DOUBLE_QUOTED;
        } else if (c == '\'') {
            where = Where.TAG_SINGLE_QUOTED;
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
            where = Where.TAG;
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
                where = Where.COMMENT;
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

    private void enter(Where next) {
        where = next;
        length = 0;
        brackets = 0;
        dashes = 0;
        matched = 0;
        afterColon = false;
        referenceBytes = 0;
    }
}
