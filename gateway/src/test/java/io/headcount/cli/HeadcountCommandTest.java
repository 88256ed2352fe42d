package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which commands are read for which arguments. */
class HeadcountCommandTest {
    private static final String[] ALL = {"serve", "tail", "simulate", "verify", "journal", "check", "quarantine"};

    @ParameterizedTest
    @ValueSource(strings = {"serve", "tail", "simulate", "verify", "journal", "check", "quarantine"})
    void shouldReadOneCommandWhereOneIsNamed(String name) {
        assertThat(HeadcountCommand.commandLine(name, "--help").getSubcommands())
                .containsOnlyKeys(name);
    }

    @Test
    void shouldReadAllCommandsWhereNoneIsNamed() {
        assertThat(HeadcountCommand.commandLine().getSubcommands()).containsOnlyKeys(ALL);
        assertThat(HeadcountCommand.commandLine("--help").getUsageMessage()).contains(ALL);
    }

    @Test
    void shouldProposeCommandsForOneThatIsMisspelt() {
        CommandLine line = HeadcountCommand.commandLine("serv");
        StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));

        assertThat(line.execute("serv")).isEqualTo(2);
        assertThat(err.toString()).contains("serv", "headcount serve");
    }

    @Test
    void shouldSayWhatWasWrongWithoutTheWholeHelp() {
        CommandLine line = HeadcountCommand.commandLine("simulate");
        StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));

        assertThat(line.execute("simulate", "--cameras", "1")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--url and --cameras are missing (expected: both, or --check-journal and --ack-log)",
                        "See headcount simulate --help");
    }
}
