package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.DeviceProperty;
import org.junit.jupiter.api.Test;

/** aalto keeps every name it meets: names that nobody knows are bounded in a document and in what is kept of them. */
class FreshNamesTest {
    private static final String BOUND = "400 the document goes beyond a safety bound";

    private final XmlReaders readers = new XmlReaders();
    private final Parsing parsing = new Parsing(Parsing.BOUNDS, readers);

    private static String post(int from, int count, String pattern) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            rows.append(pattern.replace("#", Integer.toString(i)));
        }
        return new PostText().row(rows.toString()).toString();
    }

    @Test
    void shouldBoundFreshNamesInADocument() {
        assertThat(parsing.read(post(0, 128, "<n#/>"))).startsWith("INTERVAL");
        assertThat(parsing.read(post(1000, 129, "<n#/>"))).isEqualTo(BOUND);
        assertThat(parsing.read(post(2000, 129, "<x n#=''/>"))).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundFreshPrefixesInADocument() {
        assertThat(parsing.read(post(0, 129, "<p#:x xmlns:p#='u'/>"))).isEqualTo(BOUND);
        assertThat(parsing.read(post(1000, 129, "<Object xmlns:p#='u'/>"))).isEqualTo(BOUND);
        assertThat(parsing.read(post(2000, 129, "<x xmlns:p#='u' p#:Id=''/>"))).isEqualTo(BOUND);
    }

    @Test
    void shouldBoundFreshNamespacesInADocument() {
        assertThat(parsing.read(post(0, 127, "<other xmlns='u#'/>"))).startsWith("INTERVAL");
        assertThat(parsing.read(post(1000, 128, "<other xmlns='u#'/>"))).isEqualTo(BOUND);
        assertThat(parsing.read(post(0, 1000, "<other xmlns='u'/>"))).startsWith("INTERVAL");
    }

    @Test
    void shouldBoundKnownNamesWithFreshPrefixes() {
        assertThat(parsing.read(prefixed(5))).startsWith("INTERVAL");
        assertThat(parsing.read(prefixed(10))).isEqualTo(BOUND);
    }

    /** Thirteen prefixes, declared once, before each of {@code names} known names. */
    private static String prefixed(int names) {
        StringBuilder tag = new StringBuilder("<Unknown");
        StringBuilder content = new StringBuilder();
        for (int prefix = 0; prefix < 13; prefix++) {
            tag.append(" xmlns:p").append(prefix).append("='u").append(prefix).append('\'');
            for (int name = 0; name < names; name++) {
                String known = DeviceProperty.ofCode(name).xmlName();
                content.append("<p").append(prefix).append(':').append(known).append("/>");
            }
        }
        return new PostText().row(tag + ">" + content + "</Unknown>").toString();
    }

    @Test
    void shouldDecideAboutADocumentWhateverCameBefore() {
        String tooMany = post(0, 129, "<n#/>");
        assertThat(parsing.read(tooMany)).isEqualTo(BOUND);
        assertThat(parsing.read(tooMany)).isEqualTo(BOUND);
        String enough = post(0, 128, "<n#/>");
        for (int i = 0; i < 10; i++) {
            assertThat(parsing.read(enough)).startsWith("INTERVAL");
        }
    }

    @Test
    void shouldNotMindAnUnknownNameManyTimes() {
        assertThat(parsing.read(post(0, 1000, "<other a='#'/>"))).startsWith("INTERVAL");
    }

    @Test
    void shouldForgetFreshNamesOfManyDocuments() {
        for (int i = 0; i < 500; i++) {
            parsing.read(post(i * 10, 10, "<n#/>"));
            parsing.read(post(i * 10, 10, "<p#:x xmlns:p#='u'/>"));
            assertThat(readers.spellingsKept()).isLessThan(400);
        }
        assertThat(readers.renewals()).isBetween(30, 100);
    }

    @Test
    void shouldKeepTheTableOfAnEverydayFleet() {
        for (int i = 0; i < 50; i++) {
            Samples.names().forEach(sample -> parsing.read(Parsing.sample(sample)));
        }
        assertThat(readers.renewals()).isZero();
    }
}
