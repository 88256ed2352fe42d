package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.quarantine.KeptBodies;
import io.headcount.quarantine.KeptBody;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quarantine show}: prints one body. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Prints a kept body on stdout, byte for byte, and what is known of it on stderr. A body holds what the"
                        + " peer sent: rather than to a terminal, let it go to a file or a pager.")
final class QuarantineShowCommand implements Callable<Integer> {
    @Mixin
    private QuarantineOptions options;

    @Parameters(paramLabel = "ID", description = "Which, as `headcount quarantine list` tells it.")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, IOException {
        KeptBodies bodies = options.bodies();
        KeptBody body = bodies.find(id);
        if (body.header() == null) {
            throw new IOException(id + ": its file is damaged");
        }
        byte[] bytes = bodies.bytesOf(body);
        PrintWriter err = spec.commandLine().getErr();
        err.print(body.header().text());
        err.flush();
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(bytes);
        }
        return HeadcountCommand.DONE;
    }
}
