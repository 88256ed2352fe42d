package io.headcount.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A secret that must be found nowhere: numbered, so that a find tells whose it is, and recognised by either half, so that a part
 * of it is found, too. Looked for as text, in UTF-16, base64 in each of its three alignments, hexadecimal and URL-encoded.
 */
final class Canary {
    private static final List<String> HALVES = List.of("Qx7LwG", "Zk9VjT");
    private static final Map<String, String> NEEDLES = needles();

    private Canary() {}

    /** The secret of this number. */
    static String of(int number) {
        return HALVES.get(0) + number + HALVES.get(1);
    }

    /** Where and in what form it is found in these bytes; empty: nowhere. */
    static List<String> find(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        List<String> found = new ArrayList<>();
        NEEDLES.forEach((needle, form) -> {
            int at = text.indexOf(needle);
            if (at >= 0) {
                String around = text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 60));
                found.add(form + " at " + at + ": " + around.replaceAll("[^ -~]", "."));
            }
        });
        return found;
    }

    /** The forms in which it is looked for. */
    static List<byte[]> forms() {
        return NEEDLES.keySet().stream().map(form -> form.getBytes(ISO_8859_1)).toList();
    }

    private static Map<String, String> needles() {
        Map<String, String> needles = new TreeMap<>();
        for (String half : HALVES) {
            for (String spelling : List.of(half, half.toLowerCase(Locale.ROOT), half.toUpperCase(Locale.ROOT))) {
                for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
                    addForms(needles, spelling.getBytes(charset), charset.name());
                }
            }
        }
        return needles;
    }

    private static void addForms(Map<String, String> needles, byte[] word, String charset) {
        needles.put(new String(word, ISO_8859_1), charset);
        String hex = HexFormat.of().formatHex(word);
        needles.put(hex, "hexadecimal " + charset);
        needles.put(hex.toUpperCase(Locale.ROOT), "hexadecimal " + charset);
        String urlEncoded = HexFormat.ofDelimiter("%").withPrefix("").formatHex(word);
        needles.put("%" + urlEncoded, "URL-encoded " + charset);
        needles.put("%" + urlEncoded.toUpperCase(Locale.ROOT), "URL-encoded " + charset);
        for (int before = 0; before < 3; before++) {
            needles.put(base64(word, before), "base64 " + charset);
        }
    }

    /** The characters that the word alone decides, with so many bytes in front of it. */
    private static String base64(byte[] word, int before) {
        byte[] shifted = new byte[before + word.length];
        System.arraycopy(word, 0, shifted, before, word.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = before == 0 ? 0 : before + 1;
        int last = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(first, last);
    }
}
