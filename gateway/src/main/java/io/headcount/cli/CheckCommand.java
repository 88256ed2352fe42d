package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.LoadedConfig;
import io.headcount.http.TlsCheck;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: loads and validates the configuration and prints it resolved. */
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
        out.flush();
        return HeadcountCommand.DONE;
    }
}
