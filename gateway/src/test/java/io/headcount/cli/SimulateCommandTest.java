package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headcount.http.Certificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Fleets against the whole gateway, and what its journal then holds. */
class SimulateCommandTest {
    private static final String MISBEHAVING = "--cameras 200 --period 500ms --duration 2s --duplicates 0.1 --ties 0.2"
            + " --outages 0.1 --outage-periods 1 --skewed 0.1 --clones 0.2 --slow 0.02 --slow-for 200ms"
            + " --lost-answers 0.1 --retrying 0.5 --seed 7";

    @TempDir
    private Path dir;

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String command, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
        arguments.addAll(List.of(more));
        CommandLine line = HeadcountCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return new Result(line.execute(arguments.toArray(String[]::new)), out.toString(), err.toString());
    }

    private String ackLog() {
        return dir.resolve("ack.csv").toString();
    }

    private Result simulate(String url, String options) {
        return run("simulate --url " + url + " " + MISBEHAVING + options, "--ack-log", ackLog());
    }

    private void assertNothingLost(RunningGateway gateway) {
        Result check = run("simulate", "--check-journal", gateway.journal().toString(), "--ack-log", ackLog());
        assertThat(check.out()).contains("rows     0 lost, 0 duplicated, 0 wrong");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void shouldLoseNothingOfAMisbehavingFleetInIntervalMode() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, Clock.systemUTC())) {
            Result fleet = simulate(
                    "http://127.0.0.1:" + gateway.port() + "/", " --align --burst 100ms --preconnect --threads 2");

            assertThat(fleet.out())
                    .contains("aligned within 100 ms")
                    .contains(" 0 failed")
                    .contains("errors   none");
            assertThat(fleet.out()).contains("backlogs: ", "duplicates: ", "lost-answers: ", "slow: ", "ties: ");
            assertThat(fleet.exitCode()).isZero();
            assertNothingLost(gateway);
        }
    }

    @Test
    void shouldLoseNothingOfAMisbehavingFleetInRealTimeWithAConnectionPerPost() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, Clock.systemUTC())) {
            String url = "http://127.0.0.1:" + gateway.port() + "/";
            Result fleet = simulate(
                    url,
                    " --mode realtime --rate 3 --connections per-post --source-addresses 3 --heartbeat 2s"
                            + " --heartbeat-url " + url + "alive");

            assertThat(fleet.out()).contains(" 0 failed").contains("heartbeats  ");
            assertThat(fleet.exitCode()).isZero();
            assertNothingLost(gateway);
            assertThat(gateway.lines()).anyMatch(line -> line.contains("\"type\":\"heartbeat\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connections per-post", "--connections 5", "--preconnect"})
    void shouldLoseNothingOverTls(String connections) throws Exception {
        Certificates.write(dir, Certificates.selfSigned("localhost"));
        try (RunningGateway gateway = new RunningGateway(
                dir,
                Clock.systemUTC(),
                "http.tls.enabled=true",
                "http.tls.port=0",
                "http.tls.certificate=" + Certificates.certificateIn(dir),
                "http.tls.key=" + Certificates.keyIn(dir))) {
            Result fleet = simulate(
                    "https://localhost:" + gateway.tlsPort() + "/",
                    " " + connections + " --ca " + Certificates.certificateIn(dir));

            assertThat(fleet.out()).contains(" 0 failed");
            assertThat(fleet.exitCode()).isZero();
            assertNothingLost(gateway);
        }
    }

    @Test
    void shouldTellWhatAJournalHasLost() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, Clock.systemUTC())) {
            simulate("http://127.0.0.1:" + gateway.port() + "/", "");
        }

        Path other = Files.createDirectory(dir.resolve("other"));
        Result check = run("simulate", "--check-journal", other.toString(), "--ack-log", ackLog());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).contains("lost: SIM-").doesNotContain(" 0 lost").contains(" 0 duplicated, 0 wrong");
    }

    @Test
    void shouldWriteTheResultAsJson() throws Exception {
        try (RunningGateway gateway = new RunningGateway(dir, Clock.systemUTC())) {
            Result fleet =
                    run("simulate --cameras 20 --period 500ms --duration 1s --seed 3 --json - --url http://127.0.0.1:"
                            + gateway.port() + "/");

            JsonNode json = new ObjectMapper().readTree(fleet.out());
            assertThat(json.path("posts").asInt()).isEqualTo(40);
            assertThat(json.path("answers").path("200").asInt()).isEqualTo(40);
            assertThat(json.path("latencyMs").path("count").asInt()).isEqualTo(40);
            assertThat(json.path("latencyMs").path("max").asDouble()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ack-log", "--json"})
    void shouldPrintTheResultAlsoWhenAFileCouldNotBeWritten(String option) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        try (RunningGateway gateway = new RunningGateway(dir, Clock.systemUTC())) {
            Result fleet = run("simulate --cameras 2 --period 100ms --duration 100ms " + option
                    + " /dev/full --url http://127.0.0.1:" + gateway.port() + "/");

            assertThat(fleet.out()).contains("2 acknowledged, 0 failed", "latency, ");
            assertThat(fleet.err()).contains(option + ": /dev/full could not be written");
            assertThat(fleet.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailWhenNobodyListens() {
        Result fleet = run("simulate --cameras 4 --period 500ms --duration 500ms --retrying 1 --retries 1"
                + " --url http://127.0.0.1:1/secret-token");

        assertThat(fleet.exitCode()).isEqualTo(1);
        assertThat(fleet.out()).contains("0 acknowledged, 4 failed", "no-connection: 8", "retries: 4");
        assertThat(fleet.out() + fleet.err()).doesNotContain("secret-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cameras 0|--cameras: 0 (expected: 1 to 100000)",
                "--cameras 1 --duplicates 2|--duplicates: 2.0 (expected: a share from 0 to 1.0)",
                "--cameras 1 --period 5 |5 (expected: a number and ms, s, m or h",
                "--cameras 1 --interval 90s|--interval: 90 s (expected: whole minutes",
                "--cameras 4 --connections 5|--connections: 5 (expected: at most --cameras, 4)",
                "--cameras 4 --connections 2 --threads 3|--threads: 3 (expected: at most --connections, 2)",
                "--cameras 1 --connections some|--connections: some (expected: keep, per-post",
                "--cameras 1 --check-journal x|--check-journal and --cameras, --url (expected: with --ack-log, and with",
                "--cameras 1 --heartbeat 5s|--heartbeat has no effect without --heartbeat-url (expected: both, or neither)",
                "--cameras 1 --burst 5ms|--burst has no effect without --align",
                "--cameras 1 --outage-periods 3|--outage-periods has no effect without --outages",
                "--cameras 1 --skew 5s|--skew has no effect without --skewed",
                "--cameras 1 --slow-for 5s|--slow-for has no effect without --slow",
                "--cameras 1 --retries 3|--retries has no effect without --retrying",
                "--cameras 1 --rate 3|--rate has no effect without --mode realtime",
                "--cameras 1 --mode interval --rate 3|--rate has no effect without --mode realtime",
                "--cameras 1 --insecure|--insecure has no effect with --url or --heartbeat-url of http (expected: https)",
                "--cameras 1 --ca x|--ca has no effect with --url or --heartbeat-url of http",
                "--cameras 1 --ca x --insecure|--ca has no effect with --insecure (expected: one of them)",
                "--cameras 1 --preconnect --connections per-post|--preconnect: with --connections per-post",
                "--cameras 1 --json /|--json: / (expected: a file that can be written)",
                "--cameras 1 --ack-log /|--ack-log: / (expected: a file that can be written)",
                "--cameras 1 --ack-log x --json ./x|--json: ./x (expected: another file than --ack-log's)"
            })
    void shouldSayWhatWasExpected(String optionsAndMessage) {
        String[] parts = optionsAndMessage.split("\\|", -1);
        Result fleet = run("simulate --url http://127.0.0.1:1/ " + parts[0].strip());

        assertThat(fleet.exitCode()).isEqualTo(2);
        assertThat(fleet.err()).contains(parts[1]);
    }

    @Test
    void shouldNotRepeatAUrlThatIsNone() {
        Result fleet = run("simulate --cameras 1 --url ftp://127.0.0.1/secret-token");

        assertThat(fleet.exitCode()).isEqualTo(2);
        assertThat(fleet.err())
                .contains("--url: this URL (expected: http://HOST:PORT/PATH")
                .doesNotContain("secret");
    }
}
