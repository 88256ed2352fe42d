package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.aalto.in.ByteBasedPNameTable;
import io.headcount.config.XmlConfig;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile documents cost a bounded amount of work, told in bytes that are looked at, and leave nothing behind. What that is in
 * milliseconds is measured by the bench's {@code HostileCost}.
 */
class HostileDocumentsTest {
    private static final int MAX_TABLE = 600;
    private static final int MAX_BODY = 1 << 20;

    private final XmlReaders readers = new XmlReaders();
    private final PostParser parser = new PostParser(readers, Parsing.BOUNDS, new Telemetry());
    private final Post post = new Post();

    static List<HostileDocument> documents() {
        return HostileDocuments.all();
    }

    private void read(HostileDocument document) {
        read(document, 8192);
    }

    /** Returns how many bytes were fed when it was refused, or all of them. */
    private int read(HostileDocument document, int chunk) {
        byte[] bytes = document.bytes();
        parser.begin(post);
        int fed = 0;
        ParseStatus status = ParseStatus.READING;
        while (fed < bytes.length && status == ParseStatus.READING) {
            int next = Math.min(chunk, bytes.length - fed);
            status = parser.feed(bytes, fed, next);
            fed += next;
        }
        parser.finish(Parsing.VENDOR_MS);
        parser.end();
        return fed;
    }

    private String verdict() {
        Refusal refusal = parser.refusal();
        return refusal == null
                ? "200 K"
                : refusal.reason().status()
                        + (refusal.reason().closes() ? " X " : " K ")
                        + refusal.reason().label();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldBeRefusedAfterABoundedNumberOfBytes(HostileDocument document) {
        int lookedAt = read(document, document.lookedAt() < document.length() ? 1 : 8192);

        assertThat(verdict()).isEqualTo(document.verdict());
        assertThat(lookedAt).isLessThanOrEqualTo(document.lookedAt());
        assertThat(document.length()).isLessThanOrEqualTo(MAX_BODY);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLeaveNothingBehind(HostileDocument document) {
        for (int i = 0; i < 3; i++) {
            read(document);
            read(HostileDocuments.good());
            assertThat(verdict()).isEqualTo("200 K");
        }
        assertThat(post.rows().size()).isEqualTo(1);
        assertThat(readers.tableSize()).isLessThan(MAX_TABLE);
        assertThat(readers.spellingsKept()).isLessThan(MAX_TABLE);
    }

    @Test
    void shouldLeaveNothingBehindAfterAllOfThemInARow() {
        documents().forEach(this::read);
        read(HostileDocuments.good());

        assertThat(verdict()).isEqualTo("200 K");
        assertThat(readers.tableSize()).isLessThan(MAX_TABLE);
    }

    @Test
    void shouldRenewTheTableAgainAndAgainUnderFreshNames() {
        int most = 0;
        for (int number = 0; number < 500; number++) {
            read(HostileDocuments.fresh(number, 100));
            assertThat(verdict()).isEqualTo("200 K");
            most = Math.max(most, readers.tableSize());
        }
        assertThat(most).isBetween(200, MAX_TABLE);
        assertThat(readers.renewals()).isGreaterThan(100);
    }

    @Test
    void shouldMakeNamesThatReallyCollideInAaltosTable() {
        List<String> names = HostileDocuments.collidingNames(4000);
        Set<Integer> hashes = new HashSet<>();
        names.forEach(name -> {
            int[] words = ByteBasedPNameTable.calcQuads(name.getBytes(StandardCharsets.US_ASCII));
            hashes.add(ByteBasedPNameTable.calcHash(words[0], words[1]));
        });
        assertThat(hashes).hasSize(1);
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() == 8);
    }

    @Test
    void shouldHoldTheBoundOfUnknownNamesThatIsConfigured() {
        XmlConfig narrow = new XmlConfig(8, 2048, 32, 2048, 20, 60_000, 5_000, 10_000);
        Parsing parsing = new Parsing(narrow);
        assertThat(parsing.read(HostileDocuments.fresh(1, 20).bytes())).startsWith("INTERVAL");
        assertThat(parsing.read(HostileDocuments.fresh(2, 21).bytes())).startsWith("400 ");
    }
}
