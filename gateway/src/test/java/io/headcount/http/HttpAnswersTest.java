package io.headcount.http;

import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.hostile.Case;
import io.headcount.hostile.Case.Ending;
import io.headcount.hostile.Case.Fate;
import io.headcount.hostile.Case.Setting;
import io.headcount.hostile.GroupA;
import io.headcount.hostile.GroupB;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answer to every kind of request, and what becomes of the connection: sent whole, byte by byte, and between two good
 * posts. Without a socket, so that every byte arrives by itself and deadlines pass by hand.
 */
final class HttpAnswersTest {
    private static final int LONGEST_DEADLINE_MS = 20_000;

    static Stream<Case> cases() {
        return Stream.concat(GroupA.cases(), GroupB.cases());
    }

    private static EmbeddedIntake intakeFor(Case kind) {
        HttpSettings settings = new HttpSettings();
        if (kind.setting() == Setting.TIGHT) {
            settings.paths = List.of("/data");
        }
        return new EmbeddedIntake(settings);
    }

    private static void end(EmbeddedIntake intake, Case kind) {
        if (kind.ending() == Ending.FIN) {
            intake.endInput();
        } else if (kind.ending() == Ending.SILENCE) {
            intake.pass(LONGEST_DEADLINE_MS);
        }
        intake.settle();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerSentWhole(Case kind) {
        try (EmbeddedIntake intake = intakeFor(kind)) {
            end(intake.send(kind.bytes()).settle(), kind);

            assertAnswered(intake, kind);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerSentByteByByte(Case kind) {
        try (EmbeddedIntake intake = intakeFor(kind)) {
            end(intake.drip(kind.bytes()).settle(), kind);

            assertAnswered(intake, kind);
        }
    }

    private static void assertAnswered(EmbeddedIntake intake, Case kind) {
        assertThat(intake.statuses()).isEqualTo(kind.answers());
        assertThat(intake.isOpen()).as("kept").isEqualTo(kind.fate() == Fate.KEPT);
        long accepted = kind.answers().stream().filter(status -> status == 200).count();
        assertThat(intake.ring.published()).isEqualTo((int) accepted);
        if (kind.ending() != Ending.FIN) {
            boolean saysClose = intake.answers().contains("Connection: close\r\n");
            assertThat(saysClose).as("says that it closes").isEqualTo(kind.fate() == Fate.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerBetweenGoodPostsInOrder(Case kind) {
        try (EmbeddedIntake intake = intakeFor(kind)) {
            intake.send(postOf("1") + kind.bytes() + (kind.ending() == Ending.NONE ? postOf("2") : ""));
            assertThat(intake.ring.devices()).as("one at a time").containsExactly("1");
            end(intake.settle(), kind);

            List<Integer> expected = new ArrayList<>(kind.answers());
            expected.add(0, 200);
            if (kind.fate() == Fate.KEPT) {
                expected.add(200);
            }
            assertThat(intake.statuses()).isEqualTo(expected);
            assertThat(intake.isOpen()).as("kept").isEqualTo(kind.fate() == Fate.KEPT);
        }
    }
}
