package io.headcount.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** No secret gets past the mask: every form, in every encoding, cut at every byte. */
class SecretMaskTest {
    /** Of characters that no form has by itself: not one of them may be left. */
    private static final String SECRET = "9QZJ9QZJ";

    private static final List<Charset> ENCODINGS =
            List.of(UTF_8, ISO_8859_1, Charset.forName("GBK"), UTF_16LE, UTF_16BE);

    /** Forms in which the secret follows its name; {@code #} is the secret. */
    private static final List<String> AFTER_ITS_NAME = List.of(
            // as cameras send it
            "<WifiPassword>#</WifiPassword>",
            "<wifipassword>#</wifipassword>",
            "<WIFIPASSWORD>#</WIFIPASSWORD>",
            "<WiFiPassWord>#</WiFiPassWord>",
            "<WifiPassword >#</WifiPassword\r\n>",
            "<WifiPassword>\r\n  #\r\n</WifiPassword>",
            "<p:WifiPassword xmlns:p='u'>#</p:WifiPassword>",
            "<p:WifiPassword>#</p:WifiPassword>",
            "<password:Wifi>#</password:Wifi>",
            "<Passwd>#</Passwd>",
            "<WifiPwd>#</WifiPwd>",
            "<WifiPasswort>#</WifiPasswort>",
            "<wpa-passphrase.2>#</wpa-passphrase.2>",
            "<WifiPassword>a&amp;#&lt;b</WifiPassword>",
            "<WifiPassword>&#57;#</WifiPassword>",
            "<WifiPassword>a>#>b</WifiPassword>",
            "<x WifiPassword=\"#\"/>",
            "<x WifiPassword='#'>",
            "<x a=\"b\" WifiPassword=\"#\" c='d'/>",
            "<x WifiPassword = \"#\" >",
            "<x\r\nWIFIPASSWORD\t=\r\n'#'\r\n/>",
            "<x p:WifiPassword=\"#\"/>",
            "<x WifiPassword='a\"#\"b'/>",
            "<x WifiPassword=\"a>#\"/>",
            "<x WifiPassword=\"#\" passwd='#' Passphrase=\"#\"/>",
            "<Diags DeviceId=\"1\" WifiPassword=\"#\"><Properties><Version>1</Version></Properties></Diags>",
            // in comments and CDATA
            "<!-- <WifiPassword>#</WifiPassword> -->",
            "<!-- WifiPassword=# -->",
            "<!-- x WifiPassword=\"#\" y='z' -->",
            "<![CDATA[<WifiPassword>#</WifiPassword>]]>",
            "<WifiPassword><![CDATA[#]]></WifiPassword>",
            "<WifiPassword>a<![CDATA[#]]>b</WifiPassword>",
            // broken
            "<WifiPassword>a<#</WifiPassword>",
            "<WifiPassword>a&#</WifiPassword>",
            "<WifiPassword>a]]>#</WifiPassword>",
            "<WifiPassword>#</wifipassword>",
            "<WifiPassword>#</WifiPassword2>",
            "<WifiPassword>#</ WifiPassword>",
            "<WifiPassword>#</WifiPassword x>",
            "<WifiPassword>#<WifiPassword>#</WifiPassword>",
            "<WifiPassword>#<b/>#</WifiPassword>",
            "<WifiPassword><WifiPassword>#</WifiPassword></WifiPassword>",
            "<WifiPassword><Value>#</Value></WifiPassword>",
            "<WifiPassword>#",
            "<WifiPassword type=\"wpa\">#</WifiPassword>",
            "<WifiPassword value=\"#\"/>",
            "<WifiPassword #></WifiPassword>",
            "<WifiPassword/#>",
            "<WifiPassword",
            "<WifiPassword = #>",
            "<x WifiPassword=#/>",
            "<x WifiPassword=\"#/>",
            "<x WifiPassword='#\"/>",
            "<x WifiPassword=\"a\"#\"/>",
            "<x WifiPassword=\"a\" #\"/>",
            "<x WifiPassword=\"a<#\"/>",
            "<x a=\"1\"WifiPassword=\"#\"/>",
            "<x WifiPassword=\"a\"b='#'/>",
            "<x WifiPassword=\"a\" Passwd=#/>",
            // not XML
            "{\"WifiPassword\":\"#\"}",
            "{\"device\":\"1\", \"wifi_password\" : \"#\"}",
            "{\"WifiPassword\":[\"#\"]}",
            "WifiPassword=#&x=y",
            "x=y&wifi.password = #",
            // entities
            "<!DOCTYPE x [<!ENTITY pw \"#\">]><x><WifiPassword>&pw;</WifiPassword></x>",
            "<!DOCTYPE x [<!Entity % pw '#'>%pw;]><x/>");

