package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents in other encodings than UTF-8, and documents that lie about theirs. */
class EncodingsTest {
    private static final String INVALID = "400 bytes are not valid in the declared encoding";
    private static final String UNKNOWN = "400 encoding is not supported";
    private static final String CUT_OFF = "400 the document is cut off";

    private static PostText named(String siteName) {
        return new PostText().with("@SiteName", siteName);
    }

    private static PostText declared(String encoding) {
        return named("Shop").declaration("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n");
    }

    private static byte[] joined(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            out.writeBytes(
                    part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8, 测试商店 é 😀",
        "utf-8, UTF-8, 测试商店",
        "utf8, UTF-8, 测试商店",
        "GBK, GBK, 测试商店",
        "gbk, GBK, 測試商店",
        "GB2312, GB2312, 测试商店",
        "gb18030, GB18030, 测试商店 é 😀 ẞ",
        "ISO-8859-1, ISO-8859-1, Müller & Söhne",
        "latin1, ISO-8859-1, Müller",
        "US-ASCII, US-ASCII, Shop",
        "ascii, US-ASCII, Shop"
    })
    void shouldReadADeclaredEncoding(String declared, String charset, String siteName) {
        PostText post = declared(declared)
                .with("@SiteName", siteName.replace("&", "&amp;"))
                .with("Properties/HostName", siteName.replace("&", "&amp;"));
        assertThat(Parsing.outcomeOf(post.bytes(Charset.forName(charset))))
                .startsWith("INTERVAL s1/" + siteName + "/12345/")
                .contains("|" + siteName + "|8|");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16BE, '', true", "UTF-16LE, '', true", "UTF-16BE, utf-16, true", "UTF-16LE, UTF-16, true",
                "UTF-16BE, UTF-16BE, true",
        "UTF-16LE, utf-16le, true", "UTF-16BE, '', false", "UTF-16LE, '', false", "UTF-16BE, utf-16, false",
                "UTF-16LE, utf-16, false"
    })
    void shouldReadUtf16(String charset, String declared, boolean hasBom) {
        String encoding = declared.isEmpty() ? "" : " encoding='" + declared + "'";
        PostText post =
                named("测试商店 😀").declaration((hasBom ? "\ufeff" : "") + "<?xml version='1.0'" + encoding + "?>");
        assertThat(Parsing.outcomeOf(post.bytes(Charset.forName(charset)))).startsWith("INTERVAL s1/测试商店 😀/12345/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE"})
    void shouldReadUtf16WithoutADeclaration(String charset) {
        byte[] post = named("测试").declaration("\ufeff \n").bytes(Charset.forName(charset));
        assertThat(Parsing.outcomeOf(post)).startsWith("INTERVAL s1/测试/12345/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ufeff",
                "\ufeff<?xml version='1.0'?>",
                "\ufeff<?xml version='1.0' encoding='UTF-8'?>",
                "\ufeff \n"
            })
    void shouldSkipOneByteOrderMark(String declaration) {
        assertThat(Parsing.outcomeOf(named("测试").declaration(declaration).bytes()))
                .startsWith("INTERVAL s1/测试/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff\ufeff", " \ufeff", "<?xml version='1.0'?>\ufeff"})
    void shouldRefuseAByteOrderMarkElsewhereBeforeTheRoot(String declaration) {
        assertThat(Parsing.outcomeOf(named("x").declaration(declaration).bytes()))
                .isEqualTo("400 not well-formed XML");
    }

    @Test
    void shouldKeepAByteOrderMarkInsideText() {
        assertThat(Parsing.outcomeOf(named("a\ufeffb").bytes())).startsWith("INTERVAL s1/a\ufeffb/");
        assertThat(Parsing.outcomeOf(named("a").with("@DeviceId", "a\ufeffb").bytes()))
                .isEqualTo("422 @DeviceId: contains a control character");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-7",
                "UTF-32",
                "UCS-4",
                "EBCDIC-CP-US",
                "IBM037",
                "x-user-defined",
                "Big5",
                "Shift_JIS",
                "windows-1252",
                "ISO-8859-15",
                "utf"
            })
    void shouldRefuseAnUnknownEncoding(String encoding) {
        assertThat(Parsing.outcomeOf(declared(encoding).bytes())).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32BE", "UTF-32LE"})
    void shouldRefuseUtf32(String charset) {
        String bare = "<Diags DeviceId='7'/>";
        assertThat(Parsing.outcomeOf(bare.getBytes(Charset.forName(charset)))).isEqualTo(UNKNOWN);
        assertThat(Parsing.outcomeOf(("\ufeff" + bare).getBytes(Charset.forName(charset))))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void shouldRefuseADeclarationThatTheBytesContradict() {
        assertThat(Parsing.outcomeOf(declared("UTF-16").bytes())).isEqualTo(INVALID);
        assertThat(Parsing.outcomeOf(declared("utf-8").bytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(INVALID);
        assertThat(Parsing.outcomeOf(declared("GBK").bytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(INVALID);
        assertThat(Parsing.outcomeOf(declared("UTF-16BE").bytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(INVALID);
        PostText marked = named("x").declaration("\ufeff<?xml version='1.0' encoding='GBK'?>");
        assertThat(Parsing.outcomeOf(marked.bytes())).isEqualTo(INVALID);
        assertThat(Parsing.outcomeOf(joined(bytes(0xEF, 0xBB, 0xBF), named("x").bytes(StandardCharsets.UTF_16LE))))
                .startsWith("400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "UTF-8"})
    void shouldRefuseBytesOfAnotherEncoding(String declared) {
        assertThat(Parsing.outcomeOf(declared(declared).with("@SiteName", "测试").bytes(Charset.forName("GBK"))))
                .isEqualTo(INVALID);
        assertThat(Parsing.outcomeOf(
                        declared(declared).with("Properties/HostName", "Müller").bytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(INVALID);
    }

    @Test
    void shouldRefuseUtf8WhereAsciiIsDeclared() {
        assertThat(Parsing.outcomeOf(declared("us-ascii").with("@SiteName", "é").bytes()))
                .isEqualTo(INVALID);
    }

    @ParameterizedTest
    @CsvSource({"GBK, 81 20", "GBK, FF 41", "GB2312, A1 20", "GB18030, 81 30 81 20", "GB18030, FF FF"})
    void shouldRefuseBytesThatTheDeclaredEncodingDoesNotHave(String declared, String hex) {
        String[] parts = declared(declared).with("@SiteName", "@").toString().split("@", 2);
        assertThat(Parsing.outcomeOf(joined(parts[0], hex(hex), parts[1]))).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 BC",
                "C0 80",
                "C1 81",
                "E0 80 AF",
                "E0 9F BF",
                "F0 80 80 AF",
                "F0 8F BF BF",
                "ED A0 80",
                "ED BF BF",
                "F4 90 80 80",
                "F5 80 80 80",
                "F8 88 80 80 80",
                "FC 84 80 80 80 80",
                "FE",
                "FF",
                "80",
                "BF",
                "C3 28",
                "E4 B8 28",
                "E4 28 B8",
                "F0 9F 98 28",
                "F0 9F C3 A9",
                "C3"
            })
    void shouldRefuseInvalidUtf8(String hex) {
        String post = new PostText()
                .with("@SiteName", "@1")
                .with("Properties/HostName", "@2")
                .row("<a@3/><!--@4--><![CDATA[@5]]>")
                .toString();
        for (int place = 1; place <= 5; place++) {
            String[] parts = post.split("@" + place, 2);
            byte[] document = joined(parts[0].replaceAll("@\\d", "x"), hex(hex), parts[1].replaceAll("@\\d", "x"));
            assertThat(Parsing.outcomeOf(document)).as("place %d", place).isEqualTo(INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C2 A2",
                "DF BF",
                "E0 A0 80",
                "ED 9F BF",
                "EE 80 80",
                "EF BF BD",
                "F0 90 80 80",
                "F0 9F 98 80",
                "F4 8F BF BD"
            })
    void shouldAcceptTheEdgesOfUtf8(String hex) {
        String text = new String(hex(hex), StandardCharsets.UTF_8);
        PostText post = named("a" + text + "b").with("Properties/HostName", text + "c" + text);
        assertThat(Parsing.outcomeOf(post.bytes())).contains("/a" + text + "b/", "|" + text + "c" + text + "|");
    }

    @ParameterizedTest
    @CsvSource({"D8 00 00 41", "DC 00 00 41", "D8 00 D8 00", "DC 00 D8 00"})
    void shouldRefuseUnpairedSurrogatesInUtf16(String hex) {
        String[] parts = named("@").declaration("\ufeff").toString().split("@", 2);
        byte[] document = joined(
                parts[0].getBytes(StandardCharsets.UTF_16BE), hex(hex), parts[1].getBytes(StandardCharsets.UTF_16BE));
        assertThat(Parsing.outcomeOf(document)).isEqualTo(INVALID);
    }

    @Test
    void shouldRefuseADocumentThatEndsInsideACharacter() {
        assertThat(Parsing.outcomeOf(joined(new PostText().bytes(), bytes(0xE4, 0xB8))))
                .isEqualTo(CUT_OFF);
        byte[] utf16 = new PostText().declaration("\ufeff").bytes(StandardCharsets.UTF_16LE);
        assertThat(Parsing.outcomeOf(joined(utf16, "\n"))).isEqualTo(CUT_OFF);
        assertThat(Parsing.outcomeOf(joined(declared("GBK").bytes(), bytes(0x81))))
                .isEqualTo(CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "GB18030", "UTF-16LE", "UTF-8"})
    void shouldReadALongDocumentWhereverItIsCut(String charset) {
        PostText post = declared(charset.replace("16LE", "16"))
                .with("@SiteName", "a测试商店".repeat(20))
                .row("<!--" + "测试a".repeat(250) + "-->");
        byte[] document = post.bytes(Charset.forName(charset));
        Parsing parsing = new Parsing();
        String whole = parsing.read(document);
        assertThat(whole).startsWith("INTERVAL s1/" + "a测试商店".repeat(20));
        for (int chunk = 1; chunk <= 64; chunk++) {
            assertThat(parsing.read(document, chunk)).as("chunks of %d", chunk).isEqualTo(whole);
        }
        for (int split = 0; split <= document.length; split++) {
            assertThat(parsing.readSplitAt(document, split))
                    .as("split at %d", split)
                    .isEqualTo(whole);
        }
    }

    @Test
    void shouldReadFourByteCharactersWhereverTheyAreCut() {
        byte[] document = named("😀")
                .with("Properties/HostName", "😀")
                .row("<x/><!--😀--><![CDATA[😀]]>")
                .bytes();
        Parsing parsing = new Parsing();
        for (int split = 0; split <= document.length; split++) {
            assertThat(parsing.readSplitAt(document, split))
                    .as("split at %d", split)
                    .contains("/😀/", "|😀|");
        }
    }

    @Test
    void shouldNotTakeOverTheEncodingOfTheDocumentBefore() {
        Parsing parsing = new Parsing();
        parsing.read(declared("GBK").with("@SiteName", "测试").bytes(Charset.forName("GBK")));
        parsing.readSplitAt(joined("\ufeff".getBytes(StandardCharsets.UTF_16LE), "<"), 3);
        assertThat(parsing.read(named("测试").bytes())).startsWith("INTERVAL s1/测试/");
    }

    private static byte[] hex(String hex) {
        String[] parts = hex.split(" ", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    @Test
    void shouldReadADeclarationTheSameWhateverDocumentCameBefore() {
        List<byte[]> documents = Stream.of(
                        "",
                        "\u00ef\u00bb\u00bf",
                        "<?xml version='1.0'?>",
                        "<?xml version='1.0'?>?>",
                        " <?xml version='1.0'?>",
                        "<?xml version='1.0' encoding='UTF-8'?>",
                        "\u00ef\u00bb\u00bf<?xml version='1.0' encoding='UTF-8'?>",
                        "<?xml version='1.0' encoding='UTF-8'?><?xml version='1.0' encoding='UTF-8'?>",
                        "<?xml version='1.0' encoding='GBK'?>",
                        "\u00ef\u00bb\u00bf<?xml version='1.0' encoding='GBK'?>",
                        "<?xml version='1.0' encoding='utf-16'?>",
                        "<?xml version='1.0' encoding='koi8-r'?>",
                        "<?xml version='1.2'?>",
                        "<?xml version='1.0' ",
                        "<?xm",
                        "<?xml-model?>")
                .map(head -> joined(
                        head, "<!-- -->", named("\u00c4\u00a1").declaration("").bytes(StandardCharsets.ISO_8859_1)))
                .toList();
        for (byte[] before : documents) {
            for (byte[] document : documents) {
                Parsing parsing = new Parsing();
                parsing.read(before);
                String fresh = new Parsing().read(document);

                assertThat(parsing.read(document)).isEqualTo(fresh);
                parsing.read(before);
                assertThat(parsing.read(document, 1)).isEqualTo(fresh);
            }
        }
    }
}
