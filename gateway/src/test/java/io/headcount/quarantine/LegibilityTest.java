package io.headcount.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be read can't be masked. */
class LegibilityTest {
    private static final String DOCUMENT =
            "<?xml version=\"1.0\"?><Metrics SiteName=\"\u5bc6\u7801\u4e01\u4e02\u4e03\"><WifiPassword>secret</WifiPassword></Metrics>";

    private static byte[] document(String charset) {
        return DOCUMENT.getBytes(Charset.forName(charset));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "GBK", "GB18030", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-16", "Big5", "Shift_JIS"})
    void shouldReadTextInWhichAsciiIsAscii(String charset) {
        assertThat(Legibility.legible(document(charset))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IBM037", "IBM500", "IBM1047", "UTF-32LE", "UTF-32BE"})
    void shouldNotReadOtherText(String charset) {
        assertThat(Legibility.legible(document(charset))).isFalse();
        byte[] withoutDeclaration =
                DOCUMENT.substring(DOCUMENT.indexOf("<Metrics")).getBytes(Charset.forName(charset));
        assertThat(Legibility.legible(withoutDeclaration)).isFalse();
    }

    @Test
    void shouldNotReadCompressedBytes() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(document("UTF-8"));
        }
        ByteArrayOutputStream deflate = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
            out.write(document("UTF-8"));
        }
        assertThat(Legibility.legible(gzip.toByteArray())).isFalse();
        assertThat(Legibility.legible(deflate.toByteArray())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "<a", "<a/>", "{\"a\":1}", "\ufeff<a/>", "a=b", "L", "LA"})
    void shouldReadShortText(String text) {
        assertThat(Legibility.legible(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void shouldReadADocumentWithAFewControlCharacters() {
        assertThat(Legibility.legible(
                        DOCUMENT.replace("secret", "a\u0001b\u0002").getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }
}
