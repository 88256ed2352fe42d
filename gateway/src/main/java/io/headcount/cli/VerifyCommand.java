package io.headcount.cli;

import io.headcount.journal.DamageCost;
import io.headcount.journal.Fault;
import io.headcount.journal.TailerFault;
import io.headcount.journal.Verify;
import io.headcount.journal.VerifyReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify}: checks every record of a journal. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks every record of a journal (length, checksum, sequence), and that named tailers can go on where they"
                        + " stand. Exit 1 names file and offset of each fault.")
final class VerifyCommand implements Callable<Integer> {
    @Option(
            names = "--journal",
            paramLabel = "DIR",
            defaultValue = "data/journal",
            description = "The journal's directory. Default: ${DEFAULT-VALUE}")
    private Path journal;

    @Option(
            names = "--repair-report",
            description =
                    "Also tells what the damage cost: which records are missing, and which windows of which devices"
                            + " probably went with them.")
    private boolean repairReport;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DamageCost cost = repairReport ? new DamageCost() : null;
        VerifyReport report = Verify.run(journal, cost);
        PrintWriter out = spec.commandLine().getOut();
        for (Fault fault : report.faults()) {
            out.println(fault.message());
        }
        for (TailerFault fault : report.tailerFaults()) {
            out.println(fault.message());
        }
        out.printf(
                "%d files, %d records, sequence %d to %d, %d of a newer version, %d faults%n",
                report.files(),
                report.records(),
                report.firstSequence(),
                report.lastSequence(),
                report.skipped(),
                report.faults().size() + report.tailerFaults().size());
        if (cost != null) {
            new RepairReport(cost, report).print(out);
        }
        out.flush();
        return report.clean() ? HeadcountCommand.DONE : HeadcountCommand.FAILED;
    }
}
