package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.journal.Retention;
import io.headcount.journal.RetentionPlan;
import io.headcount.journal.RetentionPlan.Deletion;
import io.headcount.telemetry.Telemetry;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code journal prune}: does once what a running gateway does every minute. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description =
                "Deletes roll files by journal.retention and journal.max-size, as a running gateway does every minute,"
                        + " and prints them. It may run beside the gateway.")
final class JournalPruneCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(names = "--dry-run", description = "Delete nothing, print what would be deleted.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException {
        Retention retention =
                new Retention(config.load().gateway(), journal -> System.currentTimeMillis(), new Telemetry());
        RetentionPlan plan = dryRun ? retention.plan() : retention.run();
        PrintWriter out = spec.commandLine().getOut();
        plan.deletions().forEach(deletion -> print(deletion, out));
        long bytes = plan.deletions().stream()
                .mapToLong(deletion -> deletion.file().usedBytes())
                .sum();
        out.printf("%d files with %d bytes %s%n", plan.deletions().size(), bytes, dryRun ? "would go" : "deleted");
        if (plan.held() != null) {
            out.printf(
                    "%s is due, too, but has still to be read by: %s%n",
                    plan.held().path().getFileName(), String.join(", ", plan.holders()));
        }
        out.flush();
        return HeadcountCommand.DONE;
    }

    private static void print(Deletion deletion, PrintWriter out) {
        out.printf(
                "%s %s, %s%n",
                deletion.file().path().getFileName(),
                deletion.reason().name().toLowerCase(Locale.ROOT),
                deletion.file().extent());
        deletion.losses()
                .forEach(loss -> out.printf(
                        "  not read by tailer %s: records %d to %d%n", loss.tailer(), loss.first(), loss.last()));
    }
}
