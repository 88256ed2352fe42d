package io.headcount.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.Missing;
import com.typesafe.config.ConfigException.UnresolvedSubstitution;
import com.typesafe.config.ConfigException.WrongType;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Loads the configuration: {@code --set} over the file over the defaults in the jar. Neither system properties nor the
 * environment take part, except where a file asks for a variable by {@code ${NAME}}.
 */
public final class ConfigLoader {
    static final String ROOT = "headcount";
    static final String DEFAULTS = "built-in defaults";
    private static final String DEFAULTS_RESOURCE = "/gateway.conf";

    private final Config defaults;

    /** A loader on the defaults of this jar. */
    public ConfigLoader() {
        this.defaults = parseDefaults();
    }

    /**
     * Loads and checks.
     *
     * @param file the operator's file, or null for the defaults alone
     * @param overrides {@code key=value} each, keys without the prefix {@code headcount.}
     * @return a configuration that will start
     * @throws ConfigException naming file, line and key, and what was expected
     */
    public LoadedConfig load(Path file, List<String> overrides) throws ConfigException {
        Config operators = file == null ? ConfigFactory.empty() : parseFile(file);
        for (String override : overrides) {
            operators = parseOverride(override).withFallback(operators);
        }
        Config resolved = resolve(operators.withFallback(defaults));
        List<String> warnings = new ArrayList<>();
        checkKeys(resolved.root(), "", warnings);
        Config settings = resolved.getConfig(ROOT);
        try {
            return new LoadedConfig(gateway(new Settings(settings)), knownOnly(settings), warnings);
        } catch (InvalidSetting mistake) {
            throw new ConfigException(origin(settings, mistake.key()) + ": " + mistake.getMessage());
        }
    }

    private static GatewayConfig gateway(Settings s) {
        return new GatewayConfig(
                http(s),
                xml(s),
                new RingConfig(
                        s.integer("ring.size"), s.durationMs("ring.patience"), s.durationMs("ring.settle-timeout")),
                new LedgerConfig(
                        s.durationMs("ledger.window"), s.integer("ledger.max-rows"), s.integer("presence.max-devices")),
                new JournalConfig(
                        s.path("journal.dir"),
                        s.choice("journal.durability", JournalConfig.Durability.class),
                        s.choice("journal.roll", JournalConfig.Roll.class),
                        s.longSizeBytes("journal.min-free"),
                        s.longSizeBytes("journal.reserve")),
                new RetentionConfig(s.durationMs("journal.retention"), s.longSizeBytes("journal.max-size")),
                quarantine(s),
                new AdminConfig(s.flag("admin.enabled"), s.text("admin.host"), s.integer("admin.port")),
                s.integer("log.max-lines-per-second"),
                s.durationMs("stop-timeout"));
    }

    private static HttpConfig http(Settings s) {
        return new HttpConfig(
                s.text("http.host"),
                s.integer("http.port"),
                s.integer("http.event-loops"),
                s.integer("http.max-connections"),
                s.integer("http.max-connections-per-address"),
                s.sizeBytes("http.max-request-line"),
                s.sizeBytes("http.max-headers"),
                s.integer("http.max-header-lines"),
                s.sizeBytes("http.max-body"),
                s.longSizeBytes("http.max-post-memory"),
                s.durationMs("http.header-timeout"),
                s.durationMs("http.body-timeout"),
                s.sizeBytes("http.min-body-rate"),
                s.durationMs("http.idle-timeout"),
                s.durationMs("http.reply-timeout"),
                s.durationMs("http.linger-timeout"),
                s.sizeBytes("http.max-linger"),
                s.texts("http.paths"),
                s.text("http.reply.body"),
                access(s),
                tls(s));
    }

    private static AccessConfig access(Settings s) {
        return new AccessConfig(
                s.optionalPath("http.tokens"),
                s.addressRanges("http.allow"),
                s.addressRanges("http.proxies"),
                s.integer("http.device-rate"),
                s.integer("http.device-burst"),
                s.integer("presence.max-devices"));
    }

    private static TlsConfig tls(Settings s) {
        return new TlsConfig(
                s.flag("http.tls.enabled"),
                s.integer("http.tls.port"),
                s.optionalPath("http.tls.certificate"),
                s.optionalPath("http.tls.key"),
                s.optionalPath("http.tls.client-ca"),
                s.texts("http.tls.ciphers"),
                s.durationMs("http.tls.handshake-timeout"));
    }

    private static QuarantineConfig quarantine(Settings s) {
        return new QuarantineConfig(
                s.optionalPath("journal.quarantine.dir"),
                s.longSizeBytes("journal.quarantine.max-size"),
                s.sizeBytes("journal.quarantine.max-body"),
                s.longSizeBytes("journal.quarantine.max-memory"),
                s.integer("journal.quarantine.max-per-second"),
                s.choice("journal.quarantine.reply", QuarantineConfig.Reply.class));
    }

    private static XmlConfig xml(Settings s) {
        return new XmlConfig(
                s.integer("xml.max-depth"),
                s.sizeBytes("xml.max-tag"),
                s.integer("xml.max-attributes"),
                s.integer("xml.max-text"),
                s.integer("xml.max-unknown-names"),
                s.integer("xml.max-events"),
                s.integer("xml.max-objects"),
                s.integer("xml.max-rows"));
    }

