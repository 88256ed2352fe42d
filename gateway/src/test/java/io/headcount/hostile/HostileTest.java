package io.headcount.hostile;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.cli.RunningGateway;
import io.headcount.hostile.Case.Ending;
import io.headcount.hostile.Case.Fate;
import io.headcount.hostile.Case.Setting;
import io.headcount.hostile.Run.Way;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every input of the catalogue over a real socket to a real gateway: whole, one byte per segment, and between two good posts,
 * many at once. Its answers, what becomes of the connection, and what the journal holds of it.
 */
class HostileTest {
    private static final int PEERS = 8;
    private static final String ANSWER =
            "(?s)HTTP/1\\.1 (100 Continue\r\n\r\n|\\d{3} [A-Za-z -]+\r\nContent-Type: application/json\r\n.*\r\n\r\n.*)";
    private static final String BODY = "(\\{\"code\":\\d+,\"msg\":\"[A-Za-z0-9@/:.,() -]+\"\\})?";

    private static final Pattern REFUSALS =
            Pattern.compile("headcount_posts_refused_total\\{reason=\"[a-z0-9-]+\",status=\"(\\d+)\"} (.*)");

    @TempDir
    private static Path dir;

    private static final Map<Setting, RunningGateway> GATEWAYS = new EnumMap<>(Setting.class);
    private static final JournalLines JOURNAL = new JournalLines();
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    @BeforeAll
    static void sendEverything() throws Exception {
        for (Setting setting : Setting.values()) {
            List<String> settings = new ArrayList<>(setting.settings());
            settings.add("admin.enabled=true");
            GATEWAYS.put(
                    setting,
                    new RunningGateway(
                            dir.resolve(setting.name()), GroupH.NOW * 1000, settings.toArray(String[]::new)));
        }
        ExecutorService peers = Executors.newFixedThreadPool(PEERS);
        try {
            for (Future<Outcome> outcome : peers.invokeAll(runs())) {
                OUTCOMES.add(outcome.get());
            }
        } finally {
            peers.shutdownNow();
        }
        for (RunningGateway gateway : GATEWAYS.values()) {
            gateway.lines().forEach(JOURNAL::add);
        }
    }

    private static List<Callable<Outcome>> runs() {
        List<Callable<Outcome>> runs = new ArrayList<>();
        int number = 0;
        for (Case kind : Catalogue.cases()) {
            for (Way way : Way.values()) {
                number++;
                Run run = new Run(kind, way, number);
                runs.add(() -> run.send(address(kind.setting())));
            }
        }
        Collections.shuffle(runs, new Random(1));
        return runs;
    }

