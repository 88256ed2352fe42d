package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.XmlConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents exactly as large as allowed, and one larger. */
class BoundsTest {
    private static final String BOUND = "400 the document goes beyond a safety bound";
    private static final String GOOD = Parsing.outcomeOf(new PostText().toString());

    private static String withRow(String xml) {
        return Parsing.outcomeOf(new PostText().row(xml).toString());
    }

    private static String rooted(String content) {
        return "<Metrics DeviceId='7'>" + content + "</Metrics>";
    }

    @Test
    void shouldBoundDepth() {
        assertThat(Parsing.outcomeOf(rooted("<x>".repeat(7) + "</x>".repeat(7))))
                .startsWith("INTERVAL");
        assertThat(Parsing.outcomeOf(rooted("<x>".repeat(8) + "</x>".repeat(8))))
                .isEqualTo(BOUND);
        assertThat(Parsing.outcomeOf("<x>".repeat(50_000))).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundATag() {
        int overhead = "x a=''/".length();
        assertThat(withRow("<x a='" + "v".repeat(2048 - overhead) + "'/>")).isEqualTo(GOOD);
        assertThat(withRow("<x a='" + "v".repeat(2049 - overhead) + "'/>")).isEqualTo(BOUND);
        assertThat(withRow("<x" + " ".repeat(200_000) + "/>")).isEqualTo(BOUND);
        assertThat(withRow("<" + "x".repeat(200_000) + "/>")).isEqualTo(BOUND);
        assertThat(withRow("<x></x" + " ".repeat(200_000) + ">")).isEqualTo(BOUND);
    }

    @Test
    void shouldCountAttributeValuesWithAngleBracketsIntoTheirTag() {
        assertThat(withRow("<x a='" + ">".repeat(3000) + "'/>")).isEqualTo(BOUND);
        assertThat(withRow("<x a=\"" + ">'".repeat(3000) + "\"/>")).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundAComment() {
        assertThat(withRow("<!--" + "c".repeat(2000) + "-->")).isEqualTo(GOOD);
        assertThat(withRow("<!--" + "c".repeat(2100) + "-->")).isEqualTo(BOUND);
        assertThat(withRow("<!--" + "<Count/>".repeat(100_000))).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundAttributes() {
        assertThat(withRow("<x" + attributes(32) + "/>")).isEqualTo(GOOD);
        assertThat(withRow("<x" + attributes(33) + "/>")).isEqualTo(BOUND);
        assertThat(withRow("<x" + attributes(5000) + "/>")).isEqualTo(BOUND);
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("=''");
        }
        return text.toString();
    }

    @Test
    void shouldBoundTheTextOfAProperty() {
        PostText post = new PostText().with("Properties/HostName", "h".repeat(2048));
        assertThat(Parsing.outcomeOf(post.toString())).contains("|" + "h".repeat(256) + "|");
        assertThat(Parsing.outcomeOf(
                        post.with("Properties/HostName", "h".repeat(2049)).toString()))
                .isEqualTo(BOUND);
        assertThat(Parsing.outcomeOf(post.with("Properties/HostName", "h<!---->".repeat(2049))
                        .toString()))
                .isEqualTo(BOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", " ", "测", "]", "&lt;"})
    void shouldBoundTextAnywhere(String piece) {
        assertThat(withRow(piece.repeat(8193))).isEqualTo(BOUND);
        assertThat(withRow("<![CDATA[" + piece.repeat(8193) + "]]>")).isEqualTo(BOUND);
        assertThat(withRow(piece.repeat(2000 / piece.length()))).isEqualTo(GOOD);
        assertThat(withRow("<![CDATA[" + piece.repeat(2000 / piece.length()) + "]]>"))
                .isEqualTo(GOOD);
    }

    @Test
    void shouldBoundWhiteSpaceBeforeTheRoot() {
        assertThat(Parsing.outcomeOf(" ".repeat(8192) + new PostText())).isEqualTo(GOOD);
        assertThat(Parsing.outcomeOf(" ".repeat(8193) + new PostText())).isEqualTo(BOUND);
        assertThat(Parsing.outcomeOf(" ".repeat(100_000))).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundEvents() {
        assertThat(withRow("<Unknown/>".repeat(20_000))).isEqualTo(GOOD);
        assertThat(withRow("<Unknown/>".repeat(30_000))).isEqualTo(BOUND);
        assertThat(withRow("<!---->".repeat(60_000))).isEqualTo(BOUND);
        assertThat(withRow("<![CDATA[]]>".repeat(60_000))).isEqualTo(BOUND);
    }

    @Test
    void shouldNotCountPiecesOfTextAsEvents() {
        Parsing parsing = new Parsing(new XmlConfig(8, 2048, 32, 2048, 128, 100, 10, 10));
        byte[] post = new PostText()
                .with("Properties/HostName", "h".repeat(1000))
                .row("<![CDATA[" + "c".repeat(1000) + "]]>")
                .bytes();
        assertThat(parsing.read(post, 1)).isEqualTo(parsing.read(post)).startsWith("INTERVAL");
    }

    @Test
    void shouldBoundObjectsAndRows() {
        Parsing parsing = new Parsing(new XmlConfig(8, 2048, 32, 2048, 128, 1000, 3, 5));
        String row = "<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080' Enters='3' Exits='4'/>";
        String object = "<Object/>";
        assertThat(parsing.read(new PostText().object(object.repeat(2)).toString()))
                .startsWith("INTERVAL");
        assertThat(parsing.read(new PostText().object(object.repeat(3)).toString()))
                .isEqualTo("422 Object: too many in one post");
        assertThat(parsing.read(new PostText().row(row.repeat(4)).toString())).startsWith("INTERVAL");
        assertThat(parsing.read(new PostText().row(row.repeat(5)).toString()))
                .isEqualTo("422 Count: too many in one post");
        assertThat(parsing.read(new PostText().toString())).isEqualTo(GOOD);
    }

    @Test
    void shouldReadADayOfBacklog() {
        StringBuilder rows = new StringBuilder();
        for (int minute = 0; minute < 1439; minute++) {
            long start = 1667750400L + minute * 60L;
            rows.append("<Count UnixStartTime='")
                    .append(start)
                    .append("' Enters='")
                    .append(minute)
                    .append("' Exits='0'/>");
        }
        Parsing parsing = new Parsing();
        byte[] post = new PostText().row(rows.toString()).bytes();
        assertThat(parsing.read(post, 1000)).isEqualTo(parsing.read(post));
        assertThat(parsing.post.rows().size()).isEqualTo(1440);
        assertThat(parsing.post.rows().start(1439)).isEqualTo(1667750400L + 1438 * 60L);
        assertThat(parsing.post.rows().value(1439, 0)).isEqualTo(1438);
    }

    @Test
    void shouldCountNamespaceDeclarationsAmongTheAttributes() {
        assertThat(withRow("<x" + attributes(31) + " xmlns='u'/>")).isEqualTo(GOOD);
        assertThat(withRow("<x" + attributes(32) + " xmlns='u'/>")).isEqualTo(BOUND);
        assertThat(withRow("<x" + attributes(32) + " xmlns:p='u'/>")).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundNamespaceDeclarations() {
        StringBuilder tag = new StringBuilder("<x");
        for (int i = 0; i < 4000; i++) {
            tag.append(" xmlns:a").append(i).append("='u'");
        }
        assertThat(withRow(tag + "/>")).isEqualTo(BOUND);
    }
}
