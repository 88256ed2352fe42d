package io.headcount.cli;

import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Commands that are put together in code, as {@code @Command(mixinStandardHelpOptions = true)} would have them.
 *
 * <p>Design note: for annotations the JDK generates classes, a method for each of their forty attributes. On one core
 * that, and the compiler which then took the generator to be worth its while, were a fifth of the gateway's start.
 */
final class PlainCommand {
    private PlainCommand() {}

    static CommandSpec of(Object command, String name, String description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command)
                .name(name)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
        spec.usageMessage().description(description);
        return spec;
    }

    /** Gives this command, and those below it, the version to tell. */
    static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(PlainCommand::tellVersion);
    }

    /** The version in the jar's manifest. */
    private static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PlainCommand.class.getPackage().getImplementationVersion();
            return new String[] {"headcount " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
