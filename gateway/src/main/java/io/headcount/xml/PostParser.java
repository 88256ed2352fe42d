package io.headcount.xml;

import static com.fasterxml.aalto.AsyncXMLStreamReader.EVENT_INCOMPLETE;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import io.headcount.config.XmlConfig;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Reads one camera document at a time, in pieces of any size, without ever blocking or throwing. Bytes -> Post. Used again
 * and again by one event loop; not thread-safe.
 *
 * <pre>
 * begin(post) → feed(bytes)* → finish(now) → ACCEPTED: the post is complete
 *                   └────────────┴─────────→ REFUSED: refusal() says why          end() always, also when cut off
 * </pre>
 *
 * <p>A document that differs from one accepted before in plain values only needs no parser ({@link FormFollower}); all others are aalto's.
 *
 * <p>A document that is not XML, or unsafe, is refused where that shows. One that is XML but not acceptable is read to its
 * end first, because only then is it known to be XML.
 */
public final class PostParser {
    private static final int SLICE_BYTES = 512;
    private static final int MAX_UTF8_BYTES_PER_CHAR = 4;
    private static final int BROKEN = Integer.MIN_VALUE;
    private static final byte[] LINE_FEED = {'\n'};

    private final XmlReaders readers;
    private final XmlConfig config;
    private final Telemetry telemetry;
    private final DocumentDecoder decoder;
    private final MarkupGuard guard;
    private final Attributes attributes;
    private final PostBuilder builder;
    private final PostFinisher finisher = new PostFinisher();
    private final FormFollower follower;

    private Post post;
    // null while the document has a known form
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> reader;
    private ParseStatus status = ParseStatus.REFUSED;
    private Refusal refusal;
    private int events;
    // of this document, prefixes and namespaces too, other than the protocol's own; whatever other documents brought
    // before
    private final Set<String> freshNames = new HashSet<>();

    /**
     * A parser for one event loop.
     *
     * @param readers of the same event loop
     * @param config bounds on documents
     * @param telemetry where oddities are counted
     */
    public PostParser(XmlReaders readers, XmlConfig config, Telemetry telemetry) {
        this.readers = readers;
        this.config = config;
        this.telemetry = telemetry;
        int maxTextBytes = config.maxTextChars() * MAX_UTF8_BYTES_PER_CHAR;
        this.decoder = new DocumentDecoder(this::parse, maxTextBytes);
        this.guard = new MarkupGuard(config.maxTagBytes(), maxTextBytes);
        this.attributes = new Attributes(config.maxAttributes());
        this.builder = new PostBuilder(config.maxDepth(), config.maxObjects(), config.maxRows(), telemetry);
        this.follower = new FormFollower(readers.forms(config));
    }

    /** Begins a document that is to fill {@code target}, whatever became of the one before. */
    public void begin(Post target) {
        post = target;
        reader = null;
        status = ParseStatus.READING;
        refusal = null;
        builder.begin(target);
        follower.begin();
    }

    private void beginParsing() {
        telemetry.count(Metric.XML_PARSED);
        reader = readers.newReader();
        events = 0;
        freshNames.clear();
        decoder.begin();
        guard.begin();
        attributes.begin(new AaltoValues(reader));
    }

    /**
     * Takes the next bytes; after a refusal they are ignored. The array is the caller's again afterwards.
     *
     * @return READING or REFUSED
     */
    public ParseStatus feed(byte[] b, int off, int len) {
        if (status != ParseStatus.READING) {
            return status;
        }
        int before = follower.length();
        follower.take(b, off, len);
        if (follower.follows()) {
            return status;
        }
        if (reader == null) {
            beginParsing();
            parseSlices(follower.held(), 0, before);
        }
        return parseSlices(b, off, len);
    }

