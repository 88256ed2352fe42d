package io.headcount.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A configuration that will start, and where each of its settings comes from. */
public final class LoadedConfig {
    private final GatewayConfig gateway;
    private final Config resolved;
    private final List<String> warnings;

    LoadedConfig(GatewayConfig gateway, Config resolved, List<String> warnings) {
        this.gateway = gateway;
        this.resolved = resolved;
        this.warnings = List.copyOf(warnings);
    }

    /** The checked settings. */
    public GatewayConfig gateway() {
        return gateway;
    }

    /** What the operator should know although the gateway starts; a sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** One line a key, in HOCON, sorted: {@code headcount.http.port = 8080}, with its origin when it is not a default. */
    public List<String> render() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, ConfigValue> setting : new TreeMap<>(entries()).entrySet()) {
            String value = setting.getValue().render(ConfigRenderOptions.concise());
            lines.add(ConfigLoader.ROOT + "." + setting.getKey() + " = " + value + origin(setting.getValue()));
        }
        return lines;
    }

    private Map<String, ConfigValue> entries() {
        Map<String, ConfigValue> entries = new TreeMap<>();
        resolved.entrySet().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private static String origin(ConfigValue value) {
        String origin = ConfigLoader.origin(value.origin());
        return origin.startsWith(ConfigLoader.DEFAULTS) ? "" : "   # " + origin;
    }
}
