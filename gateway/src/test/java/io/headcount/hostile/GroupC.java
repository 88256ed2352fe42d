package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;
import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.declared;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.rooted;
import static io.headcount.hostile.Documents.row;
import static io.headcount.hostile.Documents.text;
import static io.headcount.hostile.Documents.with;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is XML and what is not. */
final class GroupC {
    private GroupC() {}

    static Stream<Case> cases() {
        return Stream.of(
                        empty(),
                        cutOff(),
                        tags(),
                        around(),
                        declarations(),
                        attributes(),
                        namespaces(),
                        sections(),
                        references(),
                        characters(),
                        lineEnds(),
                        structure(),
                        conformanceSuite())
                .flatMap(cases -> cases);
    }

    private static Case bad(String id, String what, String document) {
        return kept(400, id, what, post(document)).says("not well-formed XML");
    }

    private static Case cut(String id, String what, String document) {
        return kept(400, id, what, post(document)).says("the document is cut off");
    }

    private static Case instruction(String id, String what, String document) {
        return kept(400, id, what, post(document)).says("a processing instruction is not allowed");
    }

    private static Case blank(String id, String what, String document) {
        return kept(400, id, what, post(document)).says("empty document");
    }

    private static Case good(String id, String what, String document) {
        return accepted(id, what, post(document));
    }

    private static Stream<Case> empty() {
        return Stream.of(
                blank("C01", "an empty body", ""),
                blank("C01", "white space", " \r\n\t"),
                blank("C01", "a byte order mark", "\ufeff"));
    }

    private static Stream<Case> cutOff() {
        return Stream.of(
                cut("C03", "an open root", "<Metrics>"),
                cut("C03", "an open comment", "<Metrics><!-- a"),
                cut("C03", "an open CDATA section", "<Metrics><![CDATA[x]]"),
                cut("C03", "an open attribute", "<Metrics a='1"),
                instruction("C03", "an open processing instruction", "<Metrics><?x"));
    }

    private static Stream<Case> tags() {
        return Stream.of(
                bad("C04", "another end tag", "<Metrics></RTMetrics>"),
                bad("C04", "an end tag in lower case", "<Metrics></metrics>"),
                bad(
                        "C04",
                        "a row's end tag in lower case",
                        row("<Count></count>").toString()),
                bad("C14", "an end tag with an attribute", "<Metrics></Metrics a='1'>"),
                bad("C14", "a blank before the name", row("< Count/>").toString()),
                bad("C14", "a name that begins with a digit", row("<1a/>").toString()),
                bad("C14", "a name that begins with a colon", row("<:a/>").toString()),
                bad("C14", "a name with two colons", row("<a:b:c/>").toString()));
    }

    private static Stream<Case> around() {
        return Stream.of(
                good("C06", "white space behind the root", document() + " \r\n\t"),
                good("C06", "a comment behind the root", document() + "\n<!-- x -->\n"),
                bad("C07", "text before the root", "x" + declared("")),
                bad("C07", "text behind the root", document() + "x"),
                bad("C07", "JSON", "{\"DeviceId\":\"" + CAMERA + "\"}"),
                bad("C07", "HTML", "<!doctype html><html><body><p>x</body></html>"),
                bad("C07", "form data", "DeviceId=" + CAMERA + "&Enters=1"),
                closed(400, "C07", "HTML with a document type", post("<!DOCTYPE html><html></html>"))
                        .says("a document type is not allowed"),
                bad("C07", "gzip", "\u001f\b\0\0"),
                bad("C07", "zeros", "\0".repeat(100)),
                bad("C07", "two documents", declared("") + "" + declared("")),
                good("C08", "white space before the declaration", " \r\n" + document()),
                good(
                        "C08",
                        "blanks before the declaration",
                        declared("  <?xml version='1.0' encoding='utf-8'?>").toString()),
                good("C08", "a line end before the declaration", "\n" + document()));
    }

    private static Stream<Case> declarations() {
        return Stream.of(
                instruction("C09", "two declarations", "<?xml version='1.0'?>" + document()),
                instruction(
                        "C09",
                        "a declaration inside",
                        row("<?xml version='1.0'?>").toString()),
                good("C10", "version 1.1", declared("<?xml version='1.1'?>").toString()),
                good(
                        "C10",
                        "single quotes",
                        declared("<?xml version='1.0' encoding='utf-8'?>").toString()),
                bad("C10", "version 2.0", declared("<?xml version='2.0'?>").toString()),
                bad("C10", "version 1.00", declared("<?xml version='1.00'?>").toString()),
                bad("C10", "no version", declared("<?xml encoding='utf-8'?>").toString()),
                bad(
                        "C10",
                        "another order",
                        declared("<?xml encoding='utf-8' version='1.0'?>").toString()),
                bad(
                        "C11",
                        "standalone maybe",
                        declared("<?xml version='1.0' standalone='maybe'?>").toString()));
    }