    private ParseStatus parseSlices(byte[] b, int off, int len) {
        for (int done = 0; done < len && status == ParseStatus.READING; done += SLICE_BYTES) {
            RefusalReason reason = decoder.feed(b, off + done, Math.min(SLICE_BYTES, len - done));
            if (reason != null) {
                refuse(Refusal.of(reason));
            }
        }
        return status;
    }

    /**
     * The document ends here.
     *
     * @param receivedAtMs when its last byte arrived, epoch milliseconds: the post's receive time, and "now" for its checks
     * @return ACCEPTED or REFUSED
     */
    public ParseStatus finish(long receivedAtMs) {
        if (status != ParseStatus.READING) {
            return status;
        }
        if (reader == null && follower.isWhole()) {
            follower.tell(builder, attributes);
            return accept(receivedAtMs);
        }
        if (reader == null) {
            beginParsing();
            parseSlices(follower.held(), 0, follower.length());
        }
        return status == ParseStatus.READING ? finishParsing(receivedAtMs) : status;
    }

    private ParseStatus finishParsing(long receivedAtMs) {
        RefusalReason reason = decoder.finish();
        reason = reason != null ? reason : finishDocument();
        if (reason != null) {
            return refuse(Refusal.of(reason));
        }
        if (accept(receivedAtMs) == ParseStatus.ACCEPTED && decoder.passesOnWhatItGets()) {
            follower.learn();
        }
        return status;
    }

    private ParseStatus accept(long receivedAtMs) {
        if (builder.refusal() != null) {
            return refuse(builder.refusal());
        }
        Refusal unacceptable = finisher.finish(post, builder.windows(), builder.root(), receivedAtMs);
        if (unacceptable != null) {
            return refuse(unacceptable);
        }
        status = ParseStatus.ACCEPTED;
        return status;
    }

    /** Why the document was refused; null unless the status is REFUSED. */
    public Refusal refusal() {
        return refusal;
    }

    /**
     * Drops everything that belongs to the document. aalto's reader is not closed: that would merge the names of a refused
     * document into the factory's table.
     */
    public void end() {
        status = ParseStatus.REFUSED;
        post = null;
        reader = null;
        attributes.end();
        builder.end();
    }

    private ParseStatus refuse(Refusal why) {
        refusal = why;
        status = ParseStatus.REFUSED;
        return status;
    }

    private RefusalReason parse(byte[] b, int off, int len) {
        int harmless = guard.look(b, off, len);
        RefusalReason reason = harmless == 0 ? null : parseHarmless(b, off, harmless);
        return reason != null ? reason : guard.refusal();
    }

    private RefusalReason parseHarmless(byte[] b, int off, int len) {
        try {
            reader.getInputFeeder().feedInput(b, off, len);
        } catch (XMLStreamException fedTooEarly) {
            throw new IllegalStateException("aalto had not consumed its input");
        }
        RefusalReason reason = null;
        int event = nextEvent();
        while (event != EVENT_INCOMPLETE && reason == null) {
            reason = onEvent(event);
            event = reason == null ? nextEvent() : event;
        }
        return reason;
    }

    /**
     * A line feed behind the document changes nothing in one that is whole; without it aalto waits for what may follow a
     * carriage return at the very end.
     */
    private RefusalReason finishDocument() {
        boolean broken = parseHarmless(LINE_FEED, 0, 1) != null;
        reader.getInputFeeder().endOfInput();
        boolean whole = !broken && nextEvent() == XMLStreamConstants.END_DOCUMENT && builder.hasRoot();
        return whole ? null : RefusalReason.TRUNCATED;
    }

    /** aalto's next event; {@link #BROKEN} for its exceptions, whose texts hold input and go no further. */
    private int nextEvent() {
        try {
            return reader.next();
        } catch (XMLStreamException | RuntimeException notWellFormed) {
            return BROKEN;
        }
    }

