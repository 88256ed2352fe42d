package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;
import static io.headcount.hostile.Case.accepted;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.with;

import io.headcount.xml.PostText;
import java.util.stream.Stream;

/** Posts that come again, in another order, or from another camera. */
final class GroupS {
    private static final String LATER = "1667806086";
    private static final String LATER_STILL = "1667806087";

    private GroupS() {}

    static Stream<Case> cases() {
        return Stream.of(repetitions(), orders(), identities()).flatMap(cases -> cases);
    }

    /** Posts one after the other on one connection, of which this many make records. */
    private static Case sequence(String id, String what, int records, PostText... documents) {
        StringBuilder requests = new StringBuilder();
        for (PostText document : documents) {
            requests.append(post(document));
        }
        Integer[] answers = Stream.generate(() -> 200).limit(documents.length).toArray(Integer[]::new);
        return accepted(id, what, requests.toString()).answered(answers).records(records);
    }

    private static PostText summary(String transmitTime, int enters, int exits) {
        return with("Properties/TransmitTime", transmitTime)
                .with("Count/@Enters", Integer.toString(enters))
                .with("Count/@Exits", Integer.toString(exits));
    }

    private static Stream<Case> repetitions() {
        return Stream.of(
                sequence("S01", "the same post twice", 1, document(), document()),
                sequence(
                        "S01",
                        "the same post five times",
                        1,
                        document(),
                        document(),
                        document(),
                        document(),
                        document()));
    }

    private static Stream<Case> orders() {
        PostText zero = summary(LATER_STILL, 0, 0);
        return Stream.of(
                sequence("S02", "two of a second, the greater behind", 2, summary(LATER, 2, 1), summary(LATER, 3, 1))
                        .journals("\"revision\":2,\"deltaEnters\":1"),
                sequence("S02", "two of a second, the greater first", 1, summary(LATER, 3, 1), summary(LATER, 2, 1)),
                sequence("S02", "two of a second with one sum", 1, summary(LATER, 3, 1), summary(LATER, 2, 2)),
                sequence("S03", "newer, then older", 1, summary(LATER_STILL, 2, 1), summary(LATER, 9, 9)),
                sequence("S04", "older, then newer", 2, summary(LATER, 2, 1), summary(LATER_STILL, 3, 1))
                        .journals("\"revision\":2"),
                sequence(
                                "S06",
                                "a report behind the real-time summary",
                                2,
                                summary(LATER, 2, 1).root("RTMetrics"),
                                summary(LATER_STILL, 3, 1))
                        .journals("\"source\":\"realtime\"", "\"source\":\"interval\""),
                sequence(
                                "S06",
                                "the real-time summary behind the report",
                                2,
                                summary(LATER, 2, 1),
                                summary(LATER_STILL, 3, 1).root("RTMetrics"))
                        .journals("\"source\":\"realtime\"", "\"source\":\"interval\""),
                sequence(
                        "S06",
                        "an older real-time summary behind the report",
                        1,
                        summary(LATER_STILL, 3, 1),
                        summary(LATER, 2, 1).root("RTMetrics")),
                sequence("S08", "zeros behind counts", 2, summary(LATER, 2, 1), zero)
                        .flagged("decreasing"));
    }

    private static Stream<Case> identities() {
        return Stream.of(
                sequence("S10", "two cameras under one DeviceId", 2, document(), with("Properties/SerialNumber", "9"))
                        .flagged("identity-conflict"),
                sequence(
                                "S11",
                                "a camera under another DeviceId",
                                2,
                                document(),
                                with("@DeviceId", CAMERA + "-renamed"))
                        .journals("-renamed\""));
    }
}
