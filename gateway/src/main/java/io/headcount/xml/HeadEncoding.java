package io.headcount.xml;

import io.headcount.model.RefusalReason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * How a document's first characters are coded, as far as its first four bytes tell (XML 1.0, appendix F): enough to read the
 * declaration, which tells the rest.
 */
enum HeadEncoding {
    /** One byte a character for everything in a declaration: UTF-8, GBK and the like. */
    ASCII_BASED(1),
    UTF_16_BE(2),
    UTF_16_LE(2),
    /** Recognised in order to be refused. */
    UTF_32(4);

    private static final int UNDECIDED_BELOW = 4;

    private static final Map<String, Charset> ASCII_BASED_CHARSETS = Map.ofEntries(
            Map.entry("", StandardCharsets.UTF_8),
            Map.entry("utf-8", StandardCharsets.UTF_8),
            Map.entry("utf8", StandardCharsets.UTF_8),
            Map.entry("us-ascii", StandardCharsets.US_ASCII),
            Map.entry("ascii", StandardCharsets.US_ASCII),
            Map.entry("iso-8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("latin1", StandardCharsets.ISO_8859_1),
            Map.entry("gbk", Charset.forName("GBK")),
            Map.entry("gb2312", Charset.forName("GB2312")),
            Map.entry("gb18030", Charset.forName("GB18030")));

    private final int unitBytes;

    HeadEncoding(int unitBytes) {
        this.unitBytes = unitBytes;
    }

    /** Tells by the first bytes; null while there are too few of them and the document goes on. */
    static HeadEncoding of(byte[] b, int length, boolean last) {
        if (length < UNDECIDED_BELOW) {
            return last ? ASCII_BASED : null;
        }
        int quad = (b[0] & 0xFF) << 24 | (b[1] & 0xFF) << 16 | (b[2] & 0xFF) << 8 | (b[3] & 0xFF);
        if (quad == 0x0000FEFF || quad == 0xFFFE0000 || quad == 0x0000003C || quad == 0x3C000000) {
            return UTF_32;
        }
        int pair = quad >>> 16;
        if (pair == 0xFEFF || (b[0] == 0 && b[1] != 0)) {
            return UTF_16_BE;
        }
        return pair == 0xFFFE || (b[0] != 0 && b[1] == 0) ? UTF_16_LE : ASCII_BASED;
    }

    int unitBytes() {
        return unitBytes;
    }

    /** Length of the byte order mark at the beginning, 0 where there is none. */
    int bomBytes(byte[] b, int length) {
        if (this == ASCII_BASED) {
            return hasUtf8Bom(b, length) ? 3 : 0;
        }
        return this != UTF_32 && unit(b, 0) == '\uFEFF' ? 2 : 0;
    }

    private static boolean hasUtf8Bom(byte[] b, int length) {
        return length >= 3 && (b[0] & 0xFF) == 0xEF && (b[1] & 0xFF) == 0xBB && (b[2] & 0xFF) == 0xBF;
    }

    /** Code unit number {@code index}. */
    char unit(byte[] b, int index) {
        int at = index * unitBytes;
        return switch (this) {
            case UTF_16_BE -> (char) ((b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF));
            case UTF_16_LE -> (char) ((b[at + 1] & 0xFF) << 8 | (b[at] & 0xFF));
            default -> (char) (b[at] & 0xFF);
        };
    }

    /** Why a document that declares {@code encoding} can't be read, or null; "" where it declares none. */
    RefusalReason refusal(String encoding, boolean hasBom) {
        String name = encoding.toLowerCase(Locale.ROOT);
        boolean declaresUtf16 = name.startsWith("utf-16");
        if (this == ASCII_BASED) {
            boolean declaresUtf8 = name.isEmpty() || name.startsWith("utf");
            if (hasBom && !declaresUtf8) {
                return RefusalReason.ENCODING_INVALID;
            }
            return ASCII_BASED_CHARSETS.containsKey(name)
                    ? null
                    : declaresUtf16 ? RefusalReason.ENCODING_INVALID : RefusalReason.ENCODING_UNKNOWN;
        }
        boolean matches = name.isEmpty() || name.equals("utf-16") || name.equals(ownName());
        return matches ? null : RefusalReason.ENCODING_INVALID;
    }

    private String ownName() {
        return this == UTF_16_BE ? "utf-16be" : "utf-16le";
    }

    /** The character set of a document that declares {@code encoding} and is not refused. */
    Charset charset(String encoding) {
        return switch (this) {
            case UTF_16_BE -> StandardCharsets.UTF_16BE;
            case UTF_16_LE -> StandardCharsets.UTF_16LE;
            default -> ASCII_BASED_CHARSETS.get(encoding.toLowerCase(Locale.ROOT));
        };
    }
}
