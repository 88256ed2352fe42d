package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

/** Samples with random damage. A failure prints the seed and the round, which make it happen again. */
class MutatedDocumentsTest {
    private static final int ROUNDS = Integer.getInteger("headcount.rounds", 20_000);
    private static final long SEED = Long.getLong("headcount.seed", 20_221_107L);

    private static final List<String> SNIPPETS = List.of(
            "<",
            ">",
            "&",
            "&lt;",
            "&#x41;",
            "&#0;",
            "&foo;",
            "]]>",
            "<![CDATA[",
            "<![CDATA[x]]>",
            "<!--",
            "-->",
            "--",
            "<!-- c -->",
            "<?",
            "?>",
            "<?pi x?>",
            "<!DOCTYPE a>",
            "\"",
            "'",
            "=",
            "/",
            "/>",
            "</",
            "<Count/>",
            "<a:b/>",
            " xmlns:a=\"u\"",
            " xmlns:a=\"\"",
            " xmlns=\"u\"",
            " x=\"1\"",
            " Enters=\"3\"",
            "\0",
            "\u00e9",
            "\u4e2d",
            "\ud83d\ude00",
            "\ufeff",
            "\ufffe",
            "<?xml version=\"1.0\"?>",
            "encoding=\"gbk\"",
            "-",
            "0",
            " ",
            "\r\n");

    private final Parsing parsing = new Parsing().at(Parsing.LATER_MS);
    private final List<byte[]> samples =
            Samples.names().stream().map(Parsing::sample).toList();

    @Test
    void shouldHaveOneOutcomeHoweverDamagedAndCut() {
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            byte[] document = mutate(samples.get(random.nextInt(samples.size())), random);
            String whole = parsing.read(document);
            String pieces = parsing.readInPieces(document, random, 1 + random.nextInt(40));
            assertThat(pieces).as(() -> described(random, document)).isEqualTo(whole);
            if (!whole.startsWith("4")) {
                accepted++;
                assertThat(isWellFormed(document))
                        .as(() -> described(random, document))
                        .isTrue();
            }
        }
        assertThat(accepted)
                .as("rounds that were accepted, so that both sides are looked at")
                .isBetween(ROUNDS / 20, ROUNDS / 20 * 19);
    }

    private String described(Random random, byte[] document) {
        return "-Dheadcount.seed=" + SEED + ", next " + random.nextInt() + ": "
                + new String(document, StandardCharsets.ISO_8859_1);
    }

    private static byte[] mutate(byte[] sample, Random random) {
        byte[] document = sample;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && document.length > 0; i++) {
            int at = random.nextInt(document.length);
            int length = Math.min(1 + random.nextInt(12), document.length - at);
            document = switch (random.nextInt(5)) {
                case 0 -> flip(document, at, random);
                case 1 -> splice(document, at, length, new byte[0]);
                case 2 -> splice(document, at, 0, snippet(random));
                case 3 -> splice(document, at, length, snippet(random));
                default ->
                    splice(document, random.nextInt(document.length), 0, Arrays.copyOfRange(document, at, at + length));
            };
        }
        return document;
    }

    private static byte[] snippet(Random random) {
        return SNIPPETS.get(random.nextInt(SNIPPETS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] flip(byte[] document, int at, Random random) {
        byte[] flipped = document.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] splice(byte[] document, int at, int removed, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(document, 0, at);
        out.writeBytes(inserted);
        out.write(document, at + removed, document.length - at - removed);
        return out.toByteArray();
    }

    /** By the JDK's own parser; white space before the declaration and the name utf8 are ours to allow. */
    private static boolean isWellFormed(byte[] document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        String stripped = new String(document, StandardCharsets.ISO_8859_1)
                .stripLeading()
                .replaceFirst("(?i)(encoding *= *['\"])utf8", "$1utf-8");
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(
                    new ByteArrayInputStream(stripped.getBytes(StandardCharsets.ISO_8859_1)));
            while (reader.hasNext()) {
                reader.next();
            }
            return true;
        } catch (XMLStreamException notWellFormed) {
            return false;
        }
    }
}
