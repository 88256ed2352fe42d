package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class ConfigOptions {
    private static final String FILE = "--config";
    private static final String FILE_LABEL = "FILE";
    private static final String FILE_HELP =
            "Configuration file (HOCON). Without it: the built-in defaults, config/gateway.conf.";
    private static final String OVERRIDE = "--set";
    private static final String OVERRIDE_LABEL = "key=value";
    private static final String OVERRIDE_HELP =
            "Overrides one key, without its prefix \"headcount.\": --set http.port=0";

    @Option(names = FILE, paramLabel = FILE_LABEL, description = FILE_HELP)
    private Path file;

    @Option(names = OVERRIDE, paramLabel = OVERRIDE_LABEL, description = OVERRIDE_HELP)
    private List<String> overrides = new ArrayList<>();

    LoadedConfig load() throws ConfigException {
        return new ConfigLoader().load(file, overrides);
    }

    /** The same options for a {@link PlainCommand}. */
    static final class Plain {
        private final OptionSpec file = OptionSpec.builder(FILE)
                .type(Path.class)
                .paramLabel(FILE_LABEL)
                .description(FILE_HELP)
                .build();
        private final OptionSpec overrides = OptionSpec.builder(OVERRIDE)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of())
                .paramLabel(OVERRIDE_LABEL)
                .description(OVERRIDE_HELP)
                .build();

        CommandSpec addTo(CommandSpec command) {
            return command.addOption(file).addOption(overrides);
        }

        LoadedConfig load() throws ConfigException {
            return new ConfigLoader().load(file.getValue(), overrides.getValue());
        }
    }
}
