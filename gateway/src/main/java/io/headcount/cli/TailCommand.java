package io.headcount.cli;

import io.headcount.journal.Fault;
import io.headcount.tail.LineFormat;
import io.headcount.tail.LineTail;
import io.headcount.tail.LineType;
import io.headcount.tail.StartAt;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tail}: prints the journal's records, read-only, while the gateway runs or not. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description =
                "Prints a journal's records as lines, read-only, while the gateway runs or not. Damaged records are told"
                        + " on stderr and gone around; exit 1 then.")
final class TailCommand implements Callable<Integer> {
    @Option(
            names = "--journal",
            paramLabel = "DIR",
            defaultValue = "data/journal",
            description = "The journal's directory. Default: ${DEFAULT-VALUE}")
    private Path journal;

    @Option(
            names = "--from",
            paramLabel = "start|end|SEQ",
            defaultValue = "start",
            description = "Where to begin; the record with number SEQ is printed, too. Default: ${DEFAULT-VALUE}")
    private String from;

    @Option(names = "--follow", description = "Wait for more at the end, until SIGTERM or SIGINT.")
    private boolean follow;

    @Option(
            names = "--format",
            paramLabel = "json|csv",
            defaultValue = "json",
            description = "JSON lines, or CSV with a header and the counts only. Default: ${DEFAULT-VALUE}")
    private String format;

    @Option(
            names = "--types",
            paramLabel = "TYPE,…",
            description = "Types to print: count, attributes, totals, heartbeat. Default: all")
    private String types;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StartAt start = parsed(() -> StartAt.parse(from));
        LineFormat lines = parsed(() -> LineFormat.parse(format));
        Set<LineType> wanted = types == null ? LineType.all() : parsed(() -> LineType.parse(types));
        if (lines == LineFormat.CSV && !wanted.contains(LineType.COUNT)) {
            throw new ParameterException(
                    spec.commandLine(), "--types: " + types + " (expected: count, for CSV has no other)");
        }
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                LineTail tail = LineTail.open(journal, start, follow, lines, wanted, out, this::tell)) {
            if (follow) {
                Signals.onTermination(tail::close);
            }
            return run(tail);
        }
    }

    private static int run(LineTail tail) throws IOException {
        try {
            return tail.run() ? HeadcountCommand.FAILED : HeadcountCommand.DONE;
        } catch (IOException unwritable) {
            // head has seen enough
            if ("Broken pipe".equals(unwritable.getMessage())) {
                return HeadcountCommand.DONE;
            }
            throw unwritable;
        }
    }

    private void tell(Fault fault) {
        spec.commandLine().getErr().println("headcount tail: " + fault.message());
    }

    private <T> T parsed(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(spec.commandLine(), "--" + mistake.getMessage(), mistake);
        }
    }
}
