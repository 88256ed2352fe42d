package io.headcount.cli;

import io.headcount.journal.JournalFile;
import io.headcount.journal.JournalInfo;
import io.headcount.journal.TailerPosition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code journal info}: prints roll files and named tailers. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description =
                "Prints roll files (USED: bytes written, the rest of SIZE is sparse) and named tailers with their next"
                        + " record, the records they have still to read, and the files they hold. Times are UTC.")
final class JournalInfoCommand implements Callable<Integer> {
    @Option(
            names = "--journal",
            paramLabel = "DIR",
            defaultValue = "data/journal",
            description = "The journal's directory. Default: ${DEFAULT-VALUE}")
    private Path journal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JournalInfo info = JournalInfo.of(journal);
        PrintWriter out = spec.commandLine().getOut();
        files(info).lines().forEach(out::println);
        out.printf(
                "%d files, %d bytes written, records %d to %d%n",
                info.files().size(), info.usedBytes(), info.firstSequence(), info.lastSequence());
        if (!info.tailers().isEmpty()) {
            out.println();
            tailers(info).lines().forEach(out::println);
        }
        out.flush();
        return HeadcountCommand.DONE;
    }

    private static Columns files(JournalInfo info) {
        Columns table = new Columns("FILE", "FIRST", "LAST", "OLDEST", "NEWEST", "USED", "SIZE");
        for (JournalFile file : info.files()) {
            boolean records = file.hasRecords();
            table.add(
                    file.path().getFileName().toString(),
                    records ? Long.toString(file.firstSequence()) : "-",
                    records ? Long.toString(file.lastSequence()) : "-",
                    records ? Instant.ofEpochMilli(file.oldestMs()).toString() : "-",
                    records ? Instant.ofEpochMilli(file.newestMs()).toString() : "-",
                    Long.toString(file.usedBytes()),
                    Long.toString(file.sizeBytes()));
        }
        return table;
    }

    private static Columns tailers(JournalInfo info) {
        Columns table = new Columns("TAILER", "NEXT", "LAG", "FILES", "FROM");
        for (TailerPosition tailer : info.tailers()) {
            List<JournalFile> held = info.heldBy(tailer);
            table.add(
                    tailer.name(),
                    tailer.readable() ? Long.toString(tailer.next()) : "damaged",
                    Long.toString(info.lag(tailer)),
                    Integer.toString(held.size()),
                    held.isEmpty() ? "-" : held.get(0).path().getFileName().toString());
        }
        return table;
    }
}
