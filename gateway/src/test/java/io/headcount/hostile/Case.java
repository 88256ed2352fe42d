package io.headcount.hostile;

import io.headcount.http.Requests;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One hostile or odd input and what is to become of it.
 *
 * @param id of the catalogue's row that it belongs to
 * @param what it is, in words
 * @param bytes what is sent; every character is a byte
 * @param answers statuses in their order
 * @param fate of the connection afterwards
 * @param records in the journal that hold {@link #CAMERA}
 * @param setting the gateway that it is sent to
 * @param ending what follows the bytes
 * @param journaled what the journal's lines must have somewhere
 * @param said the message of the last answer; null: any
 */
public record Case(
        String id,
        String what,
        String bytes,
        List<Integer> answers,
        Fate fate,
        int records,
        Setting setting,
        Ending ending,
        List<String> journaled,
        String said) {
    /** The device that the inputs are about; each time that one is sent, another number stands in it. */
    public static final String CAMERA = Requests.DEVICE;

    /** What becomes of the connection. */
    public enum Fate {
        /** It serves the next request. */
        KEPT,
        /** It ends with the last answer. */
        CLOSED,
        /** It ends without an answer. */
        DROPPED
    }

    /** What follows the bytes. */
    public enum Ending {
        /** Nothing has to. */
        NONE,
        /** The peer ends its direction. */
        FIN,
        /** The peer falls silent: a deadline passes. */
        SILENCE
    }

    /** Settings of the gateway. */
    public enum Setting {
        /** As documented. */
        DEFAULTS,
        /** A small body, one path. */
        TIGHT,
        /** Short deadlines, for peers that fall silent. */
        IMPATIENT;

        /** As for {@code --set}. */
        List<String> settings() {
            return switch (this) {
                case DEFAULTS -> List.of();
                case TIGHT -> List.of("http.max-body=8 KiB", "http.paths=/data");
                case IMPATIENT -> List.of("http.max-body=8 KiB", "http.header-timeout=1 s", "http.body-timeout=1 s");
            };
        }
    }

    /** An input that is accepted and makes one record. */
    static Case accepted(String id, String what, String request) {
        return new Case(id, what, request, List.of(200), Fate.KEPT, 1, Setting.DEFAULTS, Ending.NONE, List.of(), null);
    }

    /** An input that is refused and leaves the connection. */
    static Case kept(int status, String id, String what, String request) {
        return accepted(id, what, request).answered(status).records(0);
    }

    /** An input that is refused and ends the connection. */
    static Case closed(int status, String id, String what, String request) {
        return kept(status, id, what, request).fate(Fate.CLOSED);
    }

    /** An input that ends the connection without an answer. */
    static Case dropped(String id, String what, String bytes) {
        return kept(0, id, what, bytes).answered().fate(Fate.DROPPED);
    }

    Case answered(Integer... statuses) {
        return new Case(id, what, bytes, List.of(statuses), fate, records, setting, ending, journaled, said);
    }

    Case fate(Fate other) {
        return new Case(id, what, bytes, answers, other, records, setting, ending, journaled, said);
    }

    Case records(int count) {
        return new Case(id, what, bytes, answers, fate, count, setting, ending, journaled, said);
    }

    Case with(Setting other) {
        return new Case(id, what, bytes, answers, fate, records, other, ending, journaled, said);
    }

    Case then(Ending other) {
        return new Case(id, what, bytes, answers, fate, records, setting, other, journaled, said);
    }

    /** The journal's lines must have these texts. */
    Case journals(String... texts) {
        return new Case(id, what, bytes, answers, fate, records, setting, ending, List.of(texts), said);
    }

    /** The last answer must give this reason. */
    Case says(String message) {
        return new Case(id, what, bytes, answers, fate, records, setting, ending, journaled, message);
    }

    /** A line must have exactly these flags. */
    Case flagged(String... flags) {
        return journals(flags.length == 0 ? "\"flags\":[]" : "\"flags\":[\"" + String.join("\",\"", flags) + "\"]");
    }

    /** The bytes with a number of its own in the device, in whichever encoding it stands there. */
    String bytesOfRun(int run) {
        String other = deviceOf(run);
        return bytes.replace(CAMERA, other)
                .replace(wide(CAMERA, true), wide(other, true))
                .replace(wide(CAMERA, false), wide(other, false));
    }

    /** The device of a run. */
    static String deviceOf(int run) {
        return CAMERA.substring(0, 4) + String.format("%07d", run);
    }

    private static String wide(String text, boolean bigEndian) {
        byte[] bytes = text.getBytes(bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return id + " " + what;
    }
}
