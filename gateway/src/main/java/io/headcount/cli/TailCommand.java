package io.headcount.cli;

import io.headcount.journal.Fault;
import io.headcount.journal.TailerPosition;
import io.headcount.tail.LineFormat;
import io.headcount.tail.LineTail;
import io.headcount.tail.LineType;
import io.headcount.tail.NamedTailer;
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
            description =
                    "Where to begin; the record with number SEQ is printed, too. Default: start, or with --name where"
                            + " it stands; given with --name it sets a new position.")
    private String from;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Remember under this name what has been printed, and go on behind it the next time. One process per"
                            + " name; retention keeps what it has still to read.")
    private String name;

    @Option(
            names = "--skip-missed",
            description =
                    "With --name: tell of records that were deleted before they were read, and go on behind them; exit 1.")
    private boolean skipMissed;

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
        StartAt start = from == null ? StartAt.start() : parsed(() -> StartAt.parse(from));
        parsed(this::checkedName);
        LineFormat lines = parsed(() -> LineFormat.parse(format));
        Set<LineType> wanted = types == null ? LineType.all() : parsed(() -> LineType.parse(types));
        if (lines == LineFormat.CSV && !wanted.contains(LineType.COUNT)) {
            throw new ParameterException(
                    spec.commandLine(), "--types: " + types + " (expected: count, for CSV has no other)");
        }
        if (skipMissed && (name == null || from != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--skip-missed (expected: with --name and without --from)");
        }
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                LineTail tail = open(start, lines, wanted, out)) {
            if (follow) {
                Signals.onTermination(tail::close);
            }
            return run(tail);
        }
    }

    private String checkedName() {
        if (name != null) {
            TailerPosition.requireName(name);
        }
        return name;
    }

    private LineTail open(StartAt start, LineFormat lines, Set<LineType> wanted, OutputStream out) throws IOException {
        if (name == null) {
            return LineTail.open(journal, start, follow, lines, wanted, out, this::tell);
        }
        return LineTail.of(openNamed(start), follow, lines, wanted, out, this::tell);
    }

    private NamedTailer openNamed(StartAt start) {
        if (from != null) {
            return NamedTailer.openAt(journal, name, start);
        }
        return skipMissed
                ? NamedTailer.openSkippingMissed(journal, name, start)
                : NamedTailer.open(journal, name, start);
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