    private static InetSocketAddress address(Setting setting) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), GATEWAYS.get(setting).port());
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(RunningGateway::close);
    }

    @TestFactory
    Stream<DynamicContainer> shouldBehaveAsTheCatalogueSays() {
        Map<String, List<Outcome>> byCase = OUTCOMES.stream()
                .sorted(Comparator.comparingInt(outcome -> outcome.sent().number()))
                .collect(groupingBy(outcome -> outcome.sent().kind().toString(), LinkedHashMap::new, toList()));
        return byCase.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(outcome -> DynamicTest.dynamicTest(
                                        outcome.sent().way().name(), () -> assertAsExpected(outcome)))));
    }

    private static void assertAsExpected(Outcome outcome) {
        Run run = outcome.sent();
        assertThat(outcome.statuses()).as(run.toString()).isEqualTo(run.expectedStatuses());
        assertThat(outcome.end()).as(run.toString()).isEqualTo(Outcome.ENDED);
        assertThat(outcome.answers()).as(run.toString()).allSatisfy(answer -> assertSaysNothingOfTheInput(answer));
        assertGivesTheReason(outcome);
        assertSaysWhetherItCloses(outcome);
        assertJournaled(run);
    }

    private static void assertSaysNothingOfTheInput(String answer) {
        assertThat(answer).matches(ANSWER);
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).matches(BODY);
    }

    private static void assertGivesTheReason(Outcome outcome) {
        Run run = outcome.sent();
        if (run.kind().said() != null) {
            int last = outcome.answers().size() - (run.goesOn() ? 2 : 1);
            assertThat(outcome.answers().get(last))
                    .as(run.toString())
                    .endsWith("\"msg\":\"" + run.kind().said() + "\"}");
        }
    }

    private static void assertSaysWhetherItCloses(Outcome outcome) {
        Run run = outcome.sent();
        boolean closed = run.kind().fate() == Fate.CLOSED && run.kind().ending() != Ending.FIN;
        if (closed || run.goesOn()) {
            // the answer to the good post behind is the last one: our FIN may have come before it
            int last = outcome.answers().size() - (closed ? 1 : 2);
            for (int i = 0; i <= last; i++) {
                boolean saysClose = outcome.answers().get(i).contains("\r\nConnection: close\r\n");
                assertThat(saysClose)
                        .as("%s: answer %d says that it closes", run, i)
                        .isEqualTo(closed && i == last);
            }
        }
    }

    private static void assertJournaled(Run run) {
        assertThat(JOURNAL.records(run.device()))
                .as("%s: records", run)
                .isEqualTo(run.kind().records());
        assertThat(JOURNAL.records(run.before()))
                .as("%s: the good post before", run)
                .isEqualTo(run.way() == Way.PIPELINED ? 1 : 0);
        assertThat(JOURNAL.records(run.after()))
                .as("%s: the good post behind", run)
                .isEqualTo(run.goesOn() ? 1 : 0);
        String lines = String.join("\n", JOURNAL.of(run.device()));
        assertThat(run.kind().journaled())
                .as(run.toString())
                .allSatisfy(text -> assertThat(lines).contains(text));
    }

    @Test
    void shouldJournalTheSameHoweverItIsSent() {
        Map<Case, List<String>> whole = OUTCOMES.stream()
                .filter(outcome -> outcome.sent().way() == Way.WHOLE)
                .collect(toMap(outcome -> outcome.sent().kind(), outcome -> JOURNAL.comparable(outcome.sent())));
        assertThat(OUTCOMES)
                .allSatisfy(outcome -> assertThat(JOURNAL.comparable(outcome.sent()))
                        .isEqualTo(whole.get(outcome.sent().kind())));
    }

    @Test
    void shouldJournalNothingThatNobodySent() {
        assertThat(JOURNAL.others()).isEmpty();
    }

    @Test
    void shouldKeepNoPassword() {
        assertThat(JOURNAL.all())
                .allSatisfy(lines -> assertThat(String.join("\n", lines)).doesNotContain("s3cret"));
    }

    @Test
    void shouldCountEveryRefusal() throws Exception {
        Map<Integer, Long> answered = OUTCOMES.stream()
                .flatMap(outcome -> outcome.statuses().stream())
                .filter(status -> status >= 400)
                .collect(groupingBy(status -> status, counting()));
        Map<Integer, Long> counted = new HashMap<>();
        for (RunningGateway gateway : GATEWAYS.values()) {
            for (String line : gateway.metrics()) {
                Matcher refusals = REFUSALS.matcher(line);
                if (refusals.matches() && !refusals.group(2).equals("0.0")) {
                    long count = (long) Double.parseDouble(refusals.group(2));
                    counted.merge(Integer.valueOf(refusals.group(1)), count, Long::sum);
                }
            }
        }
        assertThat(counted).isEqualTo(answered);
        assertThat(GATEWAYS.get(Setting.DEFAULTS).metrics())
                .contains("headcount_connections_tls_on_plain_port_total " + 2.0 * Way.values().length);
    }

    @Test
    void shouldLeaveNoConnectionAndHaveNoFault() {
        assertThat(GATEWAYS.values()).allSatisfy(gateway -> {
            await().until(() -> gateway.metrics().contains("headcount_connections_open 0.0"));
            assertThat(gateway.metrics()).contains("headcount_connections_faulted_total 0.0");
        });
    }
}
