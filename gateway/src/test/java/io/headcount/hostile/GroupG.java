package io.headcount.hostile;

import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.with;

import io.headcount.xml.PostText;
import java.util.Locale;
import java.util.stream.Stream;

/** Numbers. */
final class GroupG {
    private static final String LARGEST = "2147483647";

    private GroupG() {}

    static Stream<Case> cases() {
        return Stream.of(counts(), sums(), others(), zones()).flatMap(cases -> cases);
    }

    private static Case good(String id, String field, String value) {
        return accepted(id, field + " " + value, post(with(field, value)));
    }

    private static Case bad(String id, String field, String value, String reason) {
        return kept(422, id, field + " " + value, post(with(field, value))).says(field + ": " + reason);
    }

    private static Stream<Case> counts() {
        return Stream.of("Count/@Enters", "Count/@Exits", "Count/@Passings", "Count/@Returns")
                .flatMap(GroupG::counts);
    }

    private static Stream<Case> counts(String field) {
        String inJournal = "\"" + field.substring("Count/@".length()).toLowerCase(Locale.ROOT) + "\":";
        Stream<Case> good = Stream.of(
                good("G02", field, LARGEST).journals(inJournal + LARGEST),
                good("G02", field, "0007").journals(inJournal + "7"),
                good("G02", field, " 7 ").journals(inJournal + "7"),
                good("G02", field, "0").journals(inJournal + "0"));
        Stream<Case> beyond = Stream.of("2147483648", "9223372036854775807", "100000000000000000000")
                .map(value -> bad("G02", field, value, "out of range"));
        Stream<Case> malformed = Stream.of("NaN", "INF", "-0", "+7", "7.0", "1e3", "0x7", "\uff17", "null", "None")
                .map(value -> bad("G04", field, value, "not a number"));
        Stream<Case> others = Stream.of(
                bad("G01", field, "-1", "not a number"),
                closed(400, "G06", "10,000 digits in " + field, post(with(field, "9".repeat(10_000))))
                        .says("the document goes beyond a safety bound"));
        return Stream.of(good, beyond, malformed, others).flatMap(cases -> cases);
    }

    private static Stream<Case> sums() {
        PostText all = with("Count/@Enters", LARGEST)
                .with("Count/@Exits", LARGEST)
                .with("Count/@Passings", LARGEST)
                .with("Count/@Returns", LARGEST);
        PostText oneLess = with("Count/@Enters", LARGEST)
                .with("Count/@Exits", LARGEST)
                .with("Count/@Passings", LARGEST)
                .with("Count/@Returns", "2147483646");
        PostText parts = with("Count/@Enters", "0")
                .object(PostText.object(1, Integer.MAX_VALUE, 0))
                .object(PostText.object(2, Integer.MAX_VALUE, 1));
        return Stream.of(
                accepted("G07", "the largest counts, the lesser sum first", post(oneLess) + post(all))
                        .answered(200, 200)
                        .records(2)
                        .journals("\"deltaEnters\":0,\"deltaExits\":0,\"deltaPassings\":0,\"deltaReturns\":1"),
                accepted("G07", "the largest counts, the greater sum first", post(all) + post(oneLess))
                        .answered(200, 200),
                accepted("G07", "parts whose sum goes beyond an int", post(parts))
                        .flagged("sum-mismatch"),
                accepted(
                                "G07",
                                "from the largest to zero",
                                post(all)
                                        + post(with("Properties/TransmitTime", "1667806086")
                                                .with("Count/@Enters", "0")))
                        .answered(200, 200)
                        .records(2)
                        .journals("\"deltaEnters\":-2147483647"),
                accepted(
                                "G09",
                                "many more exits than enters",
                                post(with("Count/@Enters", "0").with("Count/@Exits", "999")))
                        .flagged());
    }

    private static Stream<Case> others() {
        return Stream.of(
                good("G10", "Count/@Status", "0").journals("\"status\":0"),
                good("G10", "Count/@Status", "1").journals("\"status\":1"),
                good("G10", "Count/@Status", "-1").journals("\"status\":-1"),
                good("G10", "Count/@Status", "255").journals("\"status\":255"),
                bad("G10", "Count/@Status", "ok", "not a number"),
                bad("G10", "Count/@Status", "1.5", "not a number"),
                good("G10", "Count/@Status", ""),
                good("G11", "Object/@Id", "0").journals("\"objectId\":\"0\""),
                good("G11", "Object/@Id", "-1").journals("\"objectId\":\"-1\""),
                good("G11", "Object/@Id", "1000000000").journals("\"objectId\":\"1000000000\""),
                good("G11", "Object/@Id", "Eingang").journals("\"objectId\":\"Eingang\""));
    }

    private static Stream<Case> zones() {
        Stream<Case> right = Stream.of("8", "+8", "8.0", "")
                .map(zone -> good("G12", "Properties/Timezone", zone).flagged());
        Stream<Case> odd = Stream.of("-5", "5.5", "5.75", "14", "15", "-13", "8:00", "CET")
                .map(zone -> good("G12", "Properties/Timezone", zone).flagged("time-mismatch"));
        Stream<Case> needed = Stream.of(
                needed("G12", "Properties/Timezone", "15", "out of range"),
                needed("G12", "Properties/Timezone", "-13", "out of range"),
                needed("G12", "Properties/Timezone", "8:00", "not a number"),
                needed("G12", "Properties/Timezone", "", "missing"),
                needed("G13", "Properties/DST", "60", "out of range"),
                needed("G13", "Properties/DST", "on", "not a number"));
        Stream<Case> dst = Stream.of(
                good("G13", "Properties/DST", "0").flagged(),
                good("G13", "Properties/DST", "1").flagged(),
                good("G13", "Properties/DST", "2").flagged("time-mismatch"),
                good("G13", "Properties/DST", "-1").flagged("time-mismatch"),
                good("G13", "Properties/DST", "60").flagged("time-mismatch"),
                good("G13", "Properties/DST", "on").flagged("time-mismatch"),
                good("G13", "Properties/DST", "").flagged());
        return Stream.of(right, odd, needed, dst).flatMap(cases -> cases);
    }

    /** A row that says its time by the camera's wall clock alone. */
    private static Case needed(String id, String field, String value, String reason) {
        PostText document = with(field, value).without("Count/@UnixStartTime");
        return kept(422, id, field + " " + value + " without UnixStartTime", post(document))
                .says(field + ": " + reason);
    }
}
