package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;
import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.declared;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.encoded;
import static io.headcount.hostile.Documents.packed;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.text;
import static io.headcount.hostile.Documents.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.headcount.http.Requests;
import io.headcount.xml.PostText;
import java.nio.charset.Charset;
import java.util.stream.Stream;

/** Encodings, declared and not. */
final class GroupE {
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset GBK = Charset.forName("GBK");
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String SHOP = "\u6d4b\u8bd5\u5546\u5e97";
    private static final String SHOP_IN_JOURNAL = "\"siteName\":\"" + SHOP + "\"";

    private GroupE() {}

    static Stream<Case> cases() {
        return Stream.of(marks(), wide(), declared8Bit(), invalid(), names()).flatMap(cases -> cases);
    }

    private static PostText shop(PostText document) {
        return document.with("@SiteName", SHOP);
    }

    private static Stream<Case> marks() {
        return Stream.of(
                accepted("E02", "one byte order mark", post("\ufeff" + document())),
                kept(400, "E02", "two byte order marks", post("\ufeff\ufeff" + document()))
                        .says("not well-formed XML"),
                accepted("E02", "a byte order mark in a name", post(with("@SiteName", "a\ufeffb"))),
                kept(422, "E02", "a byte order mark in an id", post(with("@DeviceId", CAMERA + "\ufeff")))
                        .says("@DeviceId: contains a control character"));
    }

    private static Stream<Case> wide() {
        PostText marked = shop(declared("\ufeff"));
        PostText unmarked = shop(encoded("UTF-16"));
        return Stream.of(
                accepted("E03", "UTF-16BE with a byte order mark", post(marked, UTF_16BE))
                        .journals(SHOP_IN_JOURNAL),
                accepted("E03", "UTF-16LE with a byte order mark", post(marked, UTF_16LE))
                        .journals(SHOP_IN_JOURNAL),
                accepted(
                                "E03",
                                "UTF-16BE behind a declaration without encoding",
                                post(shop(declared("<?xml version='1.0'?>")), UTF_16BE))
                        .journals(SHOP_IN_JOURNAL),
                accepted("E03", "UTF-16BE as declared", post(unmarked, UTF_16BE))
                        .journals(SHOP_IN_JOURNAL),
                accepted("E03", "UTF-16LE as declared", post(unmarked, UTF_16LE))
                        .journals(SHOP_IN_JOURNAL),
                kept(400, "E03", "UTF-32BE", post(document(), UTF_32BE)).says("encoding is not supported"),
                kept(400, "E03", "UTF-32LE", post(document(), UTF_32LE)).says("encoding is not supported"),
                kept(400, "E03", "UTF-32 with a byte order mark", post(marked, UTF_32BE))
                        .says("encoding is not supported"),
                kept(400, "E04", "UTF-8 declared as UTF-16", post(encoded("UTF-16")))
                        .says("bytes are not valid in the declared encoding"));
    }

    private static Stream<Case> declared8Bit() {
        Stream<Case> unknown = Stream.of("UTF-7", "IBM037", "EBCDIC-CP-US", "x-user-defined", "UCS-4")
                .map(name -> kept(400, "E09", name, post(encoded(name))).says("encoding is not supported"));
        return Stream.concat(
                unknown,
                Stream.of(
                        kept(400, "E09", "a name of 4 KB", post(encoded("e".repeat(4 * 1024))))
                                .says("not well-formed XML"),
                        accepted("E05", "ISO-8859-1", post(latin("ISO-8859-1"), ISO_8859_1))
                                .journals("\"siteName\":\"M\u00fcller\""),
                        kept(400, "E06", "UTF-8 declared as ASCII", post(shop(encoded("US-ASCII"))))
                                .says("bytes are not valid in the declared encoding"),
                        accepted("E06", "ASCII", post(encoded("US-ASCII"))),
                        accepted("E07", "GB2312", post(shop(encoded("GB2312")), GBK))
                                .journals(SHOP_IN_JOURNAL),
                        accepted("E07", "GBK", post(shop(encoded("GBK")), GBK)).journals(SHOP_IN_JOURNAL),
                        accepted("E07", "GB18030", post(shop(encoded("GB18030")), GB18030))
                                .journals(SHOP_IN_JOURNAL),
                        kept(400, "E08", "GBK declared as UTF-8", post(shop(encoded("utf-8")), GBK))
                                .says("bytes are not valid in the declared encoding"),
                        kept(400, "E08", "GBK declared as nothing", post(shop(declared("")), GBK))
                                .says("bytes are not valid in the declared encoding"),
                        accepted(
                                        "E10",
                                        "another charset in Content-Type",
                                        Requests.with(
                                                "Content-Type: text/xml; charset=gbk\r\n",
                                                packed(shop(document()).bytes())))
                                .journals(SHOP_IN_JOURNAL),
                        accepted(
                                        "E10",
                                        "GBK, and UTF-8 in Content-Type",
                                        Requests.with(
                                                "Content-Type: text/xml; charset=utf-8\r\n",
                                                packed(shop(encoded("GBK")).bytes(GBK))))
                                .journals(SHOP_IN_JOURNAL)));
    }

