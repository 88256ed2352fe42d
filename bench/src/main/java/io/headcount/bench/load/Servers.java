package io.headcount.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How servers are started: options that commands share, and the command lines made of them. */
final class Servers {
    /** The name of the server that is no gateway; with {@code -raw} or without it is one of two kinds. */
    static final String FLOOR = "floor";

    private static final String RAW_FLOOR = FLOOR + "-raw";

    @Option(
            names = "--servers",
            split = ",",
            defaultValue = FLOOR + ",gateway/target/headcount.jar",
            description =
                    "What is measured: floor (a bare Netty server, as in Netty's examples), floor-raw (the same with its"
                            + " answer as ready-made bytes), and jars of the gateway. Ratios are to the first. Default: ${DEFAULT-VALUE}")
    private List<String> servers = List.of();

    @Option(
            names = "--server-cores",
            defaultValue = "0",
            description = "As taskset takes them. Default: ${DEFAULT-VALUE}")
    private String serverCores = "";

    @Option(
            names = "--load-cores",
            defaultValue = "1",
            description = "As taskset takes them; empty: not pinned. Default: ${DEFAULT-VALUE}")
    private String loadCores = "";

    @Option(names = "--java", description = "The java of the servers. Default: the one that runs this")
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    @Option(
            names = "--java-options",
            split = " ",
            defaultValue = "-Xms1g -Xmx1g",
            description = "Of all servers. Default: ${DEFAULT-VALUE}")
    private List<String> javaOptions = List.of();

    @Option(names = "--set", description = "A key of the gateway's configuration, as in journal.durability=power")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--work",
            description = "Where journals and logs go. Default: a temporary directory, deleted at the end")
    private Path work;

    /** Adds one to the options of all servers. */
    void addJavaOption(String option) {
        javaOptions = Stream.concat(javaOptions.stream(), Stream.of(option)).toList();
    }

    /** What is measured. */
    List<String> names() {
        return servers;
    }

    /** Whether this one of {@link #names()} is no gateway. */
    static boolean isFloor(String server) {
        return server.equals(FLOOR) || server.equals(RAW_FLOOR);
    }

    /** Moves this process to the load's cores. */
    void pinLoad() throws IOException {
        Pinning.moveHere(loadCores);
    }

    /** One line about the machine and how servers run. */
    String describe() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown processor");
        return "%s, %d processors; servers on %s, load on %s; %s %s; gateway: %s"
                .formatted(
                        model,
                        Runtime.getRuntime().availableProcessors(),
                        serverCores.isEmpty() ? "any" : serverCores,
                        loadCores.isEmpty() ? "any" : loadCores,
                        version(),
                        String.join(" ", javaOptions),
                        settings.isEmpty() ? "defaults" : String.join(" ", settings));
    }

    private String version() throws IOException {
        Process asked = new ProcessBuilder(java.toString(), "-version")
                .redirectErrorStream(true)
                .start();
        try (var out = asked.inputReader()) {
            return out.lines().skip(1).findFirst().orElse("unknown java");
        }
    }

    /** A directory for one server's files. */
    Path newDirectory() throws IOException {
        if (work == null) {
            return Files.createTempDirectory("headcount-load");
        }
        return Files.createTempDirectory(Files.createDirectories(work), "run");
    }

    /**
     * Starts one of {@link #names()}.
     *
     * @param more settings of the gateway, in front of those that were given
     */
    ServerProcess start(String server, Path dir, List<String> more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        javaOptions.stream().filter(option -> !option.isBlank()).forEach(command::add);
        if (isFloor(server)) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), FloorServer.class.getName()));
            command.add(server.equals(RAW_FLOOR) ? "raw" : "codec");
        } else {
            command.addAll(List.of("-jar", server, "serve"));
            for (String setting : gatewaySettings(dir, more)) {
                command.addAll(List.of("--set", setting));
            }
        }
        return ServerProcess.start(command, serverCores, dir.resolve("log"));
    }

    private List<String> gatewaySettings(Path dir, List<String> more) {
        List<String> all = new ArrayList<>(List.of(
                "http.port=0",
                "http.host=127.0.0.1",
                "admin.port=0",
                "journal.dir=" + dir.resolve("journal"),
                "journal.quarantine.dir=" + dir.resolve("quarantine")));
        all.addAll(more);
        all.addAll(settings);
        return all;
    }

    /** Deletes a server's files, unless they were to be kept. */
    void discard(Path dir) throws IOException {
        if (work != null) {
            return;
        }
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