    private static Stream<Case> attributes() {
        return Stream.of(
                bad("C12", "an attribute twice", row("<x a='1' a='2'/>").toString()),
                bad(
                        "C12",
                        "an attribute twice by two prefixes",
                        row("<x xmlns:p='u' xmlns:q='u' p:a='1' q:a='2'/>").toString()),
                bad("C13", "no quotes", row("<x a=1/>").toString()),
                bad("C13", "no value", row("<x a/>").toString()),
                bad("C13", "< in an attribute", row("<x a='<'/>").toString()),
                bad("C13", "no blank between attributes", row("<x a='1'b='2'/>").toString()));
    }

    private static Stream<Case> namespaces() {
        return Stream.of(
                bad("C15", "an unbound prefix of an element", row("<p:x/>").toString()),
                bad(
                        "C15",
                        "an unbound prefix of an attribute",
                        row("<x p:a='1'/>").toString()),
                good("C16", "a default namespace", with("@xmlns", "urn:x").toString()),
                bad(
                        "C17",
                        "xml bound to something else",
                        row("<x xmlns:xml='urn:x'/>").toString()),
                bad("C17", "xmlns bound", row("<x xmlns:xmlns='urn:x'/>").toString()),
                bad("C17", "a prefix unbound", row("<x xmlns:p=''/>").toString()));
    }

    private static Stream<Case> sections() {
        return Stream.of(
                bad("C18", "-- in a comment", row("<!-- a -- b -->").toString()),
                bad(
                        "C18",
                        "a comment with three dashes at its end",
                        row("<!-- a --->").toString()),
                bad("C21", "]]> in text", text("a]]>b").toString()),
                bad(
                        "C22",
                        "a CDATA section in another",
                        text("<![CDATA[a<![CDATA[b]]>c]]>").toString()),
                kept(
                                422,
                                "C22",
                                "the beginning of a CDATA section for a number",
                                post(with("Properties/TransmitTime", "<![CDATA[<![CDATA[1]]>")))
                        .says("Properties/TransmitTime: not a number"),
                good(
                        "C22",
                        "the beginning of a CDATA section in another",
                        text("<![CDATA[a<![CDATA[b]]>c").toString()),
                good(
                                "C22",
                                "a CDATA section for a number",
                                with("Properties/TransmitTime", "<![CDATA[1667806085]]>")
                                        .toString())
                        .journals("\"transmitTime\":1667806085"),
                instruction("C23", "a processing instruction", text("<?x?>").toString()),
                instruction(
                        "C23",
                        "a style sheet",
                        declared("<?xml version='1.0'?><?xml-stylesheet href='x'?>")
                                .toString()));
    }

    private static Stream<Case> references() {
        Stream<Case> bad = Stream.of("&#0;", "&#xD800;", "&#x110000;", "&#4294967361;", "&#;", "&#X41;", "&#xFFFE;")
                .flatMap(reference -> Stream.of(
                        bad("C25", reference + " in text", text(reference).toString()),
                        bad(
                                "C25",
                                reference + " in an attribute",
                                with("@DeviceName", reference).toString())));
        Stream<Case> entities = Stream.of("AT&T", "&", "&#65", "&nbsp;", "&foo;")
                .flatMap(entity -> Stream.of(
                        bad("C27", entity + " in text", text(entity).toString())
                                .says(
                                        entity.endsWith(";")
                                                ? "an entity reference is not allowed"
                                                : "not well-formed XML"),
                        bad(
                                "C27",
                                entity + " in an attribute",
                                with("@DeviceName", entity).toString())));
        Stream<Case> good = Stream.of(
                good(
                                "C24",
                                "a number in references",
                                with("Count/@Enters", "&#x31;&#54;").toString())
                        .journals("\"enters\":16"),
                good(
                                "C28",
                                "the five entities",
                                with("@DeviceName", "&lt;&gt;&amp;&quot;&apos;").toString())
                        .journals("\"deviceName\":\"<>&\\\"'\""),
                good(
                                "C28",
                                "an entity is decoded once",
                                with("@DeviceName", "&amp;lt;").toString())
                        .journals("\"deviceName\":\"&lt;\""));
        return Stream.of(bad, entities, good).flatMap(cases -> cases);
    }

    private static Stream<Case> characters() {
        Stream<Case> controls = IntStream.range(0, 0x20)
                .filter(c -> c != '\t' && c != '\n' && c != '\r')
                .boxed()
                .flatMap(c -> Stream.of(
                        bad(
                                "C29",
                                "control " + c + " in text",
                                text(Character.toString(c)).toString()),
                        bad(
                                "C29",
                                "control " + c + " in an attribute",
                                with("@DeviceName", Character.toString(c)).toString())));
        return Stream.concat(
                controls,
                Stream.of(
                        good(
                                "C29",
                                "tab, line feed and carriage return in text",
                                text("a\tb\nc\rd").toString()),
                        good(
                                "C30",
                                "U+0085 in a name",
                                with("@DeviceName", "a\u0085b").toString()),
                        good(
                                "C30",
                                "U+2028 in a name",
                                with("@DeviceName", "a\u2028b").toString()),
                        good(
                                "C30",
                                "DEL in a name",
                                with("@DeviceName", "a\u007fb").toString())));
    }

