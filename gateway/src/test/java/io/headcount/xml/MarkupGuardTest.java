package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The guard in front of aalto against a plain reading of its rules, which knows the whole document. */
class MarkupGuardTest {
    private static final int ROUNDS = Integer.getInteger("headcount.rounds", 20_000);
    private static final long SEED = Long.getLong("headcount.seed", 20_221_107L);
    private static final int MAX_TAG_BYTES = 40;
    private static final int MAX_TEXT_BYTES = 30;

    private static final List<String> PARTS = List.of(
            "<a>",
            "</a>",
            "<a/>",
            "<a b=\"",
            "<a b='",
            "\"",
            "'",
            ">",
            "<",
            "/>",
            "=",
            " ",
            "\n",
            "a:b",
            ":",
            "p:=",
            "]",
            "]]",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-",
            "--",
            "-->",
            "<!D",
            "<!x",
            "<!-x",
            "<![CDx",
            "<?",
            "&",
            "&#",
            "&#x",
            ";",
            "&#;",
            "&#x;",
            "&#x4;",
            "&amp;",
            "\0",
            "\u001F",
            "\u00e9",
            "\u4e2d",
            "text",
            "x".repeat(9),
            "12345678",
            "\t\r");

    /** Where a document is refused and why; at its length and null where it is not. */
    private record Verdict(int at, RefusalReason reason) {}

    @Test
    void shouldSayWhatAPlainReadingSaysHoweverCut() {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            byte[] document = document(random);

            Verdict verdict = inPieces(document, random, 1 + random.nextInt(document.length));

            assertThat(verdict)
                    .as(() -> "-Dheadcount.seed=" + SEED + ": " + new String(document, StandardCharsets.UTF_8))
                    .isEqualTo(new PlainGuard(document).verdict());
            refused += verdict.reason() == null ? 0 : 1;
        }
        assertThat(refused).as("rounds that were refused").isBetween(ROUNDS / 20, ROUNDS / 20 * 19);
    }

    private static byte[] document(Random random) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        int parts = 1 + random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            document.writeBytes(PARTS.get(random.nextInt(PARTS.size())).getBytes(StandardCharsets.UTF_8));
        }
        return document.toByteArray();
    }

    private static Verdict inPieces(byte[] b, Random random, int longest) {
        MarkupGuard guard = new MarkupGuard(MAX_TAG_BYTES, MAX_TEXT_BYTES);
        guard.begin();
        int off = 0;
        while (off < b.length) {
            int len = Math.min(b.length - off, 1 + random.nextInt(longest));
            int looked = guard.look(b, off, len);
            off += looked;
            if (looked < len) {
                return new Verdict(off, guard.refusal());
            }
        }
        return new Verdict(off, guard.refusal());
    }

    /** Finds the end of each piece of markup by searching, and the first fault in it. */
    private static final class PlainGuard {
        private final String text;
        private Verdict fault;

        PlainGuard(byte[] document) {
            text = new String(document, StandardCharsets.ISO_8859_1);
            fault = new Verdict(document.length, null);
        }

        Verdict verdict() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' && "\t\n\r".indexOf(c) < 0) {
                    fault(i, RefusalReason.NOT_WELL_FORMED);
                }
            }
            int at = 0;
            while (at < text.length()) {
                at = text.charAt(at) == '<' ? markup(at + 1) : text(at);
            }
            return fault;
        }

        private void fault(int at, RefusalReason reason) {
            if (at >= 0 && at < fault.at()) {
                fault = new Verdict(at, reason);
            }
        }

        /** The end of what begins at {@code from}: behind {@code closing}, or the document's. */
        private int endOf(String closing, int from) {
            int at = text.indexOf(closing, from);
            return at < 0 ? text.length() : at + closing.length();
        }

        private int text(int from) {
            int end = text.indexOf('<', from) < 0 ? text.length() : text.indexOf('<', from);
            String piece = text.substring(from, end);
            int closing = piece.indexOf("]]>");
            fault(closing < 0 ? -1 : from + closing + 2, RefusalReason.NOT_WELL_FORMED);
            emptyReferences(from, end);
            bound(from, end, MAX_TEXT_BYTES);
            return end;
        }

        private void bound(int from, int end, int most) {
            if (end - from > most) {
                fault(from + most, RefusalReason.XML_BOUND);
            }
        }

        private void emptyReferences(int from, int end) {
            for (String empty : List.of("&#;", "&#x;")) {
                int at = text.substring(from, end).indexOf(empty);
                fault(at < 0 ? -1 : from + at + empty.length() - 1, RefusalReason.NOT_WELL_FORMED);
            }
        }

        private int markup(int from) {
            if (text.startsWith("?", from)) {
                fault(from, RefusalReason.PROCESSING_INSTRUCTION);
                return text.length();
            }
            return text.startsWith("!", from) ? declaration(from + 1) : tag(from);
        }

        private int declaration(int from) {
            if (text.startsWith("--", from)) {
                int end = endOf("-->", from + 2);
                // the end itself is let pass, one byte longer than the bound
                boolean ended = text.startsWith("-->", end - 3) && end - 3 >= from + 2;
                bound(from - 1, ended ? end - 1 : end, MAX_TAG_BYTES);
                return end;
            }
            if (text.startsWith("[CDATA[", from)) {
                int end = endOf("]]>", from + 7);
                boolean ended = text.startsWith("]]>", end - 3) && end - 3 >= from + 7;
                bound(from + 7, ended ? end - 1 : end, MAX_TEXT_BYTES);
                return end;
            }
            return otherDeclaration(from);
        }

        private int otherDeclaration(int from) {
            String opening = text.startsWith("-", from) ? "--" : "[CDATA[";
            int same = 0;
            while (from + same < text.length() && text.charAt(from + same) == opening.charAt(same)) {
                same++;
            }
            boolean doctype = same == 0 && text.startsWith("D", from);
            fault(from + same, doctype ? RefusalReason.DOCTYPE : RefusalReason.NOT_WELL_FORMED);
            return text.length();
        }

        private int tag(int from) {
            int at = from + 1; // the first byte is anything
            while (at < text.length() && text.charAt(at) != '>') {
                char c = text.charAt(at);
                if (c == '"' || c == '\'') {
                    int end = endOf(String.valueOf(c), at + 1);
                    emptyReferences(at + 1, end);
                    at = end;
                } else {
                    colon(from, at);
                    at++;
                }
            }
            colon(from, at);
            bound(from, at, MAX_TAG_BYTES);
            return Math.min(at + 1, text.length());
        }

        /** A byte that ends a name right behind a colon outside of quotes; the tag's first byte is no such colon. */
        private void colon(int from, int at) {
            boolean behind = at < text.length() && at - 1 > from && text.charAt(at - 1) == ':';
            if (behind && "=/> \t\r\n".indexOf(text.charAt(at)) >= 0) {
                fault(at, RefusalReason.NOT_WELL_FORMED);
            }
        }
    }
}
