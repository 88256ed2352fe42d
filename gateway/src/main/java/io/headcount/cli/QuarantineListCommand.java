package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.quarantine.BodyHeader;
import io.headcount.quarantine.KeptBody;
import java.io.IOException;
import java.io.PrintWriter;
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
    @Mixin
    private QuarantineOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, IOException {
        Columns table = new Columns("ID", "TIME", "PEER", "STATUS", "REASON", "FIELD", "BYTES", "BODY", "MASKED");
        for (KeptBody body : options.bodies().list()) {
            table.add(row(body));
        }
        PrintWriter out = spec.commandLine().getOut();
        table.lines().forEach(out::println);
        out.flush();
        return HeadcountCommand.DONE;
    }

    private static String[] row(KeptBody body) {
        BodyHeader header = body.header();
        if (header == null) {
            return new String[] {body.id(), "-", "-", "-", "damaged", "-", "-", "-", "-"};
        }
        return new String[] {
            body.id(),
            header.receivedAt().toString(),
            header.peer(),
            Integer.toString(header.status()),
            header.reason(),
            header.field(),
            Integer.toString(header.keptBytes()),
            header.part().label(),
            header.masked().label()
        };
    }
}