    private static Stream<Case> lineEnds() {
        String lines = document().toString().replace("><", ">\n<");
        String enters = "\"enters\":2";
        return Stream.of(
                good("C32", "LF", lines).journals(enters),
                good("C32", "CRLF", lines.replace("\n", "\r\n")).journals(enters),
                good("C32", "CR", lines.replace("\n", "\r")).journals(enters),
                good("C32", "mixed line ends", lines.replace("\n", "\r\n\r\r\n\n"))
                        .journals(enters));
    }

    private static Stream<Case> structure() {
        return Stream.of(
                kept(422, "C33", "an empty root", post("<Metrics/>")).says("DeviceId: missing"),
                kept(422, "C33", "an empty real-time root", post("<RTMetrics></RTMetrics>"))
                        .says("DeviceId: missing"),
                kept(422, "C33", "an empty heartbeat", post("<Diags/>")).says("DeviceId: missing"),
                good("C33", "nothing but an identity", rooted("Metrics", "")),
                good("C33", "no Properties", document().toString().replaceFirst("(?s)<Properties>.*</Properties>", "")),
                good("C33", "no ReportData", document().toString().replaceFirst("(?s)<ReportData.*</ReportData>", "")));
    }

    /** In the manner of the not-well-formed documents of the W3C's test suite that need no document type. */
    private static Stream<Case> conformanceSuite() {
        return Stream.of(
                        "<doc><doc ?<a</doc>",
                        "<doc><.doc></.doc></doc>",
                        "<doc><? ?></doc>",
                        "<doc><?target some data></doc>",
                        "<doc><?target some data?</doc>",
                        "<doc><!-- three dashes ---></doc>",
                        "<doc>& no refc</doc>",
                        "<doc>&.entity;</doc>",
                        "<doc>&#RE;</doc>",
                        "<doc>A & B</doc>",
                        "<doc a1></doc>",
                        "<doc a1=v1></doc>",
                        "<doc a1=\"v1></doc>",
                        "<doc a1=\"<foo>\"></doc>",
                        "<doc a1=></doc>",
                        "<doc a1=\"v1\" \"v2\"></doc>",
                        "<doc><![CDATA[</doc>",
                        "<doc><![CDATA [ stuff]]></doc>",
                        "<doc></></doc>",
                        "<doc a1=\"A & B\"></doc>",
                        "<doc a1=\"a&b\"></doc>",
                        "<doc a1=\"&#123:\"></doc>",
                        "<doc 12=\"34\"></doc>",
                        "<123></123>",
                        "<doc>]]></doc>",
                        "<doc>]]]></doc>",
                        "<doc><!-- abc</doc>",
                        "<doc><?a pi that is not closed</doc>",
                        "<doc>abc]]]>def</doc>",
                        "<doc>A form feed (\f) is not legal</doc>",
                        "<doc><?pi a form feed (\f) is not allowed in a pi?></doc>",
                        "<doc><!-- a form feed (\f) is not allowed in a comment --></doc>",
                        "<doc>abc\u001bdef</doc>",
                        "<doc\f>A form feed is not white space</doc>",
                        "<doc>1 < 2 but not in XML</doc>",
                        "<doc></doc>Illegal data",
                        "<doc></doc>&#32;",
                        "<doc x=\"foo\" y=\"bar\" x=\"baz\"></doc>",
                        "<doc><a></aa></doc>",
                        "<doc></doc><doc></doc>",
                        "<doc/></doc>",
                        "<doc/>Illegal data",
                        "<doc/><doc/>",
                        "<doc><a/</doc>",
                        "<doc><a/</a></doc>",
                        "<doc><a / ></doc>",
                        "<doc></doc><![CDATA[]]>",
                        "<doc><a><![CDATA[xyz]] ></a></doc>",
                        "<!-- a comment --><![CDATA[]]><doc/>",
                        "&#32;<doc/>",
                        "<doc></DOC>",
                        "<!-- a comment ending like this --->\n<doc/>",
                        "<doc xml:space=\"<\"/>",
                        "<?xml VERSION=\"1.0\"?><doc/>",
                        "<?xml version=\"1.0\" standalone=\"YES\"?><doc/>",
                        "<?xml version=\"1.0\" STANDALONE=\"yes\"?><doc/>",
                        "<?XML version=\"1.0\"?><doc/>",
                        "<?xmL version=\"1.0\"?><doc/>",
                        "<doc><?xMl version=\"1.0\"?></doc>",
                        "<?xml version=\"1.0\" encoding=\"a/b\"?><doc/>",
                        "<?xml version=\"1.0\" encoding=\"\"?><doc/>")
                .map(document -> kept(400, "C34", document, post(document)));
    }
}
