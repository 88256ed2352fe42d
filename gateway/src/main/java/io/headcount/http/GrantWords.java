package io.headcount.http;

import java.util.HashSet;
import java.util.Set;

/**
 * What stands behind a token: {@code *}, or words like {@code device=ID} and {@code site="ID with blanks"}; in quotes, \" and \\
 * stand for " and \. A word that begins with # ends the line. text -> Grant, or what is wrong.
 */
final class GrantWords {
    private static final int MAX_ID_CHARS = 128; // no longer one is accepted in a post
    private static final String DEVICE = "device=";
    private static final String SITE = "site=";

    private final String text;
    private final Set<String> devices = new HashSet<>();
    private final Set<String> sites = new HashSet<>();
    private boolean all;
    private int at;

    GrantWords(String text) {
        this.text = text;
    }

    /** Reads the text; null when it is right, or what is wrong with it, in words of our own. */
    String read() {
        String mistake = null;
        while (mistake == null && nextWord()) {
            mistake = readWord();
        }
        if (mistake == null && all && ids() > 0) {
            return "* beside devices or sites";
        }
        return mistake == null && !all && ids() == 0 ? "a token for nothing" : mistake;
    }

    /** Devices and sites named. */
    int ids() {
        return devices.size() + sites.size();
    }

    Grant grant() {
        return all ? Grant.ALL : new Grant(devices, sites);
    }

    private boolean nextWord() {
        while (at < text.length() && blank(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) != '#';
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private String readWord() {
        if (text.startsWith(DEVICE, at)) {
            at += DEVICE.length();
            return readId(devices);
        }
        if (text.startsWith(SITE, at)) {
            at += SITE.length();
            return readId(sites);
        }
        boolean star = text.charAt(at++) == '*' && wordEnds();
        all |= star;
        return star ? null : "a word that is neither device=, site= nor *";
    }

    private boolean wordEnds() {
        return at == text.length() || blank(text.charAt(at));
    }

    private String readId(Set<String> to) {
        StringBuilder id = new StringBuilder();
        boolean quoted = !wordEnds() && text.charAt(at) == '"';
        String mistake = quoted ? readQuoted(id) : readBare(id);
        if (mistake != null) {
            return mistake;
        }
        if (id.isEmpty() || id.length() > MAX_ID_CHARS || id.chars().anyMatch(Character::isISOControl)) {
            return "an ID that no post can have: 1 to " + MAX_ID_CHARS
                    + " characters, none of them a control character";
        }
        to.add(id.toString());
        return null;
    }

    private String readBare(StringBuilder id) {
        while (!wordEnds()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return "a quote inside of an ID";
            }
            id.append(c);
        }
        return null;
    }

    private String readQuoted(StringBuilder id) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
                if (text.charAt(at) != '"' && text.charAt(at) != '\\') {
                    return "a \\ before another character than \" and \\";
                }
            }
            id.append(text.charAt(at++));
        }
        if (at == text.length()) {
            return "a quote without its end";
        }
        at++;
        return wordEnds() ? null : "something right behind a quote";
    }
}
