package io.headcount.cli;

import io.headcount.journal.DamageCost;
import io.headcount.journal.DamageCost.Gap;
import io.headcount.journal.DamageCost.Windows;
import io.headcount.journal.Fault;
import io.headcount.journal.FaultKind;
import io.headcount.journal.VerifyReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** What damage to a journal cost, in lines for an operator. */
final class RepairReport {
    private final DamageCost cost;
    private final VerifyReport report;

    RepairReport(DamageCost cost, VerifyReport report) {
        this.cost = cost;
        this.report = report;
    }

    void print(PrintWriter out) {
        if (beginningIsDamaged()) {
            out.printf(
                    "before sequence %d: damaged from the beginning; whether records were lost there can't be told%n",
                    report.firstSequence());
        }
        for (Gap gap : cost.gaps()) {
            print(gap, out);
        }
        if (cost.gapsFound() > cost.gaps().size()) {
            out.printf(
                    "%d more gaps are not listed%n",
                    cost.gapsFound() - cost.gaps().size());
        }
        if (endIsDamaged()) {
            out.printf(
                    "behind sequence %d: damaged to the end; whether records were lost there can't be told%n",
                    report.lastSequence());
        }
        if (cost.windowsNotListed() > 0) {
            out.printf("missing windows of %d more devices are not listed%n", cost.windowsNotListed());
        }
        if (cost.unwatched() > 0) {
            out.printf(
                    "%d posts are of devices that were not watched: only %d are%n",
                    cost.unwatched(), DamageCost.MAX_DEVICES);
        }
        out.printf(
                "%d records are missing in %d gaps; windows missing of %d devices%n",
                cost.missing(),
                cost.gapsFound(),
                cost.windows().stream().map(Windows::deviceId).distinct().count());
    }

    private void print(Gap gap, PrintWriter out) {
        out.printf(
                "sequence %d to %d: %d records are missing, received %s%s%n",
                gap.first(),
                gap.last(),
                gap.records(),
                gap.afterMs() == 0 ? "before " : "between " + Instant.ofEpochMilli(gap.afterMs()) + " and ",
                Instant.ofEpochMilli(gap.beforeMs()));
        List<Windows> ofGap =
                cost.windows().stream().filter(each -> each.gap().equals(gap)).toList();
        for (Windows each : ofGap) {
            out.printf(
                    "  device %s: %d windows, %s to %s%n",
                    printable(each.deviceId()),
                    each.count(),
                    Instant.ofEpochSecond(each.fromSec()),
                    Instant.ofEpochSecond(each.toSec()));
        }
    }

    /** Of a journal that does not tell what retention has deleted. */
    private boolean beginningIsDamaged() {
        return report.firstSequence() > 1 && report.faults().stream().anyMatch(RepairReport::isBeforeTheFirst);
    }

    private static boolean isBeforeTheFirst(Fault fault) {
        boolean ofFile = fault.kind() == FaultKind.FOREIGN || fault.kind() == FaultKind.DISCARDED;
        return !ofFile && fault.expected() == Fault.UNKNOWN;
    }

    private boolean endIsDamaged() {
        return report.faults().stream()
                .anyMatch(fault -> fault.found() == Fault.UNKNOWN && fault.expected() > report.lastSequence());
    }

    /** A device chooses its id: it must not write to the operator's terminal. */
    private static String printable(String deviceId) {
        return deviceId.replaceAll("\\p{Cc}", "?");
    }
}
