package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents whose form is known say the same as to a parser that has never seen one like it. */
class DocumentFormsTest {
    private static final int ROUNDS = Integer.getInteger("headcount.rounds", 20_000);
    private static final long SEED = Long.getLong("headcount.seed", 20_221_107L);
    private static final Pattern VALUE = Pattern.compile("=\"([^\"]*)\"|>([^<]*)</");

    private static final List<byte[]> VALUES = List.of(
            bytes(""),
            bytes(" "),
            bytes("0"),
            bytes(" 7 "),
            bytes("-1"),
            bytes("+1"),
            bytes("007"),
            bytes("4294967296"),
            bytes("1667806020"),
            bytes("99999999999999999999"),
            bytes("15:27:00"),
            bytes("24:00:00"),
            bytes("2022-02-30"),
            bytes("5.75"),
            bytes("a b"),
            bytes(" a"),
            bytes("4C:BC:98:60:27:8B"),
            bytes("caf\u00e9"),
            bytes("\u4e2d\u6587"),
            bytes("\ud83d\ude00"),
            bytes("\u3000x\u3000"),
            bytes("\ufeff1"),
            bytes("\u2028"),
            bytes("\u0085"),
            bytes("\uffff"),
            bytes("\ufffe"),
            bytes("\uffbf"),
            bytes("\u007f"),
            bytes("\t"),
            bytes("1\n2"),
            bytes("\0"),
            bytes("'"),
            bytes("&amp;"),
            bytes("&#x31;"),
            bytes("&"),
            bytes(">"),
            bytes("]]>"),
            bytes("<b/>"),
            bytes("<!-- -->"),
            bytes("x".repeat(127)),
            bytes("x".repeat(128)),
            bytes("x".repeat(129)),
            bytes("\u4e2d".repeat(43)),
            bytes("x".repeat(3000)),
            new byte[] {(byte) 0xC0, (byte) 0xBC},
            new byte[] {(byte) 0xE4, (byte) 0xB8},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xFF},
            new byte[] {'1', (byte) 0x80});

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String latin1(byte[] document) {
        return new String(document, StandardCharsets.ISO_8859_1);
    }

    private static long readByAalto(Parsing parsing) {
        return parsing.telemetry.sum(Metric.XML_PARSED);
    }

    private static String freshOutcome(byte[] document) {
        return new Parsing().at(Parsing.LATER_MS).read(document);
    }

    @Test
    void shouldNeedAaltoOnceForEachSample() {
        for (String name : Samples.names()) {
            Parsing parsing = new Parsing().at(Parsing.LATER_MS);
            String first = parsing.read(Parsing.sample(name));

            String second = parsing.read(Parsing.sample(name));

            assertThat(second).as(name).isEqualTo(first);
            long expected = Parsing.sample(name).length > FormFollower.MAX_BYTES || first.startsWith("4") ? 2 : 1;
            assertThat(readByAalto(parsing)).as(name).isEqualTo(expected);
        }
    }

    @Test
    void shouldSayTheSameAsAaltoWhateverTheValues() {
        List<byte[]> samples = Samples.names().stream().map(Parsing::sample).toList();
        Parsing warm = new Parsing().at(Parsing.LATER_MS);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            byte[] sample = samples.get(random.nextInt(samples.size()));
            warm.read(sample);
            byte[] document = withOtherValues(sample, random);

            String outcome = warm.readInPieces(document, random, 1 + random.nextInt(document.length));

            assertThat(outcome)
                    .as(() -> "-Dheadcount.seed=" + SEED + ": " + latin1(document))
                    .isEqualTo(freshOutcome(document));
            accepted += outcome.startsWith("4") ? 0 : 1;
        }
        long familiar = 2L * ROUNDS - readByAalto(warm);
        assertThat(familiar).as("documents read without aalto").isGreaterThan(ROUNDS);
        assertThat(accepted).as("rounds that were accepted").isBetween(ROUNDS / 20, ROUNDS / 20 * 19);
    }

    private static byte[] withOtherValues(byte[] sample, Random random) {
        List<MatchResult> values = VALUE.matcher(latin1(sample)).results().toList();
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        int from = 0;
        int most = 1 + random.nextInt(3);
        for (MatchResult value : values) {
            int group = value.group(1) != null ? 1 : 2;
            if (random.nextInt(values.size()) < most) {
                document.write(sample, from, value.start(group) - from);
                document.writeBytes(VALUES.get(random.nextInt(VALUES.size())));
                from = value.end(group);
            }
        }
        document.write(sample, from, sample.length - from);
        return document.toByteArray();
    }

    @Test
    void shouldRefuseAMissingEndAndWhatComesBehindTheEnd() {
        byte[] good = new PostText().bytes();
        Parsing parsing = new Parsing();
        parsing.read(good);

        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThat(parsing.read(cut)).startsWith("400 ");
        }
        assertThat(parsing.read(latin1(good) + "<a/>")).startsWith("400 ");
        assertThat(parsing.read(latin1(good) + " ")).isEqualTo(new Parsing().read(good));
    }

    @Test
    void shouldMakeNoFormOfWhatIsMoreThanElementsAndValues() {
        for (String odd : List.of(
                "<!-- c --><Version>1</Version>",
                "<Version><![CDATA[1]]></Version>",
                "<Version>&#49;</Version>",
                "<Version xmlns=\"u\">1</Version>",
                "<a:Version xmlns:a=\"u\">1</a:Version>",
                "<a.b>1</a.b>",
                "<Version b.c=\"1\">1</Version>",
                "<Version>1</Version>stray")) {
            Parsing parsing = new Parsing();
            String document = new PostText().toString().replace("<Version>1</Version>", odd);
            String first = parsing.read(document);
            assertThat(first).as(odd).doesNotStartWith("4");

            assertThat(parsing.read(document)).as(odd).isEqualTo(first);
            assertThat(readByAalto(parsing)).as(odd).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepTheFormsUsedLastAndLearnLittleOfAFlood() {
        Parsing parsing = new Parsing();
        byte[] good = new PostText().bytes();
        parsing.read(good);
        for (int i = 0; i < 10_000; i++) {
            parsing.read(new PostText()
                    .with("Properties/Unknown" + i % 100 + "x" + i, "1")
                    .toString());
            parsing.read(good);
        }

        assertThat(readByAalto(parsing)).isEqualTo(10_001);
    }

    @Test
    void shouldLearnAFormAfterAFloodOfDocumentsWithoutOne() {
        Parsing parsing = new Parsing();
        String commented = new PostText().toString().replace("<Version>", "<!-- c --><Version>");
        for (int i = 0; i < 1000; i++) {
            parsing.read(commented);
        }
        byte[] good = new PostText().bytes();
        for (int i = 0; i < 200; i++) {
            parsing.read(good);
        }

        assertThat(readByAalto(parsing)).as("not at once, and within 128").isBetween(1002L, 1128L);
    }

    @Test
    void shouldCountUnknownNamesInAKnownFormToo() {
        Parsing parsing = new Parsing();
        String document = new PostText()
                .with("Properties/Firmware", "1")
                .with("@Colour", "red")
                .toString();
        parsing.read(document);
        long once = parsing.telemetry.sum(Metric.XML_UNKNOWN_NAMES);

        parsing.read(document);

        assertThat(once).isPositive();
        assertThat(parsing.telemetry.sum(Metric.XML_UNKNOWN_NAMES)).isEqualTo(2 * once);
        assertThat(readByAalto(parsing)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheBoundOnTagsInAKnownForm() {
        String longTag = new PostText().toString().replace("<Version>", "<Version" + attributes(10, "1") + ">");
        Parsing parsing = new Parsing();
        parsing.read(longTag);
        String longer =
                new PostText().toString().replace("<Version>", "<Version" + attributes(10, "x".repeat(220)) + ">");

        assertThat(parsing.read(longer)).isEqualTo(freshOutcome(longer.getBytes(StandardCharsets.UTF_8)));
        assertThat(parsing.read(longer)).startsWith("400 ");
    }

    private static String attributes(int count, String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("=\"").append(value).append('"');
        }
        return text.toString();
    }
}
