package io.headcount.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code journal}: what is kept, for whom, and for how long. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description =
                "Tells what a journal holds and who has still to read it, and deletes what is due, while the gateway"
                        + " runs or not.",
        subcommands = {JournalInfoCommand.class, JournalPruneCommand.class, JournalForgetCommand.class})
final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command (expected: info, prune or forget)");
    }
}
