package io.headcount.http;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that {@code http.tokens} names: a token and what it allows a line, in UTF-8. One thread at a time.
 * file -> Tokens, or where it is wrong.
 *
 * <pre>
 * # a comment
 * TOKEN device=ID [device=ID...] [site=SITEID...]
 * TOKEN *
 * </pre>
 *
 * <p>Design note: tokens are digested where they stand in the file's bytes, and the bytes are wiped, so that none is ever made a
 * text of, which would stay in memory and could end in a message.
 */
public final class TokenFile {
    /** Bytes of a file. */
    static final int MAX_BYTES = 32 << 20;
    /** Tokens of a file. */
    static final int MAX_TOKENS = 200_000;
    /** Ids of a file, over all its tokens. */
    static final int MAX_IDS = 500_000;

    private static final int MIN_TOKEN_CHARS = 16;
    private static final int MAX_TOKEN_CHARS = 128;
    private static final String KEY = "http.tokens";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Path file;
    private final Map<TokenDigest, Grant> grants = new HashMap<>();
    private final Map<TokenDigest, Integer> lines = new HashMap<>();
    private int ids;
    private int line;

    private TokenFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidSetting naming file and line and what was expected, and no token
     */
    public static Tokens read(Path file) {
        byte[] bytes = bytes(file);
        try {
            return new TokenFile(file).read(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** What the operator should know of a file that can be used; a sentence each. */
    public static List<String> warnings(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    ? List.of(KEY + ": every user of this machine can read " + file + " (expected: chmod o-r)")
                    : List.of();
        } catch (IOException | UnsupportedOperationException noSuchPermissions) {
            return List.of();
        }
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidSetting(KEY, file + " has more than " + MAX_BYTES + " bytes", "fewer tokens");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new InvalidSetting(KEY, file + ": no such file, or not readable", "a file of tokens");
        }
    }

    private Tokens read(byte[] b) {
        int from = skipByteOrderMark(b);
        while (from < b.length) {
            line++;
            int to = endOfLine(b, from);
            readLine(b, from, to);
            from = to + 1;
        }
        if (grants.isEmpty()) {
            throw new InvalidSetting(KEY, file + " has no tokens", "a line with a token at the least; no file: \"\"");
        }
        return new Tokens(grants);
    }

    private static int skipByteOrderMark(byte[] b) {
        byte[] mark = BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8);
        return b.length >= mark.length && Arrays.equals(b, 0, mark.length, mark, 0, mark.length) ? mark.length : 0;
    }

    private static int endOfLine(byte[] b, int from) {
        int to = from;
        while (to < b.length && b[to] != '\n') {
            to++;
        }
        return to;
    }

    private void readLine(byte[] b, int lineFrom, int lineTo) {
        int from = lineFrom;
        while (from < lineTo && blank(b[from])) {
            from++;
        }
        int to = from;
        while (to < lineTo && !blank(b[to])) {
            to++;
        }
        if (from < to && b[from] != '#') {
            TokenDigest token = token(b, from, to);
            grants.put(token, grant(b, to, lineTo));
        }
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private TokenDigest token(byte[] b, int from, int to) {
        boolean right = to - from >= MIN_TOKEN_CHARS && to - from <= MAX_TOKEN_CHARS;
        for (int i = from; i < to; i++) {
            right &= tokenCharacter(b[i]);
        }
        if (!right) {
            throw wrong(
                    "the first word is no token",
                    MIN_TOKEN_CHARS + " to " + MAX_TOKEN_CHARS + " characters of A to Z, a to z, 0 to 9, _ and -");
        }
        if (grants.size() == MAX_TOKENS) {
            throw wrong("one token too many", "at most " + MAX_TOKENS);
        }
        TokenDigest token = TokenDigest.of(b, from, to - from);
        Integer before = lines.put(token, line);
        if (before != null) {
            throw wrong("the token of line " + before + " again", "each token once, with all its devices and sites");
        }
        return token;
    }

    private static boolean tokenCharacter(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private Grant grant(byte[] b, int from, int to) {
        GrantWords words = new GrantWords(text(b, from, to));
        String mistake = words.read();
        if (mistake != null) {
            throw wrong(mistake, "device=ID, site=ID or * behind the token, IDs with blanks in quotes");
        }
        ids += words.ids();
        if (ids > MAX_IDS) {
            throw wrong("one device or site too many", "at most " + MAX_IDS + " in a file");
        }
        return words.grant();
    }

    private String text(byte[] b, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(b, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw wrong("not UTF-8", "a file in UTF-8");
        }
    }

    private InvalidSetting wrong(String what, String expected) {
        return new InvalidSetting(KEY, file + ":" + line + ": " + what, expected);
    }
}
