package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

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

    /** serve is put together without annotations, which the others have. */
    @ParameterizedTest
    @ValueSource(strings = {"--config", "--set", "--help", "--version"})
    void shouldHaveTheSameOptionsForServeAsForOtherCommands(String name) {
        OptionSpec serve = option("serve", name);
        OptionSpec check = option("check", name);

        assertThat(serve.names()).isEqualTo(check.names());
        assertThat(serve.description()).isEqualTo(check.description());
        assertThat(serve.typeInfo().getType()).isEqualTo(check.typeInfo().getType());
        assertThat(serve.arity()).isEqualTo(check.arity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "serve", "tail", "simulate", "verify", "journal", "journal info", "check", "quarantine list"
            })
    void shouldTellItsVersionWhateverTheCommand(String words) {
        List<String> arguments = new ArrayList<>(words.isEmpty() ? List.of() : List.of(words.split(" ")));
        arguments.add("--version");
        StringWriter out = new StringWriter();

        int exit = HeadcountCommand.commandLine(arguments.toArray(new String[0]))
                .setOut(new PrintWriter(out))
                .execute(arguments.toArray(new String[0]));

        assertThat(exit).isZero();
        assertThat(out.toString()).startsWith("headcount ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --ur=http://127.0.0.1:1/t/SECRET/ --cameras 5",
                "simulate --urll http://127.0.0.1:1/t/SECRET --cameras 5",
                "simulate http://127.0.0.1:1/?token=SECRET",
                "simulate 127.0.0.1:1/t/SECRET/ --cameras 5",
                "simulate --urll 127.0.0.1:1/a/SECRET",
                "simulate --cameras 127.0.0.1:1/t/SECRET/",
                "simulate --cameras http://SECRET@127.0.0.1:1/",
                "serve --sett http.access.token=SECRET",
                "serve --sett=http.access.token=SECRET"
            })
    void shouldNotSayATokenAgainThatStandsInAWrongCommandLine(String words) {
        StringWriter err = new StringWriter();
        String[] arguments = words.split(" ");

        int exit = HeadcountCommand.commandLine(arguments)
                .setErr(new PrintWriter(err))
                .execute(arguments);

        assertThat(exit).isEqualTo(HeadcountCommand.WRONG_USAGE);
        assertThat(err.toString()).doesNotContain("SECRET").contains("--help");
    }

    private static OptionSpec option(String command, String name) {
        return HeadcountCommand.commandLine(command)
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .findOption(name);
    }

    @Test
    void shouldSayWhatServeIsBuiltFor() {
        assertThat(HeadcountCommand.commandLine("serve")
                        .getSubcommands()
                        .get("serve")
                        .getUsageMessage())
                .contains("headcount serve", "--set=key=value", "Runs the gateway.");
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
