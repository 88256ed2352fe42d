package io.headcount.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration as an operator meets it: defaults, file, {@code --set}, and what he is told when he errs. */
class ConfigLoaderTest {
    private static final Path DOCUMENTED = Path.of("../config/gateway.conf");

    /** For keys that may be empty. */
    private static final Map<String, String> BAD_VALUES = Map.of(
            "http.paths", "no-slash",
            "http.tokens", "a\0b",
            "http.allow", "example.org",
            "http.proxies", "10.0.0.0/33",
            "http.tls.certificate", "a\0b",
            "http.tls.key", "a\0b",
            "http.tls.client-ca", "a\0b",
            "http.tls.ciphers", "weak!",
            "journal.quarantine.dir", "a\0b");

    @TempDir
    private Path dir;

    private final ConfigLoader loader = new ConfigLoader();

    private LoadedConfig set(String... overrides) throws ConfigException {
        return loader.load(null, List.of(overrides));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("my.conf"), text);
    }

    private String mistake(String fileText, String... overrides) throws IOException {
        Path file = file(fileText);
        return messageOf(file, overrides).replace(file.toString(), "my.conf");
    }

    private String messageOf(Path file, String... overrides) {
        try {
            loader.load(file, List.of(overrides));
        } catch (ConfigException refused) {
            return refused.getMessage();
        }
        throw new AssertionError("was accepted");
    }

    /** Every key of the documented file, without the prefix. */
    static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        ConfigFactory.parseFile(DOCUMENTED.toFile())
                .getConfig("headcount")
                .entrySet()
                .forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    // defaults

    @Test
    void shouldRunOnTheDocumentedDefaults() throws ConfigException {
        GatewayConfig config = set().gateway();
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.http().maxBodyBytes()).isEqualTo(1 << 20);
        assertThat(config.http().headerTimeoutMs()).isEqualTo(10_000);
        assertThat(config.http().bodyTimeoutMs()).isEqualTo(20_000);
        assertThat(config.http().idleTimeoutMs()).isEqualTo(180_000);
        assertThat(config.http().paths()).isEmpty();
        assertThat(config.http().replyBody()).isEqualTo("{\"code\":0,\"msg\":\"success\"}");
        assertThat(config.ring().patienceMs()).isEqualTo(5_000);
        assertThat(config.ring().settleTimeoutMs()).isEqualTo(30_000);
        assertThat(config.ledger().windowMs()).isEqualTo(7_200_000);
        assertThat(config.ledger().maxDevices()).isEqualTo(100_000);
        assertThat(config.journal().dir()).isEqualTo(Path.of("data/journal"));
        assertThat(config.journal().durability()).isEqualTo(JournalConfig.Durability.PROCESS);
        assertThat(config.journal().minFreeBytes()).isEqualTo(1L << 30);
        assertThat(config.journal().reserveBytes()).isEqualTo(64L << 20);
        assertThat(config.retention()).isEqualTo(new RetentionConfig(30L * 86_400_000, 0));
        assertThat(config.quarantine().dir()).contains(Path.of("data/quarantine"));
        assertThat(config.quarantine().maxSizeBytes()).isEqualTo(64 << 20);
        assertThat(config.quarantine().maxMemoryBytes()).isEqualTo(32 << 20);
        assertThat(config.quarantine().reply()).isEqualTo(QuarantineConfig.Reply.REFUSE);
        assertThat(config.admin().host()).isEqualTo("127.0.0.1");
        assertThat(config.admin().port()).isEqualTo(8081);
        assertThat(set().warnings()).isEmpty();
    }

    @Test
    void shouldHaveTheDocumentedFileBuiltIn() throws IOException {
        byte[] builtIn = ConfigLoader.class.getResourceAsStream("/gateway.conf").readAllBytes();
        assertThat(builtIn).isEqualTo(Files.readAllBytes(DOCUMENTED));
    }

    @Test
    void shouldAcceptTheDocumentedFileAsTheOperators() throws ConfigException {
        LoadedConfig fromFile = loader.load(DOCUMENTED, List.of());
        assertThat(fromFile.gateway()).isEqualTo(set().gateway());
        assertThat(fromFile.warnings()).isEmpty();
    }

    @Test
    void shouldHaveAKeyForEverySetting() {
        int twice = 1; // presence.max-devices bounds what the ledger and what http remembers
        assertThat(settings(GatewayConfig.class)).isEqualTo(keys().size() + twice);
    }

    private static int settings(Class<?> type) {
        int settings = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            settings += component.getType().isRecord() ? settings(component.getType()) : 1;
        }
        return settings;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldReadEveryKey(String key) {
        String message = messageOf(null, key + "=" + BAD_VALUES.getOrDefault(key, ""));
        assertThat(message).startsWith("--set: " + key + ": ").contains("(expected: ");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldDocumentEveryKey(String key) throws IOException {
        String name = key.substring(key.lastIndexOf('.') + 1);
        assertThat(Files.readString(DOCUMENTED)).containsPattern("(?m)\\b" + name + " = ");
    }

    // where settings come from

    @Test
    void shouldPutSetOverFileOverDefaults() throws ConfigException, IOException {
        Path file = file("headcount { http.port = 1111, ring.size = 64 }");
        GatewayConfig config = loader.load(file, List.of("http.port=2222")).gateway();
        assertThat(config.http().port()).isEqualTo(2222);
        assertThat(config.ring().size()).isEqualTo(64);
        assertThat(config.admin().port()).isEqualTo(8081);
    }

    @Test
    void shouldTakeTheLastOfSeveralSets() throws ConfigException {
        assertThat(set("http.port=1", "http.port=2").gateway().http().port()).isEqualTo(2);
    }

    @Test
    void shouldReadListsOfTheCommandLine() throws ConfigException {
        assertThat(set("http.paths=/a").gateway().http().paths()).containsExactly("/a");
        assertThat(set("http.paths=/a, /b ,/c").gateway().http().paths()).containsExactly("/a", "/b", "/c");
        assertThat(set("http.paths=").gateway().http().paths()).isEmpty();
    }

    @Test
    void shouldTakeTheRestOfASetForItsValue() throws ConfigException {
        assertThat(set("http.reply.body={\"a\":\"b=c\"}").gateway().http().replyBody())
                .isEqualTo("{\"a\":\"b=c\"}");
        assertThat(set(" http.port = 7 ").gateway().http().port()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"10 s, 10000", "10s, 10000", "250 ms, 250", "2 minutes, 120000", "1 h, 3600000"})
    void shouldReadDurations(String text, long ms) throws ConfigException {
        assertThat(set("http.header-timeout=" + text).gateway().http().headerTimeoutMs())
                .isEqualTo(ms);
    }

    @ParameterizedTest
    @CsvSource({"64 KiB, 65536", "64K, 65536", "65536 B, 65536", "1 MiB, 1048576", "1 MB, 1000000"})
    void shouldReadSizes(String text, int bytes) throws ConfigException {
        assertThat(set("http.max-body=" + text).gateway().http().maxBodyBytes()).isEqualTo(bytes);
    }

    @Test
    void shouldReadSubstitutions() throws ConfigException, IOException {
        Path file = file(
                "headcount { http.host = 127.0.0.1, admin.host = ${headcount.http.host}, http.port = ${?NO_SUCH_VARIABLE} }");
        GatewayConfig config = loader.load(file, List.of()).gateway();
        assertThat(config.admin().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8080);
    }

    @Test
    void shouldReadVariablesOfTheEnvironmentWhereAskedFor() throws ConfigException, IOException {
        Path file = file("headcount.journal.dir = ${PATH}");
        assertThat(loader.load(file, List.of()).gateway().journal().dir()).isEqualTo(Path.of(System.getenv("PATH")));
    }

    @Test
    void shouldNotReadSystemProperties() throws ConfigException {
        System.setProperty("headcount.http.port", "9999");
        try {
            assertThat(set().gateway().http().port()).isEqualTo(8080);
        } finally {
            System.clearProperty("headcount.http.port");
        }
    }

    @Test
    void shouldReadChoicesInAnyCase() throws ConfigException {
        assertThat(set("journal.roll=DAILY").gateway().journal().roll()).isEqualTo(JournalConfig.Roll.DAILY);
        assertThat(set("journal.roll=minutely").gateway().journal().roll()).isEqualTo(JournalConfig.Roll.MINUTELY);
    }

    // mistakes

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http.port = 70000         | http.port: 70000 (expected: 0 to 65535)
                    http.port = -1            | http.port: -1 (expected: 0 to 65535)
                    http.port = many          | http.port: many (expected: a whole number)
                    http.port = 8080.5        | http.port: 8080.5 (expected: a whole number)
                    http.port = 99999999999   | http.port: 99999999999 (expected: a number below 2^31)
                    http.port = [1]           | http.port: [1] (expected: a whole number)
                    http.port = null          | http.port: null (expected: a whole number)
                    http.port = true          | http.port: true (expected: a whole number)
                    http.host = ""            | http.host: "" (expected: an address or host name)
                    http.paths = "/a"         | http.paths: /a (expected: a list of texts, ["/a", "/b"])
                    http.paths = [a]          | http.paths: "a" (expected: paths that begin with /)
                    http.header-timeout = 0 s | http.header-timeout: 0 (expected: 1 to 3600000)
                    http.header-timeout = -5 s | http.header-timeout: -5000 (expected: 1 to 3600000)
                    http.header-timeout = 10  | http.header-timeout: 10 (expected: a time with its unit, as in 10 s)
                    http.header-timeout = 99999999999999 d | http.header-timeout: 9223372036854 (expected: 1 to 3600000)
                    http.header-timeout = 1e300 d | http.header-timeout: 9223372036854 (expected: 1 to 3600000)
                    http.port = 1e300         | http.port: 9223372036854775807 (expected: a number below 2^31)
                    journal.dir = "a\\u0000b" | journal.dir: no path of this system (expected: a path)
                    http.header-timeout = 10 parsecs | http.header-timeout: 10 parsecs (expected: a time with its unit, as in 10 s)
                    http.max-body = big       | http.max-body: big (expected: a size with its unit, as in 64 KiB)
                    http.max-body = 8 GiB     | http.max-body: 8589934592 (expected: a number below 2^31)
                    http.max-body = 1 B       | http.max-body: 1 (expected: 1024 to 1048576)
                    journal.min-free = 99 EiB | journal.min-free: 114139228956077850624 (expected: a size below 8 EiB)
                    journal.dir = ""          | journal.dir: "" (expected: a directory)
                    ring.size = 1000          | ring.size: 1000 (expected: a power of two, 16 to 1048576)
                    ring.size = 8             | ring.size: 8 (expected: a power of two, 16 to 1048576)
                    journal.durability = yes  | journal.durability: yes (expected: process or power)
                    journal.roll = weekly     | journal.roll: weekly (expected: minutely or hourly or daily)
                    admin.enabled = perhaps   | admin.enabled: perhaps (expected: true or false)
                    http.allow = [10.0.0.1/8] | http.allow: "10.0.0.1/8" (expected: no bits behind the prefix; for the address alone leave /8 out)
                    http.allow = [10.1]       | http.allow: "10.1" (expected: addresses or ranges, as in 192.0.2.7 or 10.0.0.0/8)
                    http.proxies = ["::/129"] | http.proxies: "::/129" (expected: a prefix length of at most 128)
                    http.tls.enabled = true   | http.tls.enabled: true (expected: http.tls.certificate and http.tls.key with it)
                    journal.quarantine { dir = "", reply = accept } | journal.quarantine.reply: accept (expected: refuse, because journal.quarantine.dir is empty)
                    journal.quarantine.max-body = 1 KiB, journal.quarantine.max-size = 1 KiB | journal.quarantine.max-size: 1024 (expected: 131072 to 1125899906842624)
                    journal.quarantine { max-body = 100 KiB, max-size = 199 KiB } | journal.quarantine.max-body: 102400 (expected: at most half of journal.quarantine.max-size)
                    journal.quarantine.max-memory = 1 KiB | journal.quarantine.max-memory: 1024 (expected: 1048576 to 1099511627776)
                    journal.retention = 59 s  | journal.retention: 59000 (expected: 60000 to 3153600000000)
                    ledger.window = 15 d      | ledger.window: 1296000000 (expected: 1000 to 1209600000)
                    """)
    void shouldNameFileLineAndKeyOfABadValue(String line, String expected) throws IOException {
        assertThat(mistake("headcount {\n\n  " + line + "\n}")).isEqualTo("my.conf:3: " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http.prt = 1      | http.prt: unknown key (expected: one of allow, body-timeout,
                    htp.port = 1      | htp: unknown key (expected: one of admin, http,
                    port = 1          | port: unknown key (expected: one of admin, http, journal,
                    http.port.x = 1   | http.port: {x=1} (expected: a whole number)
                    http.port { a = 1 } | http.port: {a=1} (expected: a whole number)
                    http = 5          | http: unknown key (expected:
                    http.reply = x    | http.reply: unknown key (expected:
                    """)
    void shouldNameUnknownKeys(String line, String expected) throws IOException {
        assertThat(mistake("headcount {\n  " + line + "\n}")).startsWith("my.conf:2: " + expected);
    }

    @Test
    void shouldRefuseKeysOutsideOfTheSection() throws IOException {
        assertThat(mistake("\nhttp.port = 1"))
                .isEqualTo("my.conf:2: http: unknown key (expected: everything inside headcount { })");
        assertThat(mistake("headcount = 1")).startsWith("my.conf:1: headcount: unknown key");
    }

    @Test
    void shouldRefuseKeysThatTheCommandLineInvents() {
        assertThat(messageOf(null, "http.prt=1")).startsWith("--set: http.prt: unknown key");
        assertThat(messageOf(null, "headcount.http.port=1")).contains("unknown key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.port", "=1", ""})
    void shouldRefuseASetWithoutKeyOrValue(String override) {
        assertThat(messageOf(null, override)).isEqualTo("--set " + override + ": no value (expected: --set key=value)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http..port", ".http", "http.", "http.\"port", "a b$c", " "})
    void shouldRefuseASetWhoseKeyIsNone(String key) {
        assertThat(messageOf(null, key + "=1")).startsWith("--set ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    headcount { http.port = 1     | my.conf:1
                    headcount { http.port = }     | my.conf:1
                    headcount } {                 | my.conf:1
                    { "a" : "b                    | my.conf:1
                    headcount.http.host = ${      | my.conf:1
                    headcount.http.host = a"b     | my.conf:1
                    """)
    void shouldTellWhereAFileIsNotHocon(String text, String at) throws IOException {
        String message = mistake(text);
        assertThat(message).startsWith("my.conf").contains("not HOCON");
        assertThat(message).startsWith(at);
    }

    @Test
    void shouldNotRepeatAFileThatIsNotHocon() throws IOException {
        assertThat(mistake("headcount.admin.token = \"CANARY\n")).doesNotContain("CANARY");
    }

    @Test
    void shouldTellOfAVariableThatIsNotSet() throws IOException {
        assertThat(mistake("headcount {\n http.host = ${NO_SUCH_VARIABLE}\n}"))
                .isEqualTo("my.conf:2: ${…} names a variable that is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headcount { include required(\"no-such-file.conf\") }",
                "headcount.http.paths = [${headcount.http}]",
                "headcount.http.host = [1] {a: 1}"
            })
    void shouldRefuseWhatCannotBeResolved(String text) throws IOException {
        assertThat(mistake(text)).startsWith("my.conf");
    }

    @Test
    void shouldReadWhatAFileIncludes() throws ConfigException, IOException {
        Files.writeString(dir.resolve("more.conf"), "http.port = 4711");
        assertThat(loader.load(file("headcount { include \"more.conf\" }"), List.of())
                        .gateway()
                        .http()
                        .port())
                .isEqualTo(4711);
    }

    @Test
    void shouldNameTheIncludedFileOfAMistake() throws IOException {
        Files.writeString(dir.resolve("more.conf"), "\nhttp.port = x");
        assertThat(messageOf(file("headcount { include \"more.conf\" }")))
                .isEqualTo(dir.resolve("more.conf") + ":2: http.port: x (expected: a whole number)");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        Path missing = dir.resolve("missing.conf");
        assertThat(messageOf(missing)).isEqualTo(missing + ": no such file, or not readable");
        assertThat(messageOf(dir)).isEqualTo(dir + ": no such file, or not readable");
    }

    @Test
    void shouldReadAFileAsHoconWhateverItsName() throws ConfigException, IOException {
        Path file = Files.writeString(dir.resolve("gateway.properties"), "headcount { http { port = 9 } }");
        assertThat(loader.load(file, List.of()).gateway().http().port()).isEqualTo(9);
    }

    @Test
    void shouldAcceptAnEmptyFile() throws ConfigException, IOException {
        assertThat(loader.load(file(""), List.of()).gateway()).isEqualTo(set().gateway());
    }

    // planned keys

    @ParameterizedTest
    @ValueSource(strings = {"presence.registry", "admin.token"})
    void shouldRefusePlannedKeysThatWouldProtect(String key) {
        assertThat(messageOf(null, key + "=CANARY"))
                .startsWith("--set: " + key + ": not built in yet: ")
                .endsWith("(expected: leave the key out)")
                .doesNotContain("CANARY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "presence.offline-floor",
                "presence.offline-factor",
                "presence.unknown-period",
                "presence.overrides"
            })
    void shouldWarnOfPlannedKeysThatTune(String key) throws ConfigException {
        LoadedConfig loaded = set(key + "=1");
        assertThat(loaded.warnings()).hasSize(1);
        assertThat(loaded.warnings().get(0)).startsWith("--set: " + key + ": has no effect yet: ");
        assertThat(loaded.gateway()).isEqualTo(set().gateway());
    }

    @Test
    void shouldNotTakeTheBeginningOfANameForAPlannedKey() {
        assertThat(messageOf(null, "presence.registryx=1")).contains("unknown key");
    }

    // rendering

    @Test
    void shouldRenderEveryKeyOnceInOrder() throws ConfigException {
        List<String> names = new ArrayList<>();
        set().render().forEach(line -> names.add(line.substring("headcount.".length(), line.indexOf(" = "))));
        assertThat(names).isSorted().containsExactlyElementsOf(keys());
    }

    @Test
    void shouldRenderWhereSettingsComeFrom() throws ConfigException, IOException {
        Path file = file("headcount {\n  ring.size = 64\n}");
        List<String> lines = loader.load(
                        file, List.of("http.port=1", "http.paths=/a,/b", "presence.unknown-period=1 d"))
                .render();
        assertThat(lines)
                .contains(
                        "headcount.ring.size = 64   # " + file + ":2",
                        "headcount.http.port = 1   # --set",
                        "headcount.http.paths = [\"/a\",\"/b\"]   # --set",
                        "headcount.admin.port = 8081")
                .noneMatch(line -> line.contains("unknown-period"));
    }

    @Test
    void shouldRenderWhatCanBeLoadedAgain() throws ConfigException, IOException {
        LoadedConfig loaded =
                set("http.port=1", "http.paths=/a,/b", "http.reply.body={\"x\":\"y\"}", "journal.dir=data/a b");
        LoadedConfig again = loader.load(file(String.join("\n", loaded.render())), List.of());
        assertThat(again.gateway()).isEqualTo(loaded.gateway());
    }

    @Test
    void shouldCheckRecordsThatAreMadeByHand() {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> new RingConfig(17, 0, 1))
                .withMessage("ring.size: 17 (expected: a power of two, 16 to 1048576)");
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> new LedgerConfig(0, 1, 1))
                .matches(mistake -> mistake.key().equals("ledger.window"));
    }

    @Test
    void shouldNotGiveUpAPostThatIsPublishedBeforeOneThatWaits() {
        assertThat(messageOf(null, "ring.patience=40 s"))
                .contains("ring.settle-timeout: 30000 (expected: more than ring.patience, 40000, to 3600000)");
    }

    @Test
    void shouldGiveALargeBodyTheTimeItNeeds() throws ConfigException {
        HttpConfig http = set("http.body-timeout=1 s", "http.min-body-rate=1 KiB")
                .gateway()
                .http();
        assertThat(http.bodyTimeoutMs(0)).isEqualTo(1000);
        assertThat(http.bodyTimeoutMs(1024)).isEqualTo(1000);
        assertThat(http.bodyTimeoutMs(10 * 1024)).isEqualTo(10_000);
        assertThat(http.bodyTimeoutMs(Long.MAX_VALUE)).isEqualTo(1_024_000);
    }
}
