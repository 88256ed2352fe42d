package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.LoadedConfig;
import io.headcount.http.TlsCheck;
import io.headcount.http.TokenFile;
import io.headcount.http.Tokens;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: loads and validates the configuration and the files it names, and prints it resolved. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Loads and validates the configuration and prints it resolved.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException {
        LoadedConfig loaded = config.load();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        loaded.render().forEach(out::println);
        loaded.warnings().forEach(warning -> err.println("headcount check: " + warning));
        TlsCheck tls = TlsCheck.of(loaded.gateway().http().tls(), Instant.now());
        tls.facts().forEach(fact -> out.println("# " + fact));
        tls.warnings().forEach(warning -> err.println("headcount check: " + warning));
        loaded.gateway().http().access().tokens().ifPresent(file -> checkTokens(file, out, err));
        out.flush();
        return HeadcountCommand.DONE;
    }

    /** A comment, so that what is printed remains a configuration. */
    private static void checkTokens(Path file, PrintWriter out, PrintWriter err) {
        Tokens tokens = TokenFile.read(file);
        out.println("# " + file + ": " + tokens.size() + " tokens");
        TokenFile.warnings(file).forEach(warning -> err.println("headcount check: " + warning));
    }
}
