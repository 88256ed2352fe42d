package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

class ParseBenchmarkTest {
    private static final int METHODS = 5;

    @Test
    void shouldParseEverySampleInEveryWay() throws RunnerException, IOException {
        Collection<RunResult> results = Smoke.run(ParseBenchmark.class);

        assertThat(results)
                .hasSize(METHODS * samples().size())
                .extracting(result -> result.getParams().getParam("sample"))
                .containsAll(samples());
    }

    private static List<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "config", "samples"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
