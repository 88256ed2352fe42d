package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headcount.fuzz.CutInput;
import io.headcount.telemetry.Metric;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes on a connection: one request in, at most one record out. FUZZING.md says what is asserted and how to run it as a
 * fuzzer.
 */
final class IntakeFuzzTest {
    private static final int LARGEST_SEED = 2_048;
    /** As few as the configuration allows, so that inputs of the fuzzer's size go beyond. */
    private static final int MAX_BODY_BYTES = 1_024;

    private static final long ALL_DEADLINES_MS = 600_000;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Za-z -]+\r\n"
            + "(?:Content-Type: application/json\r\nContent-Length: (\\d+)\r\n(?:Allow: POST\r\n)?"
            + "(Connection: (?:close|keep-alive)\r\n)?)?\r\n");

    /** When the pipeline settles what it has. */
    private enum Settling {
        AT_THE_END,
        AFTER_EACH_PIECE
    }

    /** All that can be seen of a connection from outside. */
    private record Outcome(List<String> published, String answers, boolean open, boolean spokeTls) {}

    static Stream<byte[]> requests() {
        return HttpAnswersTest.cases()
                .map(each -> each.bytes().getBytes(StandardCharsets.ISO_8859_1))
                .filter(request -> request.length <= LARGEST_SEED);
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "20m")
    void shouldPublishOnePostForARequestAtMost(byte[] input) {
        CutInput cut = CutInput.of(input);
        Outcome whole = outcome(List.of(cut.bytes()), Settling.AT_THE_END);

        int requests = RequestCounter.count(cut.bytes());
        List<Integer> statuses = statuses(whole);
        assertThat(whole.published.size()).as("published").isLessThanOrEqualTo(requests);
        assertThat(statuses.size()).as("answers").isLessThanOrEqualTo(requests + 1);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSameSizeAs(whole.published);

        assertThat(outcome(cut.pieces(), Settling.AT_THE_END)).as("in pieces").isEqualTo(whole);
        assertThat(outcome(cut.pieces(), Settling.AFTER_EACH_PIECE))
                .as("in pieces, settled at once")
                .isEqualTo(whole);
    }

    private static Outcome outcome(List<byte[]> pieces, Settling settling) {
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true, true);
        HttpSettings settings = new HttpSettings();
        settings.maxBodyBytes = MAX_BODY_BYTES;
        Outcome outcome;
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.channel.config().setAllocator(buffers);
            List<String> published = new ArrayList<>();
            for (byte[] piece : pieces) {
                intake.send(piece);
                if (settling == Settling.AFTER_EACH_PIECE) {
                    settle(intake, published);
                }
            }
            settle(intake, published);
            boolean spokeTls = intake.telemetry.sum(Metric.CONNECTIONS_TLS_ON_PLAIN_PORT) > 0;
            outcome = new Outcome(published, intake.answers(), intake.isOpen(), spokeTls);
            assertThat(intake.ring.published()).isEqualTo(published.size());
            assertEndsByItself(intake);
        }
        assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
                .as("bytes not released")
                .isZero();
        return outcome;
    }

    private static void settle(EmbeddedIntake intake, List<String> published) {
        while (!intake.ring.devices().isEmpty()) {
            published.addAll(intake.ring.devices());
            intake.ring.settle(true);
            intake.channel.runPendingTasks();
        }
    }

    /** Whatever the connection waits for, its deadlines end it. */
    private static void assertEndsByItself(EmbeddedIntake intake) {
        intake.pass(ALL_DEADLINES_MS).pass(ALL_DEADLINES_MS);
        assertThat(intake.isOpen()).as("open after all deadlines").isFalse();
        assertThat(intake.loop.busy()).isZero();
        assertThat(intake.telemetry.sum(Metric.CONNECTIONS_FAULTED))
                .as("faults")
                .isZero();
    }

    /** The statuses answered, having checked that there is nothing but whole answers, and none after the one that closes. */
    private static List<Integer> statuses(Outcome outcome) {
        List<Integer> statuses = new ArrayList<>();
        String answers = outcome.answers;
        Matcher answer = ANSWER.matcher(answers);
        boolean closes = false;
        int at = 0;
        while (at < answers.length()) {
            assertThat(answer.find(at) && answer.start() == at).as("an answer").isTrue();
            assertThat(closes).as("an answer after the last").isFalse();
            int status = Integer.parseInt(answer.group(1));
            at = answer.end();
            if (status != 100) {
                statuses.add(status);
                closes = "Connection: close\r\n".equals(answer.group(3));
                // the answer to a HEAD has no body, and closes
                at = closes && at == answers.length() ? at : at + Integer.parseInt(answer.group(2));
            }
        }
        assertThat(outcome.open).as("open").isEqualTo(!closes && !outcome.spokeTls);
        return statuses;
    }
}
