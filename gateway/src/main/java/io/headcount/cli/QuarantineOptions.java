package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.GatewayConfig;
import io.headcount.config.InvalidSetting;
import io.headcount.quarantine.KeptBodies;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which the quarantine's commands find its directory. */
final class QuarantineOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The quarantine's directory. Default: journal.quarantine.dir of the configuration")
    private Path dir;

    @Mixin
    private ConfigOptions config;

    GatewayConfig config() throws ConfigException {
        return config.load().gateway();
    }

    KeptBodies bodies() throws ConfigException {
        if (dir != null) {
            return new KeptBodies(dir);
        }
        return new KeptBodies(config().quarantine().dir().orElseThrow(QuarantineOptions::nothingKept));
    }

    private static InvalidSetting nothingKept() {
        return new InvalidSetting("journal.quarantine.dir", "\"\"", "a directory, or --dir; no bodies are kept");
    }
}
