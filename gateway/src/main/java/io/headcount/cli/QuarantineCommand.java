package io.headcount.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quarantine}: what to do with the bodies of refused posts. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = "Lists, shows and replays the bodies of refused posts, while the gateway runs or not.",
        subcommands = {QuarantineListCommand.class, QuarantineShowCommand.class, QuarantineReplayCommand.class})
final class QuarantineCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command (expected: list, show or replay)");
    }
}
