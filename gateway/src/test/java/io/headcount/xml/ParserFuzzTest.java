package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headcount.config.XmlConfig;
import io.headcount.fuzz.CutInput;
import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.model.Rows;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a document. FUZZING.md says what each target asserts and how to run it as a fuzzer. */
class ParserFuzzTest {
    private static final XmlConfig TIGHT = new XmlConfig(5, 1024, 16, 128, 128, 100, 2, 3);
    private static final byte[] GOOD = new PostText().bytes();
    private static final String GOOD_OUTCOME =
            new Parsing().at(Parsing.LATER_MS).read(GOOD);
    // more samples have a form than one parser remembers
    private static final List<List<byte[]>> KNOWN =
            List.of(samples(0, 7), samples(7, Samples.names().size()));
    private static final long YEAR_2000 = 946_684_800L;
    private static final long DAY_SEC = 86_400;
    private static final Pattern OUR_WORDS = Pattern.compile("(?:[A-Za-z0-9]+/)?@?[A-Za-z0-9]+");

    private static List<byte[]> samples(int from, int to) {
        return Samples.names().subList(from, to).stream().map(Parsing::sample).toList();
    }

    static Stream<byte[]> documents() {
        return Samples.names().stream().map(Parsing::sample);
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "20m")
    void shouldSurviveAnyBytes(byte[] document) throws CharacterCodingException {
        readWithin(Parsing.BOUNDS, document);
        readWithin(TIGHT, document);
        assertHandsOnNoMoreThanItGets(document);
    }

