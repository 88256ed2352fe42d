package io.headcount.bench;

import java.util.Collection;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks in their shortest form: every method once, in this process. Fails when one throws. */
final class Smoke {
    private Smoke() {}

    /** One result per method and combination of parameters. */
    static Collection<RunResult> run(Class<?> benchmarks) throws RunnerException {
        return run(options(benchmarks));
    }

    static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    static ChainedOptionsBuilder options(Class<?> benchmarks) {
        return new OptionsBuilder()
                .include(benchmarks.getName() + "\\.")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }
}
