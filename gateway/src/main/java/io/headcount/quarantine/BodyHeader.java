package io.headcount.quarantine;

import io.headcount.model.RefusedBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The head of a kept body's file: lines of {@code name: value} and an empty line, in front of the bytes.
 *
 * @param receivedAt when the post was refused
 * @param peer whose it was
 * @param status the HTTP status of its answer
 * @param reason the refusal's label
 * @param field the field to blame, {@code -} where no single one is
 * @param receivedBytes of the body; unknown where something was masked, because the difference to {@code keptBytes} would tell a
 *     secret's length
 * @param keptBytes that follow the head
 * @param part how much of the body is kept
 * @param masked what was masked
 */
public record BodyHeader(
        Instant receivedAt,
        String peer,
        int status,
        String reason,
        String field,
        OptionalLong receivedBytes,
        int keptBytes,
        KeptPart part,
        Masking masked) {
    /** Checks what the bytes are read by. */
    public BodyHeader {
        if (keptBytes < 0) {
            throw new IllegalArgumentException("kept: " + keptBytes);
        }
    }

    private static final String VERSION_LINE = "headcount-quarantine: 1";
    private static final int MAX_HEADER_BYTES = 1024;
    private static final Pattern LINE = Pattern.compile("([a-z-]+): ([0-9A-Za-z.:/@%_-]+)");

    static BodyHeader of(RefusedBody body, MaskedBody kept, KeptPart part) {
        boolean open = kept.masking() == Masking.NO && part != KeptPart.NONE;
        return new BodyHeader(
                Instant.ofEpochMilli(body.receivedAtMs()),
                body.peer(),
                body.refusal().reason().status(),
                body.refusal().reason().label(),
                body.refusal().field() == null ? "-" : body.refusal().field(),
                open ? OptionalLong.of(body.receivedBytes()) : OptionalLong.empty(),
                kept.bytes().remaining(),
                part,
                kept.masking());
    }

    /** Whether the document can be posted again: it is whole, and nothing but the values of secrets is missing. */
    public boolean replayable() {
        return part == KeptPart.WHOLE && (masked == Masking.NO || masked == Masking.VALUES);
    }

    /** The lines as they stand in the file, without the empty one. */
    public String text() {
        return VERSION_LINE
                + "\nreceived-at: " + receivedAt
                + "\npeer: " + peer
                + "\nstatus: " + status
                + "\nreason: " + reason
                + "\nfield: " + field
                + "\nreceived: " + (receivedBytes.isPresent() ? receivedBytes.getAsLong() : "-")
                + "\nkept: " + keptBytes
                + "\nbody: " + part.label()
                + "\nmasked: " + masked.label()
                + "\n";
    }

    byte[] bytes() {
        return (text() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a file's head and leaves the stream at the body.
     *
     * @throws IOException when the file is none of ours or damaged; the message says no more than that
     */
    static BodyHeader read(InputStream in) throws IOException {
        String[] lines = headOf(in).split("\n", -1);
        if (!lines[0].equals(VERSION_LINE)) {
            throw new IOException("not a kept body of a version that is known here");
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            var line = LINE.matcher(lines[i]);
            if (line.matches()) {
                values.put(line.group(1), line.group(2));
            }
        }
        try {
            return of(values);
        } catch (DateTimeException | IllegalArgumentException damaged) {
            throw new IOException("its head is damaged", damaged);
        }
    }

    private static String headOf(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\n\n") < 0) {
            int b = in.read();
            if (b < 0 || head.length() == MAX_HEADER_BYTES) {
                throw new IOException("its head is damaged");
            }
            head.append((char) b);
        }
        return head.substring(0, head.length() - 2);
    }

    private static BodyHeader of(Map<String, String> values) {
        String received = value(values, "received");
        return new BodyHeader(
                Instant.parse(value(values, "received-at")),
                value(values, "peer"),
                Integer.parseInt(value(values, "status")),
                value(values, "reason"),
                value(values, "field"),
                received.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(received)),
                Integer.parseInt(value(values, "kept")),
                KeptPart.valueOf(value(values, "body").toUpperCase(Locale.ROOT)),
                Masking.valueOf(value(values, "masked").toUpperCase(Locale.ROOT)));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }
}
