package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is XML and what is not. All documents are given whole, in pieces, and before a good one. */
class WellFormednessTest {
    private static final String NOT_WELL_FORMED = "400 not well-formed XML";
    private static final String CUT_OFF = "400 the document is cut off";
    private static final String EMPTY = "400 empty document";
    private static final String GOOD = Parsing.outcomeOf(new PostText().toString());

    /** A good post with something else instead of its HostName's text. */
    private static String withText(String xml) {
        return Parsing.outcomeOf(new PostText().with("Properties/HostName", xml).toString());
    }

    private static String withCount(String xml) {
        return Parsing.outcomeOf(new PostText().row(xml).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t ", "\ufeff", "\ufeff \n"})
    void shouldRefuseAnEmptyDocument(String document) {
        assertThat(Parsing.outcomeOf(document)).isEqualTo(EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"code\":0}",
                "a=1&b=2",
                "x<Metrics/>",
                "<>",
                "< Metrics/>",
                "<1a/>",
                "<:a/>",
                "<a:b:c/>",
                "<Metrics></RTMetrics>",
                "<Metrics></metrics>",
                "<Metrics></Metrics x='1'>",
                "<Metrics/><Metrics/>",
                "<Metrics/>x",
                "<Metrics/><![CDATA[x]]>",
                "<![CDATA[x]]><Metrics/>",
                "<Metrics a='1' a='2'/>",
                "<Metrics xmlns:p='u' xmlns:q='u' p:a='1' q:a='2'/>",
                "<Metrics a=1/>",
                "<Metrics a/>",
                "<Metrics a='<'/>",
                "<Metrics a='1'b='2'/>",
                "<Metrics a='1\"/>",
                "<Metrics p:a='1'/>",
                "<p:Metrics/>",
                "<Metrics xmlns:p=''/>",
                "<Metrics>\t&#xA;<a b='&#x;'/></Metrics>",
                "<Metrics> &#65;b<a b='&#;'/></Metrics>",
                "<Metrics xml:6ang='en'/>",
                "<Metrics xmlns:p='u' p:-a='1'/>",
                "<Metrics xmlns:p='u' p:\u0300='1'/>",
                "<Metrics xmlns:p='u'><p:.a/></Metrics>",
                "<Metrics xmlns:1p='u'/>",
                "<Metrics xmlns:\u00b7='u'/>",
                "<Metrics xmlns:='urn:x'/>",
                "<Metrics xmlns: ='urn:x'/>",
                "<Metrics xmlns:xml='urn:x'/>",
                "<Metrics xmlns:xmlns='urn:x'/>",
                "<Metrics><!-- a -- b --></Metrics>",
                "<Metrics><!-- a ---></Metrics>",
                "<Metrics><!- a --></Metrics>",
                "<Metrics><![cdata[x]]></Metrics>",
                "<Metrics><!ELEMENT a ANY></Metrics>",
                "<Metrics></Metrics\0>",
                "<Metrics></Met\0rics>",
                "<Metrics></Metr\0ics>",
                "<Metrics>\0</Metrics>",
                "<Metrics>\u0001</Metrics>",
                "<Metrics>\u001b</Metrics>",
                "<Metrics a='\u0001'/>",
                "<Metrics>\ufffe</Metrics>",
                "<Metrics>\uffff</Metrics>",
                "<Metrics a='\uffff'/>"
            })
    void shouldRefuseWhatIsNotXml(String document) {
        assertThat(Parsing.outcomeOf(document)).startsWith("400 ").isIn(NOT_WELL_FORMED, CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\r\r", "\n\r", "\r\n", "\r\n\r", " \r", "<!-- c -->\r"})
    void shouldAcceptAnyLineEndBehindTheDocument(String end) {
        assertThat(Parsing.outcomeOf(new PostText() + end)).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<Metrics",
                "<Metrics>",
                "<Metrics a='1",
                "<Metrics><!-- a",
                "<Metrics><![CDATA[x",
                "<Metrics><![CDATA[x]]",
                "<Metrics>&lt",
                "<Metrics></Metrics",
                "<!-- only a comment -->",
                "<?xml version='1.0'?>"
            })
    void shouldRefuseADocumentThatIsCutOff(String document) {
        assertThat(Parsing.outcomeOf(document)).isEqualTo(CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#0;",
                "&#1;",
                "&#xB;",
                "&#xD800;",
                "&#xDFFF;",
                "&#x110000;",
                "&#4294967361;",
                "&#18446744073709551681;",
                "&#;",
                "&#x;",
                "&#X41;",
                "&#xFFFE;",
                "&#xFFFF;",
                "&#65",
                "&;",
                "& ",
                "AT&T",
                "&#6 5;",
                "&lt",
                "&LT;x"
            })
    void shouldRefuseReferencesThatAreNone(String xml) {
        assertThat(withText("a" + xml)).startsWith("400 ");
        assertThat(withText(xml)).startsWith("400 ");
        assertThat(Parsing.outcomeOf(
                        new PostText().with("@DeviceName", "a" + xml).toString()))
                .startsWith("400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&nbsp;", "&foo;", "&LT;"})
    void shouldRefuseEntitiesThatAreNotPredefined(String xml) {
        assertThat(withText("a" + xml)).isEqualTo("400 an entity reference is not allowed");
        assertThat(withText(xml)).isEqualTo("400 an entity reference is not allowed");
        assertThat(Parsing.outcomeOf(new PostText().with("@DeviceName", xml).toString()))
                .startsWith("400 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    &#x41;bc                | Abc
                    &#65;&#66;&#67;         | ABC
                    x&#65;y                 | xAy
                    中&#65;                 | 中A
                    &#x4E2D;                | 中
                    &#x1F600;&#128512;      | 😀😀
                    😀😁                    | 😀😁
                    &#x0000000041;          | A
                    &lt;&gt;&amp;&quot;&apos; | <>&"'
                    &amp;lt;                | &lt;
                    &amp;#65;               | &#65;
                    ]]&gt;                  | ]]>
                    ]] >                    | ]] >
                    ]&#93;>                 | ]]>
                    <![CDATA[a]]>b          | ab
                    a<![CDATA[]]>b          | ab
                    <![CDATA[]]]]><![CDATA[>]]> | ]]>
                    <![CDATA[<b>&lt;</b>]]> | <b>&lt;</b>
                    <![CDATA[]] >]]>        | ]] >
                    <![CDATA[<![CDATA[]]>   | <![CDATA[
                    a<!-- ]]> & < -->b      | ab
                    a<!---->b               | ab
                    a<x>hidden</x>b         | ab
                    é                       | é
                    """)
    void shouldJoinTheTextOfAnElement(String xml, String expected) {
        assertThat(withText(xml)).contains("|" + expected + "|8|0|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"]]>", "a]]>", "]]]>", "]]]]]>", "<![CDATA[x]]>]]>", "<!-- x -->]]>", "&lt;]]>"})
    void shouldRefuseTheEndOfACdataSectionInText(String xml) {
        assertThat(withText(xml)).isEqualTo(NOT_WELL_FORMED);
    }

    @Test
    void shouldAcceptTheEndOfACdataSectionElsewhere() {
        assertThat(Parsing.outcomeOf(new PostText().with("@DeviceName", "a]]>b").toString()))
                .contains("/a]]>b/");
        assertThat(withCount("<!-- ]]> -->")).isEqualTo(GOOD);
        assertThat(withCount("]]<!-- x -->>")).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Count  StartTime = '15:28:00'\r\n EndTime\t=\n'15:29:00' UnixStartTime='1667806080' Enters='1' Exits='2' />",
                "<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080' Enters='1' Exits='2'></Count >",
                "<Count Exits='2' Enters='1' UnixStartTime='1667806080' EndTime='15:29:00' StartTime='15:28:00'> </Count>",
                "<Count StartTime='15:28:00' EndTime='15:29:00' UnixStartTime='1667806080' Enters='&#49;' Exits='2'/><!--x-->"
            })
    void shouldNotCareHowARowIsWritten(String xml) {
        assertThat(withCount(xml)).endsWith("0 1667806080+60: 1 2 0 0 status - []");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\ufeff",
                " \r\n",
                "\ufeff\n\t ",
                "<!-- before -->",
                "<?xml version='1.0'?>",
                "<?xml version=\"1.0\" ?>\r\n\r\n",
                "<?xml\tversion = '1.0'\nencoding = 'UTF-8'\r\nstandalone\n=\n'yes'\n?><!-- x -->",
                "<?xml version='1.0' standalone='no'?>",
                "<?xml version=\"1.1\" encoding=\"utf-8\"?>",
                "  <?xml version='1.0' encoding='Utf-8'?>"
            })
    void shouldAcceptWhatMayStandBeforeTheRoot(String declaration) {
        assertThat(Parsing.outcomeOf(new PostText().declaration(declaration).toString()))
                .isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " \r\n\t", "<!-- after -->", "\n<!-- a --><!-- b -->\n"})
    void shouldAcceptWhatMayStandBehindTheRoot(String end) {
        assertThat(Parsing.outcomeOf(new PostText() + end)).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='2.0'?>",
                "<?xml version='1.00'?>",
                "<?xml version='1.'?>",
                "<?xml version=1.0?>",
                "<?xml version='1.0\"?>",
                "<?xml encoding='utf-8'?>",
                "<?xml encoding='utf-8' version='1.0'?>",
                "<?xml version='1.0' standalone='maybe'?>",
                "<?xml version='1.0' standalone='yes' encoding='utf-8'?>",
                "<?xml version='1.0'encoding='utf-8'?>",
                "<?xml version='1.0' encoding=''?>",
                "<?xml version='1.0' encoding='utf 8'?>",
                "<?xml version='1.0' encoding='8utf'?>",
                "<?xml version='1.0' version='1.0'?>",
                "<?xml version='1.0' x='y'?>",
                "<?xml ?>",
                "<?xml version='1.0'>"
            })
    void shouldRefuseADeclarationThatIsNone(String declaration) {
        assertThat(Parsing.outcomeOf(new PostText().declaration(declaration).toString()))
                .isEqualTo(NOT_WELL_FORMED);
    }

    @Test
    void shouldRefuseADeclarationThatIsTooLong() {
        String declaration = "<?xml version='1.0'" + " ".repeat(256) + "?>";
        assertThat(Parsing.outcomeOf(new PostText().declaration(declaration).toString()))
                .isEqualTo(NOT_WELL_FORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='1.0'?><?xml version='1.0'?>",
                "<!-- x --><?xml version='1.0'?>",
                "<?xml-stylesheet href='x'?>",
                "<?xml?>",
                "<?XML version='1.0'?>",
                "<?php echo ?>"
            })
    void shouldRefuseProcessingInstructions(String declaration) {
        assertThat(Parsing.outcomeOf(new PostText().declaration(declaration).toString()))
                .isEqualTo("400 a processing instruction is not allowed");
        assertThat(withText("<?x?>")).isEqualTo("400 a processing instruction is not allowed");
        assertThat(Parsing.outcomeOf(new PostText() + "<?x?>"))
                .isEqualTo("400 a processing instruction is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Metrics>",
                "<!DOCTYPE Metrics SYSTEM 'http://127.0.0.1:1/'>",
                "<!DOCTYPE Metrics [<!ENTITY a 'x'>]>",
                "<!DOCTYPE Metrics SYSTEM 'file:///etc/passwd' [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
                "<!DOCTYPE Metrics [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'>%p;]>",
                "<!DOCTYPE"
            })
    void shouldRefuseADocumentType(String doctype) {
        assertThat(Parsing.outcomeOf(new PostText().declaration(doctype).toString()))
                .isEqualTo("400 a document type is not allowed");
    }

    @Test
    void shouldReadNamesInANamespaceByTheirLocalPart() {
        String post = new PostText().with("@xmlns", "urn:x").toString();
        assertThat(Parsing.outcomeOf(post)).isEqualTo(GOOD);
        String prefixed = "<c:Metrics xmlns:c='urn:x' c:DeviceId='7'><c:Properties/></c:Metrics>";
        assertThat(Parsing.outcomeOf(prefixed)).startsWith("INTERVAL heartbeat null/null/7/");
    }

    @Test
    void shouldIgnoreSchemaLocationsAndInclusions() {
        String post = new PostText()
                .with("@xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
                .with("@xsi:noNamespaceSchemaLocation", "http://127.0.0.1:1/x.xsd")
                .row("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>")
                .toString();
        assertThat(Parsing.outcomeOf(post)).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<Diags><Properties></Diags>", "<Html><a></Html>", "<Metrics><Count Enters='-1'/></Metric>\n"})
    void shouldTellWhatIsNotXmlFromWhatIsNotAcceptable(String document) {
        assertThat(Parsing.outcomeOf(document)).isEqualTo(NOT_WELL_FORMED);
    }

    @Test
    void shouldReadToTheEndWhatIsNotAcceptable() {
        String unacceptable = new PostText().with("Count/@Enters", "x").toString();
        assertThat(Parsing.outcomeOf(unacceptable)).isEqualTo("422 Count/@Enters: not a number");
        assertThat(Parsing.outcomeOf(unacceptable + "<")).isEqualTo(CUT_OFF);
        assertThat(Parsing.outcomeOf(unacceptable.replace("</Metrics>", ""))).isEqualTo(CUT_OFF);
        assertThat(Parsing.outcomeOf(unacceptable.replace("</Metrics>", "&x;</Metrics>")))
                .isEqualTo("400 an entity reference is not allowed");
        assertThat(Parsing.outcomeOf("<Unknown>" + "<x>".repeat(7) + "<y>"))
                .isEqualTo("400 the document goes beyond a safety bound");
    }
}
