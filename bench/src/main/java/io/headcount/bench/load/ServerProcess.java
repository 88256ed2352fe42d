package io.headcount.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server under load: a process of its own, pinned to its cores, started and ended by the rig. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile(" ready http=\\S+:(\\d+) https=(?:-|\\S+:(\\d+)) admin=(?:-|(\\S+)) ");
    private static final long STOP_SEC = 20;
    private static final int LAST_LINES = 10;

    private final Process process;
    private final int httpPort;
    private final int httpsPort;
    private final String admin; // null: none
    private final long readyMs;

    private ServerProcess(Process process, Matcher ready, long readyMs) {
        this.process = process;
        this.httpPort = Integer.parseInt(ready.group(1));
        this.httpsPort = ready.group(2) == null ? 0 : Integer.parseInt(ready.group(2));
        this.admin = ready.group(3);
        this.readyMs = readyMs;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param command what to run
     * @param cores to which it is pinned, as taskset takes them; empty: to none
     * @param log where its log goes
     */
    static ServerProcess start(List<String> command, String cores, Path log) throws IOException {
        List<String> pinned = new ArrayList<>(Pinning.command(cores));
        pinned.addAll(command);
        long begunNs = System.nanoTime();
        Process process = new ProcessBuilder(pinned)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return new ServerProcess(process, ready, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs));
            }
        }
        throw new IOException(
                String.join(" ", command) + " ended before it was ready; the end of its log:" + endOf(log));
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.stream()
                .skip(Math.max(0, lines.size() - LAST_LINES))
                .map(line -> System.lineSeparator() + "  " + line)
                .collect(Collectors.joining());
    }

    long pid() {
        return process.pid();
    }

    /** Where it takes posts. */
    InetSocketAddress http() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort);
    }

    /** Where it takes posts over TLS; port 0: nowhere. */
    InetSocketAddress https() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), httpsPort);
    }

    /**
     * The sum of a counter's values, over all labels, as the admin port tells it.
     *
     * @return 0 when the server has no admin port
     */
    long counter(String name) throws IOException {
        if (admin == null) {
            return 0;
        }
        double sum = 0;
        URL metrics = URI.create("http://" + admin + "/metrics").toURL();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(metrics.openStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
                    sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                }
            }
        }
        return (long) sum;
    }

    /** From the start of the process to its ready line. */
    long readyMs() {
        return readyMs;
    }

    /** Stops it, and waits. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SEC, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
