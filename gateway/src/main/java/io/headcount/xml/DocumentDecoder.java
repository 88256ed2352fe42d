package io.headcount.xml;

import io.headcount.model.RefusalReason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds a document's encoding by its byte order mark and XML declaration, takes both off, and passes the rest on as valid
 * UTF-8 (PROTOCOL, decision 10). bytes -> UTF-8 bytes. Not thread-safe. What stands before invalid bytes is passed on before
 * they are refused, so that the first fault of a document decides, however it is cut into chunks.
 *
 * <p>Design note: aalto itself knows UTF-8, US-ASCII and ISO-8859-1 and does not check UTF-8 for overlong forms. It never
 * sees a declaration: in place of it it gets a line feed, so that a second declaration is an error to it.
 */
final class DocumentDecoder {
    /** Takes the decoded document, a piece at a time. */
    interface Sink {
        /** Null to go on, or why the document is refused. */
        RefusalReason take(byte[] b, int off, int len);
    }

    private static final int MAX_HEAD_BYTES = 4 + 2 * XmlDeclaration.MAX_CHARS;
    private static final int MAX_CARRY_BYTES = 8;
    private static final int PIECE_CHARS = 512;
    private static final int UTF8_BYTES_PER_CHAR = 3;
    private static final int MAX_UTF8_BYTES = 4;
    private static final byte[] LINE_FEED = {'\n'};

    private final Sink sink;
    private final int maxLeadingSpace;
    private final Utf8Validator utf8 = new Utf8Validator();
    private final byte[] partial = new byte[MAX_UTF8_BYTES];
    private int partialLength;
    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headLength;
    private int leadingSpace;
    private HeadEncoding family;
    private boolean hasBom;
    private boolean headDone;

    // the declaration read last, most often the next document's too; none: no bytes
    private byte[] knownDeclaration = new byte[0];
    private String knownEncoding = "";

    // transcoding only; made when a document first needs it
    private CharsetDecoder decoder;
    private CharsetEncoder encoder;
    private byte[] carry;
    private int carryLength;
    private CharBuffer chars;
    private byte[] encoded;

    DocumentDecoder(Sink sink, int maxLeadingSpace) {
        this.sink = sink;
        this.maxLeadingSpace = maxLeadingSpace;
    }

    void begin() {
        headLength = 0;
        leadingSpace = 0;
        family = null;
        hasBom = false;
        headDone = false;
        decoder = null;
        partialLength = 0;
        carryLength = 0;
        utf8.begin();
    }

    /** Takes the next bytes of the document. Null to go on, or why it is refused. */
    RefusalReason feed(byte[] b, int off, int len) {
        if (headDone) {
            return decode(b, off, len);
        }
        int position = off;
        int end = off + len;
        while (position < end && !headDone) {
            int taken = Math.min(end - position, head.length - headLength);
            System.arraycopy(b, position, head, headLength, taken);
            headLength += taken;
            position += taken;
            RefusalReason reason = readHead(false);
            if (reason != null) {
                return reason;
            }
        }
        return position < end ? decode(b, position, end - position) : null;
    }

    /** Whether the document is in UTF-8 as it comes. */
    boolean passesOnWhatItGets() {
        return decoder == null;
    }

    /** The document ends here. Null where it does not end inside a character, or why it is refused. */
    RefusalReason finish() {
        if (!headDone) {
            RefusalReason reason = readHead(true);
            if (reason != null) {
                return reason;
            }
        }
        if (!headDone) {
            return RefusalReason.EMPTY_DOCUMENT;
        }
        boolean whole = decoder == null ? utf8.begun() == 0 : carryLength == 0;
        return whole ? null : RefusalReason.TRUNCATED;
    }

    /** Decides on the encoding as soon as the bytes so far, or the document's end, allow it. */
    private RefusalReason readHead(boolean last) {
        if (family == null && !findFamily(last)) {
            return null;
        }
        if (family == HeadEncoding.UTF_32) {
            return RefusalReason.ENCODING_UNKNOWN;
        }
        skipSpace();
        if (leadingSpace > maxLeadingSpace) {
            return RefusalReason.XML_BOUND;
        }
        int units = headLength / family.unitBytes();
        return units == 0 ? null : readDeclaration(units, last);
    }

    private boolean findFamily(boolean last) {
        family = HeadEncoding.of(head, headLength, last);
        if (family != null) {
            int bom = family.bomBytes(head, headLength);
            hasBom = bom > 0;
            dropHead(bom);
        }
        return family != null;
    }