    /** Forms in which it may stand in front of its name, too. */
    private static final List<String> ON_EITHER_SIDE = List.of(
            "<Property Name=\"WifiPassword\" Value=\"#\"/>",
            "<Property Value=\"#\" Name=\"WifiPassword\"/>",
            "<Property Value=\"#\" Name=\"The WifiPassword\"/>",
            "<Property Value=\"#\" Name=\"WifiPassword \"/>",
            "<x passwd=\"a\" Value=\"#\" Name=\"WifiPassword\"/>",
            "<input type=\"password\" value=\"#\">",
            "<key>WifiPassword</key><string>#</string>",
            "<string>#</string><key>WifiPassword</key>",
            "<string>#</string><key>WifiPassword:</key>",
            "<string>#</string><key>Wifi Password=</key>",
            "<key><![CDATA[WifiPassword]]></key><v>#</v>",
            "<WifiPasword>#</WifiPassword>",
            "<WifiPassword>a</WifiPassword>#</WifiPassword>",
            "<x # WifiPassword>",
            "{\"value\":\"#\",\"name\":\"WifiPassword\"}",
            "{\"name\":\"WifiPassword\",\"value\":\"#\"}",
            "value=#&name=WifiPassword",
            "xml=%3CWifiPassword%3E#%3C%2FWifiPassword%3E",
            "<x>&lt;WifiPassword&gt;#&lt;/WifiPassword&gt;</x>",
            "{\"xml\":\"<x a=\\\"1\\\">\",\\\"WifiPassword\\\":\\\"#\\\"}",
            "<!DOCTYPE x [<!ATTLIST x WifiPassword CDATA \"#\">]><x/>",
            "<!-- # is the WifiPassword -->",
            // not spelt plainly
            "<WifiPass\u0001word>#</WifiPass\u0001word>",
            "<WifiPass\rword>#</WifiPass\rword>",
            "<Wifi-Pass-word>#</Wifi-Pass-word>",
            "<Key>WifiPass<!-- > -->word</Key><Value>#</Value>",
            "{\"Wifi\\u0050assword\":\"#\"}",
            "Wifi%50assword=#",
            "WifiPassword: #",
            "WifiPassword\uff1a#",
            "--b\r\nContent-Disposition: form-data; name=\"WifiPassword\"\r\n\r\n#\r\n--b--");

    static Stream<String> forms() {
        return Stream.concat(AFTER_ITS_NAME.stream(), ON_EITHER_SIDE.stream());
    }

    private static String document(String form) {
        return "<Diags DeviceId=\"1\"><Properties><SerialNumber>2</SerialNumber>" + form
                + "<Version>1</Version></Properties></Diags>";
    }

    private static byte[] masked(byte[] body, boolean whole) {
        ByteBuffer masked = SecretMask.mask(body, whole).bytes();
        byte[] bytes = new byte[masked.remaining()];
        masked.get(bytes);
        return bytes;
    }

    private static String masked(String body) {
        return new String(masked(body.getBytes(UTF_8), true), UTF_8);
    }

    private static void assertNoSecret(byte[] body, boolean whole, String what) {
        String left = new String(masked(body, whole), ISO_8859_1);
        assertThat(left.chars().filter(c -> SECRET.indexOf(c) >= 0).count())
                .as("%s, whole %s: %s", what, whole, left)
                .isZero();
    }

