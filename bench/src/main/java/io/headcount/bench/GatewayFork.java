package io.headcount.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How benchmarks run unless the command line says otherwise: mean time per post in µs, two forks, each with the options that
 * the gateway's manifest and main set for it. Benchmarks extend it, because a fork does not read the manifest and an
 * annotation's array can't be a constant.
 *
 * <p>{@code --sun-misc-unsafe-memory-access=allow} is for JDK 24 and later; {@code IgnoreUnrecognizedVMOptions} has older ones
 * pass over it.
 *
 * <p>{@code -prof gc} adds garbage per post ({@code gc.alloc.rate.norm}, B/op), {@code -prof io.headcount.bench.CpuProfiler} CPU
 * time per post.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Xmx1g",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true"
        })
abstract class GatewayFork {}