    private void skipSpace() {
        int units = headLength / family.unitBytes();
        int spaces = 0;
        while (spaces < units && isSpace(family.unit(head, spaces))) {
            spaces++;
        }
        leadingSpace += spaces;
        dropHead(spaces * family.unitBytes());
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private void dropHead(int bytes) {
        headLength -= bytes;
        System.arraycopy(head, bytes, head, 0, headLength);
    }

    private RefusalReason readDeclaration(int units, boolean last) {
        if (family == HeadEncoding.ASCII_BASED && isKnown()) {
            return beginBody(knownEncoding, knownDeclaration.length);
        }
        if (!opensDeclaration(Math.min(units, XmlDeclaration.OPENING.length()))) {
            return beginBody("", 0);
        }
        if (units <= XmlDeclaration.OPENING.length()) {
            return last ? RefusalReason.TRUNCATED : null;
        }
        return isSpace(family.unit(head, XmlDeclaration.OPENING.length()))
                ? readDeclaration(text(Math.min(units, XmlDeclaration.MAX_CHARS)), last)
                : beginBody("", 0);
    }

    private boolean isKnown() {
        int length = knownDeclaration.length;
        return length > 0 && headLength >= length && Arrays.equals(head, 0, length, knownDeclaration, 0, length);
    }

    private boolean opensDeclaration(int compared) {
        for (int i = 0; i < compared; i++) {
            if (family.unit(head, i) != XmlDeclaration.OPENING.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int units) {
        StringBuilder text = new StringBuilder(units);
        for (int i = 0; i < units; i++) {
            text.append(family.unit(head, i));
        }
        return text.toString();
    }

    private RefusalReason readDeclaration(String text, boolean last) {
        int end = text.indexOf("?>") + 2;
        if (end < 2) {
            return text.length() == XmlDeclaration.MAX_CHARS
                    ? RefusalReason.NOT_WELL_FORMED
                    : last ? RefusalReason.TRUNCATED : null;
        }
        String encoding = XmlDeclaration.encodingOf(text.substring(0, end));
        if (encoding == null) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        if (family == HeadEncoding.ASCII_BASED) {
            knownDeclaration = Arrays.copyOf(head, end);
            knownEncoding = encoding.toLowerCase(Locale.ROOT);
        }
        return beginBody(encoding, end);
    }

    private RefusalReason beginBody(String declared, int declarationUnits) {
        RefusalReason reason = family.refusal(declared, hasBom);
        if (reason != null) {
            return reason;
        }
        Charset charset = family.charset(declared);
        if (!charset.equals(StandardCharsets.UTF_8)) {
            beginTranscoding(charset);
        }
        headDone = true;
        reason = sink.take(LINE_FEED, 0, 1);
        if (reason != null) {
            return reason;
        }
        int skipped = declarationUnits * family.unitBytes();
        return decode(head, skipped, headLength - skipped);
    }

    private void beginTranscoding(Charset charset) {
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (chars == null) {
            encoder = StandardCharsets.UTF_8.newEncoder();
            carry = new byte[MAX_CARRY_BYTES + PIECE_CHARS];
            chars = CharBuffer.allocate(PIECE_CHARS);
            encoded = new byte[PIECE_CHARS * UTF8_BYTES_PER_CHAR];
        }
    }

    private RefusalReason decode(byte[] b, int off, int len) {
        if (decoder == null) {
            return decodeUtf8(b, off, len);
        }
        int position = off;
        int end = off + len;
        while (position < end) {
            int taken = Math.min(end - position, carry.length - carryLength);
            System.arraycopy(b, position, carry, carryLength, taken);
            carryLength += taken;
            position += taken;
            RefusalReason reason = transcodeCarry();
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    /** Passes on whole characters only: aalto loses one of four bytes in an attribute when it comes in two pieces. */
    private RefusalReason decodeUtf8(byte[] b, int off, int len) {
        int missing = utf8.missing();
        int valid = utf8.accepted(b, off, len);
        int completing = Math.min(missing, valid);
        hold(b, off, completing);
        RefusalReason reason = null;
        if (completing == missing) {
            reason = takeSome(partial, 0, partialLength);
            partialLength = 0;
            int whole = valid - completing - utf8.begun();
            reason = reason != null ? reason : takeSome(b, off + completing, whole);
            hold(b, off + completing + whole, utf8.begun());
        }
        return reason == null && valid < len ? RefusalReason.ENCODING_INVALID : reason;
    }

    private void hold(byte[] b, int off, int len) {
        System.arraycopy(b, off, partial, partialLength, len);
        partialLength += len;
    }

    private RefusalReason takeSome(byte[] b, int off, int len) {
        return len == 0 ? null : sink.take(b, off, len);
    }

    /** Passes on what the carry holds in whole characters; what is left of it stays. */
    private RefusalReason transcodeCarry() {
        ByteBuffer bytes = ByteBuffer.wrap(carry, 0, carryLength);
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(bytes, chars, false);
            chars.flip();
            RefusalReason reason = takeChars();
            if (reason != null || result.isError()) {
                return reason != null ? reason : RefusalReason.ENCODING_INVALID;
            }
        } while (result.isOverflow());
        carryLength = bytes.remaining();
        System.arraycopy(carry, bytes.position(), carry, 0, carryLength);
        return carryLength > MAX_CARRY_BYTES ? RefusalReason.ENCODING_INVALID : null;
    }

    private RefusalReason takeChars() {
        if (!chars.hasRemaining()) {
            return null;
        }
        ByteBuffer out = ByteBuffer.wrap(encoded);
        CoderResult result = encoder.reset().encode(chars, out, true);
        return result.isError() ? RefusalReason.ENCODING_INVALID : sink.take(encoded, 0, out.position());
    }
}
