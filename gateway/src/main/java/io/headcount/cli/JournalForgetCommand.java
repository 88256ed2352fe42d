package io.headcount.cli;

import io.headcount.journal.TailerPosition;
import io.headcount.journal.TailerRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code journal forget}: drops a named tailer, so that it holds no files any more. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description =
                "Drops a named tailer's position, so that it holds no files any more. Exit 1 when there is none, or a"
                        + " process uses it.")
final class JournalForgetCommand implements Callable<Integer> {
    @Option(
            names = "--journal",
            paramLabel = "DIR",
            defaultValue = "data/journal",
            description = "The journal's directory. Default: ${DEFAULT-VALUE}")
    private Path journal;

    @Parameters(paramLabel = "NAME", description = "The tailer's name, see: headcount journal info")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            TailerPosition.requireName(name);
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(spec.commandLine(), mistake.getMessage(), mistake);
        }
        boolean forgotten = TailerRegistry.forget(journal, name);
        if (!forgotten) {
            spec.commandLine().getErr().println("headcount journal forget: " + name + ": no such tailer");
        }
        return forgotten ? HeadcountCommand.DONE : HeadcountCommand.FAILED;
    }
}
