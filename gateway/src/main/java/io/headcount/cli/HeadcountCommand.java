package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.InvalidSetting;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
final class HeadcountCommand implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final List<String> COMMANDS =
            List.of("serve", "tail", "simulate", "verify", "journal", "check", "quarantine");

    private final CommandSpec spec =
            PlainCommand.of(this, "headcount", "Ingestion gateway for people-counting cameras.");

    private HeadcountCommand() {}

    /**
     * The command line for these arguments: with the one command that they begin with, or with all where they name none.
     *
     * <p>Design note: reading the annotations of all commands took an eighth of the gateway's start.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new HeadcountCommand().spec);
        Object named = arguments.length == 0 ? null : command(arguments[0]);
        if (named == null) {
            COMMANDS.forEach(name -> line.addSubcommand(command(name)));
        } else {
            line.addSubcommand(named);
        }
        PlainCommand.tellVersion(line);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, all) -> report(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    /** Null: there is none of this name. */
    private static Object command(String name) {
        return switch (name) {
            case "serve" -> new ServeCommand().spec();
            case "tail" -> new TailCommand();
            case "simulate" -> new SimulateCommand();
            case "verify" -> new VerifyCommand();
            case "journal" -> new JournalCommand();
            case "check" -> new CheckCommand();
            case "quarantine" -> new QuarantineCommand();
            default -> null;
        };
    }

    /** What was wrong, and not the whole help behind it, which would push it off the screen. */
    private static int report(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(UsageMistake.words(mistake));
        UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        command.getErr().println("See " + command.getCommandSpec().qualifiedName(" ") + " --help");
        return WRONG_USAGE;
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
}
