package io.headcount.quarantine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes the secrets out of a body: whatever belongs to a name that contains one of the {@link SecretWords}, wherever it stands.
 * Linear in the body's length. One body each; not thread-safe. bytes -> bytes without secrets.
 *
 * <pre>
 *  &lt;Name>text&lt;/Name>     an element of text alone, with its own end tag: the text becomes ***
 *  &lt;Name/>               nothing to hide
 *  &lt;x … Name="value" …>   an attribute, in a tag that is in order from there to its end: the value becomes ***
 *  &lt;Name… Name=… "Name":  a name whose value can only follow: everything behind the name becomes ***
 *  anything else         the value may stand on either side: all of the body becomes ***;
 *                        so with a name that is not spelt plainly ({@link DisguisedWords})
 * </pre>
 *
 * <p>A body without its end is masked from its first secret on: what is left of its known length would tell the secret's. A value
 * in front of a name that has not come can't be known for one; no camera writes them in that order. Of multi-byte characters only
 * those bytes matter that are ASCII; what they pretend to be can only widen the mask, because a value ends where its own end tag,
 * or a tag in order, says so.
 *
 * <p>Design note: a body is here because it is broken, so nothing may hang on parsing it. The two narrow forms are what cameras
 * send; they are replaced alone, so that a post refused for something else can be replayed. Everything else loses more than it
 * would have to.
 */
final class SecretMask {
    /** What the mask is made of: in UTF-16 it is UTF-16, too, so that the document stays one. */
    private enum Width {
        BYTE("***"),
        LITTLE_ENDIAN("*\0*\0*\0"),
        BIG_ENDIAN("\0*\0*\0*");

        private final String mask;

        Width(String mask) {
            this.mask = mask;
        }

