package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;

import io.headcount.http.Requests;
import io.headcount.xml.PostText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Posts of documents, as text in which every character is a byte. */
final class Documents {
    private Documents() {}

    /** The good document, of {@link Case#CAMERA}. */
    static PostText document() {
        return new PostText().with("@DeviceId", CAMERA);
    }

    /** The good document with one field set to something else. */
    static PostText with(String field, String value) {
        return document().with(field, value);
    }

    /** The good document without a field. */
    static PostText without(String... fields) {
        return document().without(fields);
    }

    /** The good document with something else for the text of an element. */
    static PostText text(String xml) {
        return with("Properties/HostName", xml);
    }

    /** The good document with more behind its row. */
    static PostText row(String xml) {
        return document().row(xml);
    }

    /** The good document behind another declaration. */
    static PostText declared(String declaration) {
        return document().declaration(declaration);
    }

    /** The good document behind a declaration that names an encoding. */
    static PostText encoded(String encoding) {
        return declared("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n");
    }

    /** A root element with an identity and this content. */
    static String rooted(String root, String content) {
        return "<" + root + " DeviceId='" + CAMERA + "'>" + content + "</" + root + ">";
    }

    static String post(PostText document) {
        return post(document.bytes());
    }

    static String post(PostText document, Charset charset) {
        return post(document.bytes(charset));
    }

    static String post(String document) {
        return post(document.getBytes(StandardCharsets.UTF_8));
    }

    static String post(byte[] document) {
        return Requests.post(packed(document));
    }

    /** Bytes as characters. */
    static String packed(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A sample of the test resources, of {@link Case#CAMERA}. */
    static String sample(String name) {
        try (InputStream in = Documents.class.getResourceAsStream("/samples/" + name + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("DeviceId=\"[^\"]*\"", "DeviceId=\"" + CAMERA + "\"");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
