package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file (HOCON). Without it: the built-in defaults, config/gateway.conf.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides one key, without its prefix \"headcount.\": --set http.port=0")
    private List<String> overrides = new ArrayList<>();

    LoadedConfig load() throws ConfigException {
        return new ConfigLoader().load(file, overrides);
    }
}