    private RefusalReason onEvent(int event) {
        // pieces of text are not counted: how many there are depends on how the document was cut, and the guard bounds
        // text
        if (event != XMLStreamConstants.CHARACTERS && ++events > config.maxEvents()) {
            return RefusalReason.XML_BOUND;
        }
        return switch (event) {
            case XMLStreamConstants.START_ELEMENT -> onStartElement();
            case XMLStreamConstants.END_ELEMENT -> onEndElement();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> onText();
            case XMLStreamConstants.START_DOCUMENT, XMLStreamConstants.COMMENT -> null;
            case XMLStreamConstants.DTD -> RefusalReason.DOCTYPE;
            case XMLStreamConstants.ENTITY_REFERENCE -> RefusalReason.ENTITY;
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> RefusalReason.PROCESSING_INSTRUCTION;
            default -> RefusalReason.NOT_WELL_FORMED;
        };
    }

    private RefusalReason onStartElement() {
        int count = reader.getAttributeCount();
        int declared = count + reader.getNamespaceCount();
        if (builder.depth() == config.maxDepth() || declared > config.maxAttributes()) {
            return RefusalReason.XML_BOUND;
        }
        if (misdeclaresPrefix()) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        Name element = name(reader.getPrefix(), reader.getLocalName());
        if (element == null || !nameAttributes(count)) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        if (freshNames.size() > config.maxUnknownNames()) {
            return RefusalReason.XML_BOUND;
        }
        builder.onStart(element, attributes);
        return null;
    }

    /**
     * Meets what the tag declares. aalto keeps its prefixes and interns its namespace names, whatever it is told.
     *
     * @return whether {@code xmlns:p=""} or {@code xmlns:1p="u"} is among it, errors that aalto accepts
     */
    private boolean misdeclaresPrefix() {
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = reader.getNamespacePrefix(i);
            String uri = reader.getNamespaceURI(i);
            boolean bound = uri != null && !uri.isEmpty();
            if (bound) {
                meet(uri);
            }
            if (isPrefix(prefix)) {
                meet("xmlns:" + prefix);
                if (!bound || !beginsName(prefix)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean nameAttributes(int count) {
        attributes.clear();
        for (int i = 0; i < count; i++) {
            Name name = name(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
            if (name == null) {
                return false;
            }
            attributes.add(name);
        }
        return true;
    }

    /** Whether a name of legal characters begins with one that may begin it (XML 1.0, productions 4 and 4a). */
    private static boolean beginsName(String name) {
        char c = name.charAt(0);
        boolean ascii = c == '-' || c == '.' || (c >= '0' && c <= '9');
        boolean combining = c == '\u00B7' || (c >= '\u0300' && c <= '\u036F') || c == '\u203F' || c == '\u2040';
        return !ascii && !combining;
    }

    private static boolean isPrefix(String prefix) {
        return prefix != null && !prefix.isEmpty();
    }

    /**
     * The local part's name. aalto keeps a name of its own for every prefix.
     *
     * @return null for {@code p:1a}: behind a colon aalto takes for a name's first character what may only stand inside one
     */
    private Name name(String prefix, String local) {
        if (isPrefix(prefix)) {
            meet(prefix + ':' + local);
            if (!beginsName(local)) {
                return null;
            }
        }
        return meet(local);
    }

    private Name meet(String spelling) {
        Name own = readers.ownName(spelling);
        if (own != null) {
            return own;
        }
        freshNames.add(spelling);
        return readers.name(spelling);
    }

    private RefusalReason onEndElement() {
        builder.onEnd();
        return null;
    }

    /** Text is parsed only as it is asked for, so that its errors show here. */
    private RefusalReason onText() {
        char[] text;
        try {
            text = reader.getTextCharacters();
        } catch (RuntimeException notWellFormed) {
            return RefusalReason.NOT_WELL_FORMED;
        }
        boolean fits = builder.onText(text, reader.getTextStart(), reader.getTextLength(), config.maxTextChars());
        return fits ? null : RefusalReason.XML_BOUND;
    }
}
