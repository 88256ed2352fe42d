package io.headcount.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import io.headcount.simulate.Fleet;
import io.headcount.simulate.FleetReport;
import io.headcount.simulate.FleetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate}: a fleet of cameras, and what a journal kept of it. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "headcount simulate --url URL --cameras N [OPTION…]",
            "       headcount simulate --check-journal DIR --ack-log FILE"
        },
        descriptionHeading = "%n",
        description = {
            "Is a fleet of cameras. Posts are due at times that no answer can delay, and latency counts from when a post was"
                    + " due. Prints a line of progress on stderr every 5 s and the result on stdout; SIGINT ends early"
                    + " with the result. Exit 0: all posts were answered 2xx.",
            "%nOr tells what a journal kept of an earlier run, by its acknowledgement log. Exit 0: nothing is lost,"
                    + " duplicated or wrong."
        },
        footer = {
            "%nTimes have a unit: 100ms, 5s, 2m, 1h.",
            "%nTen thousand cameras at the minute's edge, with five seconds for a minute:",
            "  headcount simulate --url http://127.0.0.1:8080/ --cameras 10000 --align --period 5s --duration 30s"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int FILES_BESIDE = 100;

    @ArgGroup(validate = false, exclusive = false)
    private SimulateOptions options = new SimulateOptions();

    @Option(
            names = "--ack-log",
            order = 51,
            paramLabel = "FILE",
            description =
                    "Write what is sent, before it is, and what was acknowledged (CSV: sent, row and ack lines). With"
                            + " --check-journal: read it.")
    private Path ackLog;

    @Option(
            names = "--check-journal",
            order = 52,
            paramLabel = "DIR",
            description =
                    "Post nothing, but compare this journal with the log: lost (acknowledged, and the journal has nothing"
                            + " as new), duplicated (journaled twice), wrong (journaled, and never sent). Needs memory for"
                            + " each distinct row, about 300 bytes: -Xmx1g is enough for 3 million.")
    private Path checkJournal;

    @Option(
            names = "--json",
            order = 53,
            paramLabel = "FILE",
            description = "Write the result as JSON, too; with - on stdout, and nothing else there.")
    private String json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return checkJournal == null ? simulate() : check();
    }

    private int simulate() throws IOException, InterruptedException {
        if (!options.hasUrl() || !options.hasCameras()) {
            throw wrong("--url and --cameras are missing (expected: both, or --check-journal and --ack-log)");
        }
        SimulatePairs.mistake(given(), options).ifPresent(mistake -> {
            throw wrong(mistake);
        });
        FleetSettings settings = options.settings(Optional.ofNullable(ackLog));
        requireFiles(settings.connections());
        try (ReportFile file = ReportFile.open(json, ackLog);
                Fleet fleet = new Fleet(settings, this::tell)) {
            stopOnSignals(fleet);
            tell("seed " + settings.seed());
            FleetReport report = fleet.run();
            boolean whole = print(report, file, fleet.ackLogFault());
            return whole && report.allAcknowledged() ? HeadcountCommand.DONE : HeadcountCommand.FAILED;
        }
    }

    private Set<String> given() {
        Set<String> names = new TreeSet<>();
        spec.commandLine().getParseResult().matchedOptions().forEach(option -> names.add(option.longestName()));
        return names;
    }

    private void requireFiles(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && connections + FILES_BESIDE > system.getMaxFileDescriptorCount()) {
            throw wrong("--cameras: " + connections + " kept connections, but this process may have "
                    + system.getMaxFileDescriptorCount() + " files open (expected: ulimit -n of at least "
                    + (connections + FILES_BESIDE) + ", fewer cameras, or --connections N for shared ones)");
        }
    }

    private static void stopOnSignals(Fleet fleet) {
        AtomicInteger signals = new AtomicInteger();
        Signals.onTermination(() -> {
            if (signals.incrementAndGet() == 1) {
                fleet.stop();
            } else {
                Runtime.getRuntime().halt(HeadcountCommand.FAILED);
            }
        });
    }

    /** Prints what there is whatever could not be written, and tells of that; false: something could not. */
    private boolean print(FleetReport report, ReportFile file, Optional<String> ackLogFault) {
        PrintWriter out = spec.commandLine().getOut();
        if (ReportFile.STDOUT.equals(json)) {
            out.print(report.json());
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        Optional<String> fileFault = file.write(report.json());
        ackLogFault.ifPresent(this::tell);
        fileFault.ifPresent(this::tell);
        return ackLogFault.isEmpty() && fileFault.isEmpty();
    }

    private int check() throws IOException {
        Set<String> others = given();
        others.removeAll(Set.of("--check-journal", "--ack-log"));
        if (ackLog == null || !others.isEmpty()) {
            String beside = others.isEmpty() ? "" : " and " + String.join(", ", others);
            throw wrong("--check-journal" + beside + " (expected: with --ack-log, and with nothing else)");
        }
        if (!Files.isDirectory(checkJournal)) {
            throw wrong("--check-journal: " + checkJournal + " (expected: a journal's directory)");
        }
        AckedRows.Result result = AckedRows.compare(ackLog, checkJournal);
        PrintWriter out = spec.commandLine().getOut();
        result.lines().forEach(out::println);
        out.flush();
        return result.good() ? HeadcountCommand.DONE : HeadcountCommand.FAILED;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void tell(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("headcount simulate: " + words);
        err.flush();
    }
}