        private byte[] mask() {
            return mask.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final int FOLLOWS = -1;
    private static final int ON_EITHER_SIDE = -2;

    private final byte[] body;
    private final boolean whole;
    private final NulFreeText text;
    private final ByteArrayOutputStream out;
    private int copied; // of the body
    private Width width = Width.BYTE;

    private SecretMask(byte[] body, boolean whole) {
        this.body = body;
        this.whole = whole;
        this.text = new NulFreeText(body);
        this.out = new ByteArrayOutputStream(body.length);
    }

    /**
     * The body without its secrets.
     *
     * @param whole whether this is all of it
     */
    static MaskedBody mask(byte[] body, boolean whole) {
        return new SecretMask(body, whole).run();
    }

    private MaskedBody run() {
        if (DisguisedWords.in(text)) {
            return all();
        }
        int word = SecretWords.next(text, 0, text.length());
        if (word < 0) {
            return new MaskedBody(ByteBuffer.wrap(body), Masking.NO);
        }
        while (word >= 0) {
            width = widthAt(word);
            int end = behindForm(word);
            if (end == ON_EITHER_SIDE) {
                return all();
            }
            if (end == FOLLOWS || !whole) {
                int lastOfWord = word + SecretWords.length(text, word) - 1;
                return finish(behind(lastOfWord), body.length, Masking.REST);
            }
            word = SecretWords.next(text, end, text.length());
        }
        copyTo(body.length);
        return result(Masking.VALUES);
    }

    private static MaskedBody all() {
        return new MaskedBody(ByteBuffer.wrap(Width.BYTE.mask()), Masking.ALL);
    }

    private Width widthAt(int word) {
        int place = text.place(word);
        if (text.place(word + 1) - place != 2) {
            return Width.BYTE;
        }
        return place % 2 == 0 ? Width.LITTLE_ENDIAN : Width.BIG_ENDIAN;
    }

    /** Masks the value when this is one of the narrow forms and tells what follows; else where the value must be suspected. */
    private int behindForm(int word) {
        if (SecretWords.declaresEntity(text, word)) {
            return FOLLOWS;
        }
        int start = word;
        while (NulFreeText.isNamePart(text.at(start - 1))) {
            start--;
        }
        int end = nameEnd(word);
        if (text.at(start - 1) == '<') {
            return behindElement(start, end);
        }
        if (NulFreeText.isSpace(text.at(start - 1)) && text.at(text.skipSpace(end)) == '=') {
            int tagEnd = behindAttributes(start - 1, false);
            if (tagEnd != FOLLOWS) {
                return tagEnd < 0 || !whole ? tagEnd : behindAttributes(start - 1, true);
            }
        }
        return isKey(start, end) ? FOLLOWS : ON_EITHER_SIDE;
    }

    private int nameEnd(int from) {
        int end = from;
        while (NulFreeText.isNamePart(text.at(end))) {
            end++;
        }
        return end;
    }

    private int behindElement(int nameStart, int nameEnd) {
        int tagEnd = text.skipSpace(nameEnd);
        if (text.at(tagEnd) == '/' && text.at(tagEnd + 1) == '>') {
            return tagEnd + 2;
        }
        int next = text.at(tagEnd) == '>' ? text.indexOf('<', tagEnd) : NulFreeText.NONE;
        int end = next < 0 ? FOLLOWS : behindEndTag(next, nameStart, nameEnd);
        if (end >= 0 && whole) {
            replace(tagEnd, next);
        }
        return end;
    }

    private int behindEndTag(int at, int nameStart, int nameEnd) {
        int i = at + 1;
        if (text.at(i++) != '/') {
            return FOLLOWS;
        }
        for (int c = nameStart; c < nameEnd; c++) {
            if (text.at(i++) != text.at(c)) {
                return FOLLOWS;
            }
        }
        i = text.skipSpace(i);
        return text.at(i) == '>' ? i + 1 : FOLLOWS;
    }

    /** Goes through the attributes that begin with the space here, to the end of their tag. */
    private int behindAttributes(int space, boolean replacing) {
        int i = space;
        int start = text.skipSpace(i);
        while (start > i && NulFreeText.isNamePart(text.at(start))) {
            int end = behindAttribute(start, replacing);
            if (end < 0) {
                return end;
            }
            i = end;
            start = text.skipSpace(i);
        }
        if (text.at(start) == '/') {
            start++;
        }
        return text.at(start) == '>' ? start + 1 : FOLLOWS;
    }

    private int behindAttribute(int nameStart, boolean replacing) {
        int nameEnd = nameEnd(nameStart);
        int equals = text.skipSpace(nameEnd);
        int open = text.skipSpace(equals + 1);
        int quote = text.at(open);
        if (text.at(equals) != '=' || (quote != '"' && quote != '\'')) {
            return FOLLOWS;
        }
        int close = text.indexOf(quote, open + 1);
        if (close < 0 || holdsMarkup(open, close)) {
            return FOLLOWS;
        }
        boolean secret = SecretWords.next(text, nameStart, nameEnd) >= 0;
        if (secret && replacing) {
            replace(open, close);
        }
        // Name="WifiPassword" Value="…"
        boolean namesSecret = !secret && SecretWords.next(text, open, close) >= 0;
        return namesSecret ? ON_EITHER_SIDE : close + 1;
    }

    private boolean holdsMarkup(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.at(i) == '<') {
                return true;
            }
        }
        return false;
    }

    /** Whether this is a JSON key, or the name in {@code name=value}. */
    private boolean isKey(int nameStart, int nameEnd) {
        boolean quoted = text.at(nameStart - 1) == '"' && text.at(nameEnd) == '"';
        int sign = text.skipSpace(quoted ? nameEnd + 1 : nameEnd);
        int value = text.at(text.skipSpace(sign + 1));
        return text.at(sign) == (quoted ? ':' : '=') && value != NulFreeText.NONE && value != '<';
    }

    /** Replaces what stands between two characters. */
    private void replace(int before, int after) {
        int from = behind(before);
        int to = text.place(after);
        if (width == Width.BIG_ENDIAN && to > from && body[to - 1] == 0) {
            to--;
        }
        copyTo(from);
        out.writeBytes(width.mask());
        copied = to;
    }

    /** The place behind a character. */
    private int behind(int index) {
        int place = text.place(index) + 1;
        boolean low = width == Width.LITTLE_ENDIAN && place < body.length && body[place] == 0;
        return low ? place + 1 : place;
    }

    private void copyTo(int place) {
        out.write(body, copied, place - copied);
        copied = place;
    }

    private MaskedBody finish(int from, int to, Masking masking) {
        copyTo(from);
        out.writeBytes(width.mask());
        copied = to;
        return result(masking);
    }

    private MaskedBody result(Masking masking) {
        return new MaskedBody(ByteBuffer.wrap(out.toByteArray()), masking);
    }
}
