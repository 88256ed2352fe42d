package io.headcount.bench.load;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code start}: the time from the start of a process to its ready line, with an empty journal. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts servers again and again with an empty journal, and prints when they were ready.")
final class StartCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 1_000;

    @Mixin
    private Servers servers;

    @Option(names = "--runs", defaultValue = "11", description = "Starts of each. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Override
    public Integer call() throws IOException {
        InvalidSetting.inRange("--runs", runs, 1, MOST_RUNS);
        System.out.println(servers.describe());
        servers.pinLoad();
        for (String server : servers.names()) {
            List<Long> times = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                times.add(readyMs(server));
            }
            Collections.sort(times);
            System.out.printf(
                    "%-30s ready after %d ms (median of %d; %d to %d)%n",
                    server, times.get(runs / 2), runs, times.get(0), times.get(runs - 1));
        }
        return 0;
    }

    private long readyMs(String server) throws IOException {
        Path dir = servers.newDirectory();
        try (ServerProcess process = servers.start(server, dir, List.of())) {
            return process.readyMs();
        } finally {
            servers.discard(dir);
        }
    }
}
