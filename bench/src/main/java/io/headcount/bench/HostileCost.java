package io.headcount.bench;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.HostileDocument;
import io.headcount.xml.HostileDocuments;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * What hostile documents cost: the thread's CPU time for each, in steady state, and what they leave behind: heap, names in
 * aalto's table, and the time of a good post. One parser for all of them, as on an event loop, on the default bounds.
 *
 * <pre>
 * java -Xmx256m -cp bench/target/benchmarks.jar io.headcount.bench.HostileCost [ROUNDS]
 * </pre>
 *
 * Exit 1 when a document costs more than {@link #MAX_CPU_MS} on the average of its rounds.
 */
public final class HostileCost {
    /** The bar for one document. */
    static final double MAX_CPU_MS = 20;

    private static final int DEFAULT_ROUNDS = 100;
    private static final int GOOD_POSTS_PER_ROUND = 200;
    private static final int FRESH_NAMES_PER_POST = 100;
    private static final int FRESH_POSTS_PER_ROUND = 100;
    private static final int WARM_UPS = 10;
    private static final int CHUNK_BYTES = 8192;
    private static final long RECEIVED_MS = 1_667_806_090_000L;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_US = 1e3;

    private final XmlReaders readers = new XmlReaders();
    private final PostParser parser;
    private final Post post = new Post();
    private final int rounds;
    private final PrintStream out;
    private int overBar;

    HostileCost(int rounds, PrintStream out) throws ConfigException {
        this.rounds = rounds;
        this.out = out;
        parser = new PostParser(
                readers, new ConfigLoader().load(null, List.of()).gateway().xml(), new Telemetry());
    }

    /** {@code HostileCost [ROUNDS]}: how often each document is measured, after as many times for warming up. */
    public static void main(String[] args) throws ConfigException {
        HostileCost cost = new HostileCost(args.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(args[0]), System.out);
        System.exit(cost.run() == 0 ? 0 : 1);
    }

    /** Measures and prints; returns how many documents cost too much. */
    int run() {
        for (int i = 0; i < WARM_UPS; i++) {
            measureGood();
        }
        tellState("before");
        print("%-46s %9s %8s %8s %8s", "document", "bytes", "status", "mean ms", "max ms");
        HostileDocuments.all().forEach(this::measure);
        measureFreshNames();
        tellState("after");
        return overBar;
    }

    private void tellState(String when) {
        double goodUs = measureGood() / NS_PER_US;
        print(
                "%s: a good post %.1f us, heap %d KiB, names in the table %d",
                when, goodUs, heapBytes() >> 10, readers.tableSize());
    }

    /** CPU time of one good post, ns. */
    private double measureGood() {
        byte[] good = HostileDocuments.good().bytes();
        int posts = rounds * GOOD_POSTS_PER_ROUND;
        long before = cpuNs();
        for (int i = 0; i < posts; i++) {
            read(good);
        }
        return (double) (cpuNs() - before) / posts;
    }

    private void measure(HostileDocument document) {
        byte[] bytes = document.bytes();
        for (int i = 0; i < rounds; i++) {
            read(bytes);
        }
        long sum = 0;
        long most = 0;
        for (int i = 0; i < rounds; i++) {
            long before = cpuNs();
            read(bytes);
            long cost = cpuNs() - before;
            sum += cost;
            most = Math.max(most, cost);
        }
        tell(document.name(), bytes.length, sum / NS_PER_MS / rounds, most / NS_PER_MS);
    }

    private void tell(String name, int bytes, double meanMs, double mostMs) {
        boolean over = meanMs > MAX_CPU_MS;
        overBar += over ? 1 : 0;
        print("%-46s %9d %8s %8.3f %8.3f%s", name, bytes, status(), meanMs, mostMs, over ? "  OVER" : "");
    }

    private String status() {
        return parser.refusal() == null
                ? "200"
                : Integer.toString(parser.refusal().reason().status());
    }

    /** Posts that are accepted, each with names that none had before: a million of them in 100 rounds. */
    private void measureFreshNames() {
        int posts = rounds * FRESH_POSTS_PER_ROUND;
        long sum = 0;
        long most = 0;
        int table = 0;
        for (int number = 0; number < posts; number++) {
            byte[] bytes = HostileDocuments.fresh(number, FRESH_NAMES_PER_POST).bytes();
            long before = cpuNs();
            read(bytes);
            long cost = cpuNs() - before;
            sum += cost;
            most = Math.max(most, cost);
            table = Math.max(table, readers.tableSize());
        }
        tell("100 fresh names in each of " + posts + " posts", 0, sum / NS_PER_MS / posts, most / NS_PER_MS);
        print("%-46s %9d", "  most names in the table", table);
    }

    private void read(byte[] bytes) {
        parser.begin(post);
        ParseStatus status = ParseStatus.READING;
        for (int off = 0; off < bytes.length && status == ParseStatus.READING; off += CHUNK_BYTES) {
            status = parser.feed(bytes, off, Math.min(CHUNK_BYTES, bytes.length - off));
        }
        parser.finish(RECEIVED_MS);
        parser.end();
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
