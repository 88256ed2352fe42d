package io.headcount.hostile;

import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Case.closed;
import static io.headcount.hostile.Case.kept;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.with;

import io.headcount.xml.PostText;
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

    private static Case bad(String id, String field, String value) {
        return kept(422, id, field + " " + value, post(with(field, value)));
    }

    private static Stream<Case> counts() {
        return Stream.of(
                bad("G01", "Count/@Enters", "-1"),
                bad("G01", "Count/@Exits", "-1"),
                bad("G01", "Count/@Passings", "-1"),
                bad("G01", "Count/@Returns", "-1"),
                good("G02", "Count/@Enters", LARGEST).journals("\"enters\":" + LARGEST),
                bad("G02", "Count/@Enters", "2147483648"),
                bad("G02", "Count/@Enters", "9223372036854775807"),
                bad("G02", "Count/@Enters", "100000000000000000000"),
                good("G02", "Count/@Enters", "0007").journals("\"enters\":7"),
                good("G02", "Count/@Enters", " 7 ").journals("\"enters\":7"),
                bad("G04", "Count/@Enters", "NaN"),
                bad("G04", "Count/@Enters", "INF"),
                bad("G04", "Count/@Enters", "-0"),
                bad("G04", "Count/@Enters", "+7"),
                bad("G04", "Count/@Enters", "7.0"),
                bad("G04", "Count/@Enters", "1e3"),
                bad("G04", "Count/@Enters", "\uff17"),
                bad("G04", "Count/@Enters", "null"),
                bad("G04", "Count/@Enters", "None"),
                bad("G04", "Count/@Enters", ""),
                closed(400, "G06", "a number of 10,000 digits", post(with("Count/@Enters", "9".repeat(10_000)))));
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
                bad("G10", "Count/@Status", "ok"),
                bad("G10", "Count/@Status", "1.5"),
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
        Stream<Case> needed = Stream.of("15", "-13", "8:00", "")
                .map(zone -> kept(
                        422,
                        "G12",
                        "Timezone " + zone + " without UnixStartTime",
                        post(document().with("Properties/Timezone", zone).without("Count/@UnixStartTime"))));
        Stream<Case> dst = Stream.of(
                good("G13", "Properties/DST", "0").flagged(),
                good("G13", "Properties/DST", "1").flagged(),
                good("G13", "Properties/DST", "2").flagged("time-mismatch"),
                good("G13", "Properties/DST", "-1").flagged("time-mismatch"),
                good("G13", "Properties/DST", "60").flagged("time-mismatch"));
        return Stream.of(right, odd, needed, dst).flatMap(cases -> cases);
    }
}