    private static void assertHandsOnNoMoreThanItGets(byte[] document) throws CharacterCodingException {
        ByteArrayOutputStream handedOn = new ByteArrayOutputStream();
        DocumentDecoder decoder = new DocumentDecoder(
                (b, off, len) -> {
                    handedOn.write(b, off, len);
                    return null;
                },
                Parsing.BOUNDS.maxTextChars());
        decoder.begin();
        RefusalReason refused = decoder.feed(document, 0, document.length);
        refused = refused != null ? refused : decoder.finish();

        // ISO-8859-1 becomes twice as long at most, and a line feed stands for the declaration
        assertThat(handedOn.size()).isLessThanOrEqualTo(2 * document.length + 1);
        if (refused == null) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(handedOn.toByteArray()));
        }
    }

    private static void readWithin(XmlConfig bounds, byte[] document) {
        XmlReaders readers = new XmlReaders();
        Post post = new Post();
        PostParser parser = new PostParser(readers, bounds, new Telemetry());
        parser.begin(post);
        ParseStatus fed = parser.feed(document, 0, document.length);
        assertThat(fed).isNotEqualTo(ParseStatus.ACCEPTED);
        Refusal first = parser.refusal();
        assertThat(first != null).isEqualTo(fed == ParseStatus.REFUSED);
        assertThat(parser.feed(GOOD, 0, first == null ? 0 : GOOD.length)).isEqualTo(fed);
        ParseStatus status = parser.finish(Parsing.LATER_MS);
        assertThat(status).isNotEqualTo(ParseStatus.READING);
        assertThat(parser.refusal() != null).isEqualTo(status == ParseStatus.REFUSED);
        if (first != null) {
            assertThat(parser.refusal()).isSameAs(first);
        }
        if (status == ParseStatus.ACCEPTED) {
            assertAcceptable(post, bounds);
        } else {
            assertOurWords(parser.refusal());
        }
        parser.end();
        assertThat(readers.spellingsKept()).isLessThan(Name.values().length + 260);
        assertThat(new Parsing(Parsing.BOUNDS, readers).at(Parsing.LATER_MS).read(GOOD))
                .isEqualTo(GOOD_OUTCOME);
    }

    private static void assertOurWords(Refusal refusal) {
        assertThat(refusal.reason().status()).isIn(400, 422);
        if (refusal.field() != null) {
            assertThat(refusal.field()).matches(OUR_WORDS).hasSizeLessThan(64);
        }
    }

    private static void assertAcceptable(Post post, XmlConfig bounds) {
        long nowSec = Parsing.LATER_MS / 1000;
        assertThat(post.deviceId()).isNotBlank();
        assertId(post.deviceId(), 128);
        assertId(post.siteId(), 128);
        assertId(post.serialNumber(), 128);
        assertId(post.mac(), 128);
        assertName(post.siteName());
        assertName(post.deviceName());
        for (int code = 0; code < DeviceProperty.count(); code++) {
            assertName(post.property(DeviceProperty.ofCode(code)));
        }
        assertThat(post.version()).isBetween(1L, nowSec + DAY_SEC);
        assertThat(post.receivedAtMs()).isEqualTo(Parsing.LATER_MS);
        assertThat(post.rows().size()).isLessThanOrEqualTo(bounds.maxRows());
        assertThat(post.heartbeat() || post.rows().size() > 0).isTrue();
        for (int row = 0; row < post.rows().size(); row++) {
            assertRow(post.rows(), row, nowSec);
        }
    }

    private static void assertRow(Rows rows, int row, long nowSec) {
        assertThat(rows.objectId(row)).isNotBlank();
        assertId(rows.objectId(row), 64);
        assertId(rows.objectDeviceId(row), 128);
        assertName(rows.objectName(row));
        assertThat(rows.objectType(row)).isNotNegative();
        assertThat(rows.start(row)).isBetween(YEAR_2000, nowSec + DAY_SEC);
        boolean hasWindow = rows.kind(row).hasWindow();
        assertThat((long) rows.seconds(row)).isBetween(hasWindow ? 1L : 0L, hasWindow ? DAY_SEC : 0L);
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            assertThat(rows.value(row, i)).isNotNegative();
        }
    }

    private static void assertId(String id, int maxChars) {
        if (id != null) {
            assertThat(id).hasSizeLessThanOrEqualTo(maxChars);
            assertThat(id.chars().noneMatch(Character::isISOControl)).isTrue();
            assertWholeCharacters(id);
        }
    }

    private static void assertName(String name) {
        if (name != null) {
            assertThat(name).hasSizeBetween(1, 256);
            assertWholeCharacters(name);
        }
    }

    /** The journal writes UTF-8: half a surrogate pair would come back as something else. */
    private static void assertWholeCharacters(String text) {
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "20m")
    void shouldReadTheSameHoweverCut(byte[] input) {
        CutInput cut = CutInput.of(input);
        Parsing parsing = new Parsing().at(Parsing.LATER_MS);
        String whole = parsing.read(cut.bytes());

        assertThat(parsing.readPieces(cut.pieces())).as("in pieces").isEqualTo(whole);
        assertThat(parsing.read(cut.bytes(), 1)).as("byte by byte").isEqualTo(whole);
        assertThat(parsing.read(GOOD)).as("a good post after it").isEqualTo(GOOD_OUTCOME);
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "20m")
    void shouldReadTheSameWhateverFormsAreKnown(byte[] input) {
        CutInput cut = CutInput.of(input);
        Parsing fresh = new Parsing().at(Parsing.LATER_MS);
        String outcome = fresh.read(cut.bytes());
        long unknownNames = fresh.telemetry.sum(Metric.XML_UNKNOWN_NAMES);
        for (List<byte[]> known : KNOWN) {
            Parsing primed = new Parsing().at(Parsing.LATER_MS);
            known.forEach(primed::read);
            long before = primed.telemetry.sum(Metric.XML_UNKNOWN_NAMES);

            assertThat(primed.read(cut.bytes())).as("whole").isEqualTo(outcome);
            assertThat(primed.telemetry.sum(Metric.XML_UNKNOWN_NAMES) - before).isEqualTo(unknownNames);
            assertThat(primed.readPieces(cut.pieces())).as("in pieces, again").isEqualTo(outcome);
            assertThat(primed.read(GOOD)).as("a good post after it").isEqualTo(GOOD_OUTCOME);
        }
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "20m")
    void shouldReadWhatTheJdkReads(byte[] document) {
        Parsing parsing = new Parsing().at(Parsing.LATER_MS);
        String outcome = parsing.read(document);
        if (outcome.startsWith("4")) {
            return;
        }
        JdkDocument jdk = JdkDocument.read(document);
        assertThat(jdk.depth()).isLessThanOrEqualTo(Parsing.BOUNDS.maxDepth());
        assertThat(jdk.attributes()).isLessThanOrEqualTo(Parsing.BOUNDS.maxAttributes());
        assertThat(jdk.events()).isLessThanOrEqualTo(Parsing.BOUNDS.maxEvents());
        assertThat(JdkDocument.fieldsOf(parsing.post)).isEqualTo(jdk.fields());
    }
}
