package io.headcount.http;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file cut into its blocks (RFC 7468); text between them is ignored. What is wrong with it becomes a complaint that names
 * key and file and nothing of what stands in it. Any thread. file -> labelled bytes.
 *
 * @param key the setting that names the file
 * @param file where it is
 * @param blocks what it holds, in order; one at least
 */
record PemFile(String key, Path file, List<Block> blocks) {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

    /**
     * One block.
     *
     * @param label what its first line calls it, CERTIFICATE for example
     * @param encrypted whether a header in front of its bytes says that they are encrypted, as in old key files
     * @param base64 what stands between its first and last line
     */
    record Block(String label, boolean encrypted, String base64) {}

    /**
     * Reads a file.
     *
     * @throws InvalidSetting naming the key and the file, and what was expected
     */
    static PemFile read(String key, Path file) {
        List<Block> blocks = new ArrayList<>();
        Iterator<String> lines = text(key, file).lines().iterator();
        while (lines.hasNext()) {
            Matcher begin = BEGIN.matcher(lines.next().strip());
            if (begin.matches()) {
                blocks.add(block(key, file, begin.group(1), lines));
            }
        }
        if (blocks.isEmpty()) {
            throw complaint(key, file, "not PEM", "text with lines as in -----BEGIN CERTIFICATE-----");
        }
        return new PemFile(key, file, List.copyOf(blocks));
    }

    private static String text(String key, Path file) {
        if (!Files.isRegularFile(file)) {
            throw complaint(key, file, Files.exists(file) ? "not a file" : "no such file", "a PEM file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw complaint(key, file, "larger than 1 MiB", "a PEM file");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw complaint(key, file, "not readable", "a PEM file that this user may read");
        }
    }

    private static Block block(String key, Path file, String label, Iterator<String> lines) {
        StringBuilder base64 = new StringBuilder();
        boolean encrypted = false;
        while (lines.hasNext()) {
            String line = lines.next().strip();
            if (line.equals("-----END " + label + "-----")) {
                return new Block(label, encrypted, base64.toString());
            }
            encrypted |= line.indexOf(':') >= 0; // a header, which only old encrypted keys have
            base64.append(line);
        }
        throw complaint(key, file, "cut off in the middle", "an END line for every BEGIN line");
    }

    /** The bytes that a block stands for. */
    byte[] bytes(Block block) {
        try {
            return Base64.getDecoder().decode(block.base64());
        } catch (IllegalArgumentException broken) {
            throw complaint("broken base64", "a PEM file");
        }
    }

    /** The blocks so labelled. */
    List<Block> labelled(String label) {
        return blocks.stream().filter(block -> block.label().equals(label)).toList();
    }

    /** What is wrong with this file. */
    InvalidSetting complaint(String fault, String expected) {
        return complaint(key, file, fault, expected);
    }

    private static InvalidSetting complaint(String key, Path file, String fault, String expected) {
        return new InvalidSetting(key, file + ": " + fault, expected);
    }
}
