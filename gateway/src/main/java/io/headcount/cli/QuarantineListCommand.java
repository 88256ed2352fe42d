package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.quarantine.BodyHeader;
import io.headcount.quarantine.KeptBody;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quarantine list}: prints what is kept, oldest first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a table of the kept bodies, oldest first. Times are UTC. BODY: whole, cut (only its beginning is kept), none"
                    + " (not readable, hence not kept). MASKED: no, values (of secrets), rest (from the first secret on), all.",
        })
final class QuarantineListCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("ID", "TIME", "PEER", "STATUS", "REASON", "FIELD", "BYTES", "BODY", "MASKED");

    @Mixin
    private QuarantineOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (KeptBody body : options.bodies().list()) {
            rows.add(row(body));
        }
        int[] widths = widths(rows);
        PrintWriter out = spec.commandLine().getOut();
        rows.forEach(row -> out.println(line(row, widths)));
        out.flush();
        return HeadcountCommand.DONE;
    }

    private static List<String> row(KeptBody body) {
        BodyHeader header = body.header();
        if (header == null) {
            return List.of(body.id(), "-", "-", "-", "damaged", "-", "-", "-", "-");
        }
        return List.of(
                body.id(),
                header.receivedAt().toString(),
                header.peer(),
                Integer.toString(header.status()),
                header.reason(),
                header.field(),
                Integer.toString(header.keptBytes()),
                header.part().label(),
                header.masked().label());
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
