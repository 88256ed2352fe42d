package io.headcount.flow;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The real gateway in a process of its own, from the executable jar. */
final class GatewayProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("headcount ready http=(\\S+):(\\d+) https=- admin=(\\S+):(\\d+) journal=(.+)");
    private static final List<String> IN_A_NAMESPACE =
            List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
    private static final String LOG = "gateway.log";
    private static final long MAX_WAIT_SEC = 60;

    private final Process process;
    private final Path log;
    private final int httpPort;
    private final int adminPort;

    private GatewayProcess(Process process, Path log, Matcher ready) {
        this.process = process;
        this.log = log;
        this.httpPort = Integer.parseInt(ready.group(2));
        this.adminPort = Integer.parseInt(ready.group(4));
    }

    /** Starts a gateway on free ports and waits for its ready line. */
    static GatewayProcess start(Path dir, String... settings) throws IOException {
        return start(command("serve"), dir, settings);
    }

    /** Starts a gateway that logs as the file says. */
    static GatewayProcess startLogging(Path logback, Path dir, String... settings) throws IOException {
        List<String> command = command("serve");
        command.add(1, "-Dlogback.configurationFile=" + logback);
        return start(command, dir, settings);
    }

    /** Starts a gateway whose standard error nobody reads. */
    static GatewayProcess startUnheard(Path dir, String... settings) throws IOException {
        return start(command("serve"), dir, ProcessBuilder.Redirect.PIPE, settings);
    }

    /** Starts a gateway that a debugger can attach to at this port of the loopback. */
    static GatewayProcess startDebuggable(int port, Path dir, String... settings) throws IOException {
        List<String> command = command("serve");
        command.add(1, "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port);
        return start(command, dir, settings);
    }

    /** Starts a gateway with more options of the virtual machine. */
    static GatewayProcess startWithOptions(List<String> options, Path dir, String... settings) throws IOException {
        List<String> command = command("serve");
        command.addAll(command.indexOf("-jar"), options);
        return start(command, dir, settings);
    }

    /** Starts a gateway as another program's child, as under a debugger or a tracer; its exit code must be the gateway's. */
    static GatewayProcess startUnder(List<String> program, Path dir, String... settings) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(command("serve"));
        return start(command, dir, settings);
    }

    /** Starts a gateway within a limit of the operating system, in the words of the shell: {@code -n 200}. */
    static GatewayProcess startWithLimit(Path dir, String limit) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit " + limit + "; exec \"$@\"", "bash"));
        command.addAll(command("serve"));
        return start(command, dir);
    }

    /** Starts a gateway as process 1 of a namespace of its own, as in a container. Needs root. */
    static GatewayProcess startAsProcessOne(Path dir) throws IOException {
        List<String> command = new ArrayList<>(IN_A_NAMESPACE);
        command.addAll(command("serve"));
        command.add(
                command.indexOf("-jar"), "-XX:-UsePerfData"); // its file would bear the process id of somebody else's
        return start(command, dir);
    }

    /** Whether {@link #startAsProcessOne} can work here. */
    static boolean canStartAsProcessOne() throws InterruptedException {
        List<String> command = new ArrayList<>(IN_A_NAMESPACE);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchTool) {
            return false;
        }
    }

    private static GatewayProcess start(List<String> command, Path dir, String... settings) throws IOException {
        File log = dir.resolve(LOG).toFile();
        return start(command, dir, ProcessBuilder.Redirect.appendTo(log), settings);
    }

    private static GatewayProcess start(
            List<String> command, Path dir, ProcessBuilder.Redirect errors, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "journal.dir=" + dir.resolve("journal"),
                "journal.quarantine.dir=" + dir.resolve("quarantine"),
                "journal.min-free=1 MiB"));
        all.addAll(List.of(settings));
        for (String setting : all) {
            command.add("--set");
            command.add(setting);
        }
        Path log = dir.resolve(LOG);
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new AssertionError("not ready: " + line + "\n" + (Files.exists(log) ? Files.readString(log) : ""));
        }
        return new GatewayProcess(process, log, ready);
    }

    private static List<String> command(String subcommand) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, "-Xmx512m", "-jar", System.getProperty("headcount.jar"), subcommand));
    }

    /** What a finished command printed, and its exit code. */
    record Output(int exitCode, List<String> lines, String errors) {}

    /** Runs a command of the jar to its end. */
    static Output run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(), arguments);
    }

    /** Runs a command of the jar as process 1 of a namespace of its own, as in another container. Needs root. */
    static Output runAsProcessOne(String... arguments) throws IOException, InterruptedException {
        return run(IN_A_NAMESPACE, arguments);
    }

    private static Output run(List<String> within, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(within);
        command.addAll(command(arguments[0]));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return runToItsEnd(command);
    }

    /** The same, in a process that may have so many files open. */
    static Output runWithFiles(int files, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh"));
        command.addAll(command(arguments[0]));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return runToItsEnd(command);
    }

    private static Output runToItsEnd(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("headcount", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        // meanwhile: one that does not end does not end its output, either
        CompletableFuture<List<String>> lines =
                CompletableFuture.supplyAsync(() -> out.lines().toList());
        if (!process.waitFor(MAX_WAIT_SEC, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + command);
        }
        String text = Files.readString(errors);
        Files.delete(errors);
        return new Output(process.exitValue(), lines.join(), text);
    }

    int httpPort() {
        return httpPort;
    }

    long pid() {
        return process.pid();
    }

    /** User and system time so far, where it can be told. */
    Optional<Duration> cpu() {
        return process.info().totalCpuDuration();
    }

    int adminPort() {
        return adminPort;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What it prints behind its ready line, once it has ended. */
    CompletableFuture<String> restOfOutput() {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        return CompletableFuture.supplyAsync(() -> out.lines().collect(Collectors.joining("\n")));
    }

    /** kill -9, and the end of it. */
    void kill() throws InterruptedException {
        List<ProcessHandle> inside = process.descendants().toList();
        if (inside.isEmpty()) {
            process.destroyForcibly();
        }
        inside.forEach(ProcessHandle::destroyForcibly); // whoever started it ends behind it
        process.waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The exit code, once it has ended. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(MAX_WAIT_SEC, TimeUnit.SECONDS)) {
            throw new AssertionError("the gateway did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