    private static Config parseDefaults() {
        try (InputStream in = ConfigLoader.class.getResourceAsStream(DEFAULTS_RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar is broken: " + DEFAULTS_RESOURCE + " is missing");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            return ConfigFactory.parseReader(
                    reader, ConfigParseOptions.defaults().setOriginDescription(DEFAULTS));
        } catch (IOException unreadable) {
            throw new IllegalStateException("the jar is broken: " + DEFAULTS_RESOURCE, unreadable);
        }
    }

    private static Config parseFile(Path file) throws ConfigException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigException(file + ": no such file, or not readable");
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(),
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
        } catch (com.typesafe.config.ConfigException mistake) {
            throw new ConfigException(
                    place(file, mistake) + ": not HOCON: check quotes, braces and equals signs up to here");
        }
    }

    private static String place(Path file, com.typesafe.config.ConfigException mistake) {
        ConfigOrigin origin = mistake.origin();
        return origin == null || origin.lineNumber() < 0 ? file.toString() : file + ":" + origin.lineNumber();
    }

    private Config parseOverride(String override) throws ConfigException {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new ConfigException("--set " + override + ": no value (expected: --set key=value)");
        }
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        ConfigOrigin origin = ConfigOriginFactory.newSimple("--set");
        try {
            String path = ROOT + "." + key;
            return ConfigValueFactory.fromAnyRef(typed(path, value))
                    .withOrigin(origin)
                    .atPath(path);
        } catch (com.typesafe.config.ConfigException badPath) {
            throw new ConfigException("--set " + key + ": not a key (expected: words joined by dots, as in http.port)");
        }
    }

    /** Lists are written as one text with commas, so that no shell quoting is needed. */
    private Object typed(String path, String value) {
        ConfigValueType type = defaults.hasPath(path) ? defaults.getValue(path).valueType() : ConfigValueType.STRING;
        if (type == ConfigValueType.LIST) {
            return value.isEmpty() ? List.of() : List.of(value.split("\\s*,\\s*", -1));
        }
        boolean number = type == ConfigValueType.NUMBER && value.matches("-?\\d{1,18}");
        return number ? (Object) Long.valueOf(value) : value;
    }

    private static Config resolve(Config config) throws ConfigException {
        try {
            return config.resolve();
        } catch (UnresolvedSubstitution mistake) {
            throw new ConfigException(origin(mistake.origin()) + ": ${…} names a variable that is not set");
        } catch (com.typesafe.config.ConfigException mistake) {
            throw new ConfigException(origin(mistake.origin()) + ": ${…} or a list of values can't be put together");
        }
    }

    private void checkKeys(ConfigObject object, String prefix, List<String> warnings) throws ConfigException {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String path = prefix + ConfigUtil.joinPath(entry.getKey());
            boolean section =
                    defaults.hasPathOrNull(path) && defaults.getValue(path).valueType() == ConfigValueType.OBJECT;
            if (section && entry.getValue() instanceof ConfigObject child) {
                checkKeys(child, path + ".", warnings);
            } else if (section || !defaults.hasPathOrNull(path)) {
                checkPlanned(path, entry.getValue(), warnings);
            }
        }
    }

    private void checkPlanned(String path, ConfigValue value, List<String> warnings) throws ConfigException {
        String key = path.startsWith(ROOT + ".") ? path.substring(ROOT.length() + 1) : path;
        String at = origin(originOf(value)) + ": " + key + ": ";
        var refused = PlannedKeys.refused(key);
        if (refused.isPresent()) {
            throw new ConfigException(at + "not built in yet: " + refused.get() + " (expected: leave the key out)");
        }
        var warned = PlannedKeys.warned(key);
        if (warned.isEmpty()) {
            throw new ConfigException(at + "unknown key (expected: " + neighbours(path) + ")");
        }
        warnings.add(at + "has no effect yet: " + warned.get());
    }

    /** Of a section that {@code --set} has made around a key: the key's. */
    private static ConfigOrigin originOf(ConfigValue value) {
        ConfigValue place = value;
        while (place.origin().lineNumber() < 0 && place instanceof ConfigObject section && !section.isEmpty()) {
            place = section.values().iterator().next();
        }
        return place.origin();
    }

    private String neighbours(String path) {
        int lastDot = path.lastIndexOf('.');
        String parent = lastDot < 0 ? "" : path.substring(0, lastDot);
        if (parent.isEmpty() || !defaults.hasPath(parent)) {
            return parent.isEmpty() ? "everything inside " + ROOT + " { }" : "a key of config/gateway.conf";
        }
        try {
            return "one of "
                    + String.join(", ", new TreeSet<>(defaults.getObject(parent).keySet()));
        } catch (WrongType | Missing notASection) {
            return "a single value for " + parent;
        }
    }

    private Config knownOnly(Config settings) {
        Config known = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> entry : defaults.getConfig(ROOT).entrySet()) {
            known = known.withValue(entry.getKey(), settings.getValue(entry.getKey()));
        }
        return known;
    }

    private static String origin(Config settings, String key) {
        ConfigValue value = settings.root();
        for (String name : ConfigUtil.splitPath(key)) {
            value = value instanceof ConfigObject section ? section.get(name) : null;
        }
        return value == null ? ROOT : origin(value.origin());
    }

    static String origin(ConfigOrigin origin) {
        String where = origin.filename() != null ? origin.filename() : origin.description();
        where = where.startsWith(DEFAULTS) ? DEFAULTS : where;
        return origin.lineNumber() < 0 ? where : where + ":" + origin.lineNumber();
    }
}
