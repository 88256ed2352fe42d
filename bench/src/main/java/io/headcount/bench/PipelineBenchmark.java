package io.headcount.bench;

import io.headcount.aggregate.Ledger;
import io.headcount.config.ConfigException;
import io.headcount.config.GatewayConfig;
import io.headcount.journal.JournalWriter;
import io.headcount.model.Post;
import io.headcount.ring.PostRing;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole way without sockets: the bytes of the vendor's interval post, parsed, decided by the ledger, appended to a journal
 * under {@code process} in the directory for temporary files. Each post is of the next camera, each round of the next minute,
 * so that all rows are new, which is checked at the end. The scores are per post and include patching its digits in the document.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar PipelineBenchmark -prof gc
 * </pre>
 *
 * The journal grows by about 200 bytes per post and is deleted at the end.
 */
@State(Scope.Thread)
public class PipelineBenchmark extends GatewayFork {
    private static final int BATCH = 64;

    /** Cameras, at most 90,000. */
    @Param({"100", "10000"})
    private int devices;

    private final Post post = new Post();
    private final Telemetry telemetry = new Telemetry();
    private IntervalDocument document;
    private PostParser parser;
    private Ledger ledger;
    private ScratchJournal scratch;
    private JournalWriter journal;
    private PostRing ring;
    private Deliveries deliveries;
    private int device = -1;
    private long minute;
    private long posts;

    /** Wires the stages as the gateway does. */
    @Setup
    public void setUp() throws IOException, ConfigException {
        GatewayConfig config = Samples.config();
        document = new IntervalDocument();
        document.minute(minute);
        parser = new PostParser(new XmlReaders(), config.xml(), telemetry);
        ledger = new Ledger(config.ledger(), telemetry);
        scratch = new ScratchJournal(telemetry);
        journal = scratch.writer();
        ring = new PostRing(config.ring(), 0, List.of(ledger, journal), cause -> {}, telemetry);
        ring.start();
        deliveries = new Deliveries(BATCH);
    }

    /** All stages on one thread, a batch of one. */
    @Benchmark
    public Post oneThread() {
        parse(post);
        ledger.onPost(post);
        journal.onPost(post);
        ledger.onBatchEnd();
        journal.onBatchEnd();
        return post;
    }

    /** Parsed on one thread, through the ring to hc-pipeline and back, 64 posts under way at once. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void throughRing() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            parse(deliveries.get(i).post());
            deliveries.publish(ring, i);
        }
        deliveries.awaitSettled(BATCH);
    }

    private void parse(Post target) {
        advance();
        parser.begin(target);
        parser.feed(document.bytes(), 0, document.bytes().length);
        ParseStatus status = parser.finish(IntervalDocument.receivedAtMs(minute));
        if (status != ParseStatus.ACCEPTED) {
            throw new IllegalStateException("A post was refused: " + parser.refusal());
        }
        parser.end();
    }

    private void advance() {
        posts++;
        device++;
        if (device == devices) {
            device = 0;
            minute++;
            document.minute(minute);
        }
        document.device(device);
    }

    /** Stops the pipeline and checks what it made of the posts. */
    @TearDown
    public void tearDown() throws IOException {
        ring.close();
        scratch.close();
        long rows = telemetry.sum(Metric.ROWS_NEW);
        long records = telemetry.sum(Metric.JOURNAL_APPENDS);
        if (rows != posts * ThreeRows.ROWS || records != posts) {
            throw new IllegalStateException("Of " + posts + " posts came " + rows + " new rows and " + records
                    + " records (expected: 3 and 1 each)");
        }
    }
}
