package io.headcount.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory as commands read it, whatever stands in it. */
class KeptBodiesTest {
    private static final String ID = "20221107T074200123Z-000001-missing";
    private static final String HEAD = new String(
            BodyHeader.of(
                            Bodies.of("<a/>"),
                            new MaskedBody(ByteBuffer.wrap("<a/>".getBytes(StandardCharsets.UTF_8)), Masking.NO),
                            KeptPart.WHOLE)
                    .bytes(),
            StandardCharsets.US_ASCII);

    @TempDir
    private Path dir;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    @Test
    void shouldReadWhatItWrites() throws IOException {
        BodyHeader header = BodyHeader.read(new ByteArrayInputStream(HEAD.getBytes(StandardCharsets.US_ASCII)));

        assertThat(new String(header.bytes(), StandardCharsets.US_ASCII)).isEqualTo(HEAD);
    }

    @Test
    void shouldListTheOldestFirst() throws IOException {
        file("20221107T074200123Z-000010-missing.body", HEAD);
        file("20221107T074200123Z-000009-missing.body", HEAD);
        file("20211107T074200123Z-000011-missing.body", HEAD);

        assertThat(new KeptBodies(dir).list())
                .extracting(KeptBody::id)
                .containsExactly(
                        "20211107T074200123Z-000011-missing",
                        "20221107T074200123Z-000009-missing",
                        "20221107T074200123Z-000010-missing");
    }

    @Test
    void shouldNotLookAtOtherFiles() throws IOException {
        file("headcount.lock", "");
        file(ID + ".part", HEAD);
        file("x" + ID + ".body", HEAD);
        file(ID + ".body.bak", HEAD);

        assertThat(new KeptBodies(dir).list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "headcount-quarantine: 2\n\n",
                "headcount-quarantine: 1\n",
                "headcount-quarantine: 1\n\n",
                "headcount-quarantine: 1\nreceived-at: yesterday\npeer: x\nstatus: 1\nreason: x\nfield: x\nreceived: 1\nkept: 1\nbody: whole\nmasked: no\n\n",
                "headcount-quarantine: 1\nreceived-at: 2022-11-07T07:42:00Z\npeer: \u001b[2J\nstatus: 1\nreason: x\nfield: x\nreceived: 1\nkept: 1\nbody: whole\nmasked: no\n\n",
                "headcount-quarantine: 1\nreceived-at: 2022-11-07T07:42:00Z\npeer: x\nstatus: 1\nreason: x\nfield: x\nreceived: 1\nkept: 1\nbody: half\nmasked: no\n\n",
                "headcount-quarantine: 1\nreceived-at: 2022-11-07T07:42:00Z\npeer: x\nstatus: 1\nreason: x\nfield: x\nreceived: 1\nkept: -1\nbody: whole\nmasked: no\n\n",
                "headcount-quarantine: 1\nreceived-at: 2022-11-07T07:42:00Z\npeer: x\nstatus: 1\nreason: x\nfield: x\nreceived: 1\nkept: 99999999999\nbody: whole\nmasked: no\n\n"
            })
    void shouldListADamagedFileWithoutItsHead(String text) throws IOException {
        file(ID + ".body", text);

        assertThat(new KeptBodies(dir).list()).containsExactly(new KeptBody(ID, dir.resolve(ID + ".body"), null));
    }

    @Test
    void shouldNotReadAnEndlessHead() throws IOException {
        file(ID + ".body", "headcount-quarantine: 1\n" + "peer: x\n".repeat(1 << 20));

        assertThat(new KeptBodies(dir).find(ID).header()).isNull();
    }

    @Test
    void shouldReadABodyByItsId() throws IOException {
        KeptBodies bodies = new KeptBodies(dir);
        file(ID + ".body", HEAD + "<a/>");
        assertThat(bodies.bytesOf(bodies.find(ID))).asString().isEqualTo("<a/>");

        file(ID + ".body", HEAD + "<a/");
        assertThatIOException()
                .isThrownBy(() -> bodies.bytesOf(bodies.find(ID)))
                .withMessage(ID + ": cut off in the middle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../" + ID, "/etc/passwd", ID + "/x", "..", "\0", ID + ".body"})
    void shouldLeadNowhereElse(String id) {
        assertThatIOException()
                .isThrownBy(() -> new KeptBodies(dir).find(id))
                .withMessageStartingWith(id + ": not an id");
    }

    @Test
    void shouldSayWhatIsNotThere() throws IOException {
        Path nowhere = dir.resolve("nowhere");
        assertThatIOException()
                .isThrownBy(() -> new KeptBodies(nowhere).list())
                .withMessage(nowhere + ": no such directory");
        assertThatIOException()
                .isThrownBy(() -> new KeptBodies(dir).find(ID))
                .withMessage(ID + ": no such body in " + dir);
    }

    @Test
    void shouldDeleteABodyOnce() throws IOException {
        KeptBodies bodies = new KeptBodies(dir);
        Path file = file(ID + ".body", HEAD);
        KeptBody body = bodies.find(ID);
        bodies.delete(body);
        bodies.delete(body);

        assertThat(file).doesNotExist();
    }
}
