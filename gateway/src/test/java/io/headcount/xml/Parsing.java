package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.XmlConfig;
import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.Rows;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Reads documents for tests and tells the outcome in a line that can be compared. */
final class Parsing {
    /** 2022-11-07T07:45:00Z, when the vendor's interval sample was sent. */
    static final long VENDOR_MS = 1_667_807_100_000L;

    /** 2026-01-01T00:00:00Z, after all samples. */
    static final long LATER_MS = 1_767_225_600_000L;

    static final XmlConfig BOUNDS = new XmlConfig(8, 2048, 32, 2048, 128, 60_000, 5_000, 10_000);

    private static final String GOOD = new Parsing().read(new PostText().toString());

    final Telemetry telemetry = new Telemetry();
    final Post post = new Post();
    private final PostParser parser;
    private long nowMs = VENDOR_MS;

    Parsing() {
        this(BOUNDS);
    }

    Parsing(XmlConfig bounds) {
        this(bounds, new XmlReaders());
    }

    Parsing(XmlConfig bounds, XmlReaders readers) {
        parser = new PostParser(readers, bounds, telemetry);
    }

    /** What the clock shows when a document ends. */
    Parsing at(long epochMs) {
        nowMs = epochMs;
        return this;
    }

    static byte[] sample(String name) {
        try (InputStream in = Parsing.class.getResourceAsStream("/samples/" + name)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static String text(String sample) {
        return new String(sample(sample), StandardCharsets.UTF_8);
    }

    String read(String document) {
        return read(document, StandardCharsets.UTF_8);
    }

    String read(String document, Charset charset) {
        return read(document.getBytes(charset));
    }

    String read(byte[] document) {
        return read(document, Math.max(1, document.length));
    }

    String read(byte[] document, int chunk) {
        parser.begin(post);
        for (int off = 0; off < document.length; off += chunk) {
            parser.feed(document, off, Math.min(chunk, document.length - off));
        }
        return outcome();
    }

    String readSplitAt(byte[] document, int split) {
        parser.begin(post);
        parser.feed(document, 0, split);
        parser.feed(document, split, document.length - split);
        return outcome();
    }

    String readPieces(List<byte[]> pieces) {
        parser.begin(post);
        pieces.forEach(piece -> parser.feed(piece, 0, piece.length));
        return outcome();
    }

    /** Cuts the document anew at every feed. */
    String readInPieces(byte[] document, Random random, int longest) {
        parser.begin(post);
        int off = 0;
        while (off < document.length) {
            int len = Math.min(document.length - off, 1 + random.nextInt(longest));
            parser.feed(document, off, len);
            off += len;
        }
        return outcome();
    }

    /**
     * The outcome of a document, having checked that it is the same whole and byte by byte, and that the parser reads a good
     * post after it.
     */
    static String outcomeOf(String document) {
        return outcomeOf(document.getBytes(StandardCharsets.UTF_8));
    }

    static String outcomeOf(byte[] document) {
        Parsing parsing = new Parsing();
        String whole = parsing.read(document);
        assertThat(parsing.read(document, 1)).as("byte by byte").isEqualTo(whole);
        assertThat(parsing.read(document, 7)).as("seven bytes at a time").isEqualTo(whole);
        assertThat(parsing.read(new PostText().toString()))
                .as("a good post after it")
                .isEqualTo(GOOD);
        return whole;
    }

    private String outcome() {
        String outcome = parser.finish(nowMs) == ParseStatus.ACCEPTED ? describe() : refusal();
        parser.end();
        return outcome;
    }

    private String refusal() {
        return parser.refusal().reason().status() + " " + parser.refusal().message();
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        text.append(post.source()).append(' ').append(post.heartbeat() ? "heartbeat " : "");
        text.append(post.siteId()).append('/').append(post.siteName()).append('/');
        text.append(post.deviceId()).append('/').append(post.deviceName()).append('/');
        text.append(post.serialNumber()).append('/').append(post.mac());
        text.append(" sent ").append(post.transmitTime()).append(" version ").append(post.version());
        text.append(" offset ").append(post.utcOffsetSec());
        text.append(' ').append(RowFlag.labels(post.flags())).append('\n');
        for (int property = 0; property < DeviceProperty.count(); property++) {
            text.append(post.property(DeviceProperty.ofCode(property))).append('|');
        }
        for (int row = 0; row < post.rows().size(); row++) {
            text.append('\n').append(describe(post.rows(), row));
        }
        return text.toString();
    }

    static String describe(Rows rows, int row) {
        StringBuilder text = new StringBuilder();
        text.append(rows.kind(row).label()).append(' ').append(rows.source(row).label());
        text.append(' ').append(rows.objectDeviceId(row)).append('/').append(rows.objectId(row));
        text.append('/').append(rows.objectName(row)).append('/').append(rows.objectType(row));
        text.append(' ')
                .append(rows.start(row))
                .append('+')
                .append(rows.seconds(row))
                .append(':');
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            text.append(' ').append(rows.value(row, i));
        }
        text.append(" status ").append(rows.status(row) == Rows.NO_STATUS ? "-" : rows.status(row));
        return text.append(' ').append(RowFlag.labels(rows.flags(row))).toString();
    }
}
