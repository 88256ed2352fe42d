package io.headcount.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds {@code cpu}: CPU µs per operation by the process's own accounting, all its threads, GC and compiler too. Tells more than
 * the clock where a machine is shared or threads wait for each other. {@code -prof io.headcount.bench.CpuProfiler}
 */
public final class CpuProfiler implements InternalProfiler {
    private static final double NS_PER_US = 1e3;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long beforeNs;

    @Override
    public String getDescription() {
        return "CPU time of the process per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        beforeNs = process.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long usedNs = process.getProcessCpuTime() - beforeNs;
        long operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult("cpu", usedNs / NS_PER_US / operations, "us/op", AggregationPolicy.AVG));
    }
}
