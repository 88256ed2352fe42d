package io.headcount.bench.load;

import io.headcount.config.InvalidSetting;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The load rig: starts the real gateway and the {@link FloorServer} on one core, loads them from another, in turns and in one run, and
 * prints what they take. {@code java -cp bench/target/benchmarks.jar io.headcount.bench.load.LoadRig COMMAND}; bench/RESULTS.md has the commands behind
 * its figures.
 */
@Command(
        name = "LoadRig",
        mixinStandardHelpOptions = true,
        description = "Measures the gateway beside a bare Netty server, each pinned to the same core, load on another.",
        subcommands = {CompareCommand.class, StartCommand.class, IdleCommand.class, ForceCommand.class})
final class LoadRig {
    private LoadRig() {}

    /** Runs one command. Exit codes: 0 done, 1 a run did not hold what it was to show, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadRig()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            if (failure.getCause() != null) {
                command.getErr().println("because of " + failure.getCause());
            }
            return failure instanceof InvalidSetting ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
    }
}
