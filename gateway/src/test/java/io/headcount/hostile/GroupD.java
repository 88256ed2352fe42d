package io.headcount.hostile;

import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.declared;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.row;
import static io.headcount.hostile.Documents.text;
import static io.headcount.hostile.Documents.with;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Attacks by XML. */
final class GroupD {
    private static final int LONG = 200_000;

    private GroupD() {}

    static Stream<Case> cases() {
        return Stream.of(documentTypes(), inclusions(), bounds(), misplaced()).flatMap(cases -> cases);
    }

    private static Case doctype(String id, String what, String doctype) {
        return closed(400, id, what, post(declared(doctype))).says("a document type is not allowed");
    }

    private static Case beyond(String id, String what, String document) {
        return closed(400, id, what, post(document)).says("the document goes beyond a safety bound");
    }

    private static Stream<Case> documentTypes() {
        String file = "SYSTEM \"file:///etc/passwd\"";
        return Stream.of(
                doctype("D01", "a document type", "<!DOCTYPE Metrics>"),
                doctype("D01", "a document type behind the declaration", "<?xml version='1.0'?>\n<!DOCTYPE a>"),
                doctype("D02", "an external document type", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/\">"),
                doctype("D04", "an internal subset that ends at once", "<!DOCTYPE a ["),
                doctype("D05", "an external entity", "<!DOCTYPE a " + file + " [<!ENTITY x " + file + ">]><a>&x;</a>"),
                doctype(
                        "D06",
                        "an external entity in an attribute",
                        "<!DOCTYPE a [<!ENTITY x " + file + ">]><a b=\"&x;\"/>"),
                doctype("D07", "a parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\">%p;]>"),
                doctype("D08", "a billion laughs", "<!DOCTYPE a [" + laughs() + "]><a>&l9;</a>"),
                doctype(
                        "D09",
                        "quadratic growth",
                        "<!DOCTYPE a [<!ENTITY x \"" + "y".repeat(50_000) + "\">]><a>" + "&x;".repeat(1_000) + "</a>"),
                doctype("D10", "entities of each other", "<!DOCTYPE a [<!ENTITY x \"&y;\"><!ENTITY y \"&x;\">]>"),
                doctype("D12", "an internal subset of 1 MB", "<!DOCTYPE a [" + "<!-- x -->".repeat(100_000) + "]>"));
    }

    private static String laughs() {
        return "<!ENTITY l0 \"lol\">"
                + IntStream.range(1, 10)
                        .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                        .collect(Collectors.joining());
    }

    private static Stream<Case> inclusions() {
        String xsi = "http://www.w3.org/2001/XMLSchema-instance";
        return Stream.of(
                accepted(
                        "D13",
                        "an inclusion",
                        post(row("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude'"
                                + " href='file:///etc/passwd'/>"))),
                accepted(
                        "D13",
                        "a schema location",
                        post(with("@xmlns:xsi", xsi).with("@xsi:schemaLocation", "urn:x http://127.0.0.1:1/"))),
                accepted(
                        "D13",
                        "a schema location without a namespace",
                        post(with("@xmlns:xsi", xsi).with("@xsi:noNamespaceSchemaLocation", "http://127.0.0.1:1/"))));
    }

    private static Stream<Case> bounds() {
        Stream<Case> depths = Stream.of(9, 1_000, 10_000, 50_000)
                .flatMap(depth -> Stream.of(
                        beyond("D14", "depth " + depth + ", closed", "<x>".repeat(depth) + "</x>".repeat(depth)),
                        beyond("D14", "depth " + depth + ", open", "<x>".repeat(depth))));
        Stream<Case> attributes = Stream.of(33, 100, 1_000, 5_000)
                .map(count -> beyond(
                        "D15",
                        count + " attributes",
                        row("<x" + many(count, " a#='1'") + "/>").toString()));
        Stream<Case> others = Stream.of(
                beyond(
                        "D16",
                        "4,000 namespaces",
                        row("<x" + many(4_000, " xmlns:a#='u'") + "/>").toString()),
                beyond(
                        "D16",
                        "3,000 namespaces and 3,000 attributes",
                        row("<x" + many(3_000, " xmlns:a#='u#'") + many(3_000, " a#:b='1'") + "/>")
                                .toString()),
                beyond("D18", "1,000 fresh names", row(many(1_000, "<n#/>")).toString()),
                beyond(
                        "D20",
                        "a name of 200 KB",
                        row("<" + "n".repeat(LONG) + "/>").toString()),
                beyond(
                        "D21",
                        "an attribute of 200 KB",
                        with("@DeviceName", "v".repeat(LONG)).toString()),
                beyond("D21", "a text of 200 KB", text("t".repeat(LONG)).toString()),
                beyond(
                        "D21",
                        "a comment of 200 KB",
                        row("<!--" + "c".repeat(LONG) + "-->").toString()),
                kept(400, "D21", "a processing instruction of 200 KB", post(row("<?p " + "p".repeat(LONG) + "?>"))),
                beyond(
                        "D22",
                        "50,000 empty elements",
                        row("<a/>".repeat(50_000)).toString()),
                beyond("D22", "50,000 entities", text("&lt;".repeat(50_000)).toString()),
                kept(400, "D22", "20,000 processing instructions", post(row("<?p?>".repeat(20_000)))),
                kept(
                        422,
                        "D23",
                        "10,000 objects",
                        post(document()
                                .object("<Object><Count UnixStartTime='1667806080' Enters='1' Exits='1'/></Object>"
                                        .repeat(10_000)))));
        return Stream.of(depths, attributes, others).flatMap(cases -> cases);
    }

    private static String many(int count, String pattern) {
        return IntStream.range(0, count)
                .mapToObj(i -> pattern.replace("#", Integer.toString(i)))
                .collect(Collectors.joining());
    }

    private static Stream<Case> misplaced() {
        return Stream.of(
                kept(422, "D26", "an object in an object", post(row("<Object/>")))
                        .says("Object: not where it belongs"),
                kept(422, "D26", "a row in Properties", post(with("Properties/HostName", "<Count/>")))
                        .says("Count: not where it belongs"));
    }
}
