package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.InvalidSetting;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "headcount",
        description = "Ingestion gateway for people-counting cameras.",
        mixinStandardHelpOptions = true,
        versionProvider = HeadcountCommand.Version.class,
        subcommands = {
            ServeCommand.class,
            TailCommand.class,
            SimulateCommand.class,
            VerifyCommand.class,
            JournalCommand.class,
            CheckCommand.class,
            QuarantineCommand.class
        })
final class HeadcountCommand implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        return new CommandLine(new HeadcountCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    private static int report(Exception failure, CommandLine command) {
        command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + message(failure));
        boolean mistake = failure instanceof ConfigException || failure instanceof InvalidSetting;
        return mistake ? WRONG_USAGE : FAILED;
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getName() : message;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command (expected: serve, tail, simulate, verify, journal, check or quarantine)");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = HeadcountCommand.class.getPackage().getImplementationVersion();
            return new String[] {"headcount " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