    @Test
    void shouldHaveFormsWithoutTheSecretsCharacters() {
        assertThat(forms().filter(form -> document(form).matches("(?s).*[" + SECRET + "].*")))
                .isEmpty();
        assertThat(forms()).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldLeaveNothingOfTheSecret(String form) {
        for (Charset encoding : ENCODINGS) {
            for (String around :
                    new String[] {form, document(form), "\ufeff" + document(form), "\u5bc6" + form + "\u7801"}) {
                byte[] body = around.replace("#", SECRET).getBytes(encoding);
                assertNoSecret(body, true, around + " " + encoding);
                assertNoSecret(body, false, around + " " + encoding);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldLeaveNothingOfTheSecretWhereverTheBodyIsCut(String form) {
        boolean afterItsName = AFTER_ITS_NAME.contains(form);
        for (Charset encoding : ENCODINGS) {
            byte[] body = form.replace("#", SECRET).getBytes(encoding);
            for (int length = 0; length <= body.length; length++) {
                byte[] cut = Arrays.copyOf(body, length);
                // a value in front of a name that has not come is just a value
                if (afterItsName || names(cut) == names(body)) {
                    assertNoSecret(cut, true, form + " " + encoding + " cut at " + length);
                    assertNoSecret(cut, false, form + " " + encoding + " cut at " + length);
                }
            }
        }
    }

    private static long names(byte[] body) {
        String text = new String(body, ISO_8859_1).replace("\0", "");
        return Pattern.compile("(?i)password|passwd|passphrase")
                .matcher(text)
                .results()
                .count();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldNotTellTheSecretsLength(String form) {
        for (Charset encoding : ENCODINGS) {
            for (boolean whole : new boolean[] {true, false}) {
                byte[] ofOne = masked(document(form).replace("#", "x").getBytes(encoding), whole);
                for (int length : new int[] {2, 8, 63, 500}) {
                    byte[] ofMore = masked(
                            document(form).replace("#", "x".repeat(length)).getBytes(encoding), whole);
                    assertThat(ofMore).as("%s %s", form, encoding).isEqualTo(ofOne);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    <a><WifiPassword>x</WifiPassword></a>           | <a><WifiPassword>***</WifiPassword></a>
                    <a><WifiPassword></WifiPassword></a>            | <a><WifiPassword>***</WifiPassword></a>
                    <a><WifiPassword/><b/></a>                      | <a><WifiPassword/><b/></a>
                    <a><WifiPassword /><b/></a>                     | <a><WifiPassword /><b/></a>
                    <a b="1" WifiPassword="x" c = 'd'/>             | <a b="1" WifiPassword="***" c = 'd'/>
                    <a WifiPassword=''>b</a>                        | <a WifiPassword='***'>b</a>
                    <a passwd="x" WifiPassword='y'><b passwd="z"/>  | <a passwd="***" WifiPassword='***'><b passwd="***"/>
                    <!-- <Passwd>x</Passwd> --><b c="d"/>           | <!-- <Passwd>***</Passwd> --><b c="d"/>
                    <a><Passwd>x</Passwd><b/><Passwd>y</Passwd></a> | <a><Passwd>***</Passwd><b/><Passwd>***</Passwd></a>
                    """)
    void shouldReplaceTheValuesOfWhatCamerasSend(String body, String expected) {
        MaskedBody masked = SecretMask.mask(body.getBytes(UTF_8), true);

        assertThat(masked.masking()).isEqualTo(Masking.VALUES);
        assertThat(UTF_8.decode(masked.bytes()).toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    <a><WifiPassword>x<b/></WifiPassword></a>  | <a><WifiPassword***
                    <a b="1" WifiPassword=x>y</a>              | <a b="1" WifiPassword***
                    {"a":"b","WifiPassword":"x"}               | {"a":"b","WifiPassword***
                    <a/><!DOCTYPE a [<!ENTITY b "x">]>         | <a/><!DOCTYPE a [<!ENTITY***
                    """)
    void shouldHideTheRestWhereTheValueCanOnlyFollow(String body, String expected) {
        MaskedBody masked = SecretMask.mask(body.getBytes(UTF_8), true);

        assertThat(masked.masking()).isEqualTo(Masking.REST);
        assertThat(UTF_8.decode(masked.bytes()).toString()).isEqualTo(expected);
    }

    @Test
    void shouldHideTheRestOfABodyWithoutItsEnd() {
        byte[] body = "<a><WifiPassword>x</WifiPassword><b>c".getBytes(UTF_8);
        MaskedBody masked = SecretMask.mask(body, false);

        assertThat(masked.masking()).isEqualTo(Masking.REST);
        assertThat(UTF_8.decode(masked.bytes()).toString()).isEqualTo("<a><WifiPassword***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<a/>", "<Wifi_Pass>x</Wifi_Pass>", "<a b='pass'>word</a>", "\0\0p\0", "pass"})
    void shouldLeaveABodyAloneThatNamesNoSecret(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        for (boolean whole : new boolean[] {true, false}) {
            assertThat(SecretMask.mask(bytes, whole).masking()).isEqualTo(Masking.NO);
            assertThat(masked(bytes, whole)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GBK", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-16"})
    void shouldLeaveADocumentWellFormed(String encoding) throws Exception {
        String declared = encoding.startsWith("UTF-16") ? "UTF-16" : encoding;
        String bom = encoding.length() > 6 && encoding.startsWith("UTF-16") ? "\ufeff" : "";
        String document =
                bom + "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>\n<Diags SiteName=\"\u00e4\u00e9\">"
                        + "<x WifiPassword=\"\u00e4x\u00e9\" a=\"\u00e4\"/><WifiPassword>\u00e9</WifiPassword>"
                        + "<Passwd>y</Passwd><Passphrase></Passphrase>\u00e9</Diags>";
        if (encoding.equals("GBK")) {
            document = document.replace('\u00e4', '\u5bc6').replace('\u00e9', '\u7801');
        }
        byte[] masked = masked(document.getBytes(encoding), true);

        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(masked))
                .getDocumentElement();
        assertThat(((Element) root.getElementsByTagName("x").item(0)).getAttribute("WifiPassword"))
                .isEqualTo("***");
        assertThat(root.getTextContent()).startsWith("*********").hasSize(10);
        assertThat(root.getAttribute("SiteName"))
                .isEqualTo(document.substring(document.indexOf("Name=\"") + 6, document.indexOf("\"><x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<x password='a'/>",
                " password='a'",
                "<password/>",
                "<password>a</password>",
                "password",
                "<password",
                " password = ",
                "p",
                "<!entity",
                "<x passwd=\"a\" b=\"",
                "<x          passwd"
            })
    void shouldCopeWithTheLargestBodies(String piece) {
        String body = "<x" + piece.repeat((1 << 20) / piece.length());
        for (String end : new String[] {"", ">", " Name=\"password\">"}) {
            assertThat(masked(body + end)).hasSizeLessThan((3 << 20) / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<WifiP&#97;ssword>9QZJ9QZJ</WifiP&#97;ssword>",
                "<P Name=\"WifiPas&#115;word\" Value=\"9QZJ9QZJ\"/>",
                "<P Name=\"WifiPas&#x73;word\" Value=\"9QZJ9QZJ\"/>",
                "<P Name=\"Wifi&#x0000050;assword\" Value=\"9QZJ9QZJ\"/>"
            })
    void shouldSeeTheWordThroughReferences(String body) {
        assertThat(SecretMask.mask(body.getBytes(UTF_8), true).masking()).isEqualTo(Masking.ALL);
    }

    @Test
    void shouldSeeTheWordThroughADamagedByte() {
        byte[] body = ("<WifiPass\u00ffword>" + SECRET + "</WifiPass\u00ffword>").getBytes(ISO_8859_1);

        MaskedBody masked = SecretMask.mask(body, true);

        assertThat(masked.masking()).isEqualTo(Masking.ALL);
        assertThat(new String(masked.bytes().array(), ISO_8859_1)).isEqualTo("***");
    }

    @Test
    void shouldLeaveWordsAloneThatOnlyLookAlike() {
        String body = "<x Passings=\"1\" Name=\"By-pass world &#80; 50% pass &amp; word\"><!-- pass --> word</x>";

        assertThat(SecretMask.mask(body.getBytes(UTF_8), true).masking()).isEqualTo(Masking.NO);
    }
}
