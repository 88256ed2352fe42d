package io.headcount.bench;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Parsing of one post, from bytes in memory to a finished {@link Post}: no sockets, no ring. {@code java -jar
 * bench/target/benchmarks.jar ParseBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@State(Scope.Thread)
public class ParseBenchmark {
    /** When the vendor's posts arrive, epoch ms: a minute after the newest of them was sent. */
    private static final long RECEIVED_MS = 1_667_807_700_000L;

    /** Which of {@code config/samples}. */
    @Param({"interval-metrics.xml"})
    private String sample;

    private final Post post = new Post();
    private byte[] document;
    private PostParser parser;

    /** Reads the sample and makes the parser that all invocations use, as an event loop would. */
    @Setup
    public void setUp() throws IOException, ConfigException {
        try (InputStream in = ParseBenchmark.class.getResourceAsStream("/" + sample)) {
            document = in.readAllBytes();
        }
        parser = new PostParser(
                new XmlReaders(),
                new ConfigLoader().load(null, List.of()).gateway().xml(),
                new Telemetry());
    }

    /** One document, whole. */
    @Benchmark
    public ParseStatus wholePost() {
        parser.begin(post);
        parser.feed(document, 0, document.length);
        ParseStatus status = parser.finish(RECEIVED_MS);
        parser.end();
        if (status != ParseStatus.ACCEPTED) {
            throw new IllegalStateException(sample + " was refused");
        }
        return status;
    }
}