    private static PostText latin(String encoding) {
        return encoded(encoding).with("@SiteName", "M\u00fcller");
    }

    private static Stream<Case> invalid() {
        Stream<Case> everywhere = Stream.of(
                        "E11 \u00c0\u00bc",
                        "E11 \u00c1\u0081",
                        "E11 \u00e0\u0080\u00af",
                        "E13 \u00f5\u0080\u0080\u0080",
                        "E13 \u00f4\u0090\u0080\u0080",
                        "E14 \u00f8\u0088\u0080\u0080\u0080",
                        "E14 \u00fc\u0084\u0080\u0080\u0080\u0080",
                        "E14 \u00fe",
                        "E14 \u00ff",
                        "E14 \u0080",
                        "E14 \u00ed\u00a0\u0080",
                        "E16 \u00ef\u00bf\u00be",
                        "E16 \u00ef\u00bf\u00bf")
                .flatMap(each -> inEveryPlace(each.substring(0, 3), each.substring(4)));
        return everywhere;
    }

    private static Stream<Case> inEveryPlace(String id, String bytes) {
        return Stream.of(
                bad(id, bytes, "in a text", text("@")),
                bad(id, bytes, "in an attribute", with("@SiteName", "@")),
                bad(id, bytes, "in a name", document().row("<a@/>")));
    }

    private static Case bad(String id, String bytes, String where, PostText document) {
        String hex = bytes.chars().mapToObj(c -> String.format("%02X", c)).reduce("", String::concat);
        String said = id.equals("E16") ? "not well-formed XML" : "bytes are not valid in the declared encoding";
        return kept(
                        400,
                        id,
                        hex + " " + where,
                        Requests.post(document.toString().replace("@", bytes)))
                .says(said);
    }

    private static Stream<Case> names() {
        String marks = "\u0301".repeat(1_000);
        return Stream.of(
                accepted("E17", "an emoji in a name", post(with("@DeviceName", "\ud83d\ude00")))
                        .journals("\"deviceName\":\"\ud83d\ude00\""),
                accepted("E17", "a right-to-left override in a name", post(with("@DeviceName", "a\u202eb"))),
                accepted("E17", "1,000 combining marks in a text", post(text(marks))),
                accepted("E17", "900 combining marks in a name", post(with("@DeviceName", marks.substring(100))))
                        .journals("\"deviceName\":\"" + marks.substring(0, 256) + "\""),
                closed(400, "E17", "1,000 combining marks in a name: xml.max-tag", post(with("@DeviceName", marks)))
                        .says("the document goes beyond a safety bound"),
                accepted(
                                "E18",
                                "composed and decomposed are two devices",
                                post(with("@DeviceId", CAMERA + "\u00e9"))
                                        + post(with("@DeviceId", CAMERA + "e\u0301")))
                        .answered(200, 200)
                        .records(2),
                kept(422, "E19", "CR in an id", post(with("@DeviceId", CAMERA + "&#13;x")))
                        .says("@DeviceId: contains a control character"),
                kept(422, "E19", "LF in an id", post(with("@DeviceId", CAMERA + "&#10;x")))
                        .says("@DeviceId: contains a control character"),
                kept(422, "E19", "a control character over 127 in an id", post(with("@DeviceId", CAMERA + "&#x9f;x")))
                        .says("@DeviceId: contains a control character"),
                kept(400, "E19", "ESC in an id", post(with("@DeviceId", CAMERA + "&#27;x")))
                        .says("not well-formed XML"),
                accepted("E19", "a lookup in an id", post(with("@DeviceId", CAMERA + "${jndi:ldap://x}"))),
                accepted("E19", "a script in an id", post(with("@DeviceId", CAMERA + "&lt;script>"))),
                accepted("E19", "SQL in an id", post(with("@DeviceId", CAMERA + "'; DROP TABLE x"))));
    }
}
