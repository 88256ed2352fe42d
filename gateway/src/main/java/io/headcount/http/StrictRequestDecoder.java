package io.headcount.http;

import io.headcount.config.HttpConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Netty's request decoder, made strict where the raw bytes are still at hand, and able to hold: while a post is being
 * settled, what the peer sent behind it stays undecoded. Event loop of its channel. bytes -> HttpObject.
 *
 * <pre>
 *            hold()                  discard()
 *  OPEN ────────────────▶ HELD ──────────────────▶ DISCARDING (for good: the connection ends)
 *    ◀─── resume() ────────┘                            ▲
 *    └───────────────────── discard() ─────────────────┘
 * </pre>
 *
 * <p>A pause is a hold that ends by itself, after the other connections of the event loop have had their turn.
 *
 * <p>Design note: a queue of decoded objects behind the decoder would do for the order of answers, too, but it has to be
 * bounded by objects, and what stands in it has been decoded although the request before may end the connection. Held bytes are
 * bounded by two reads, because auto-read goes off with the first byte that can't be decoded at once. This is also why
 * HttpServerCodec is not used: its encoder counts requests (128 pipelined ones throw) and our answers are ready-made bytes.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** Empty lines a peer may send in front of a request; some clients end a body with one. */
    private static final int MAX_EMPTY_LINES = 16;
    /** Lines of a head that are not header lines: the request line and the empty one at the end. */
    private static final int OTHER_HEAD_LINES = 2;
    /** First byte of a TLS connection: the content type of a handshake record. */
    private static final byte TLS_HANDSHAKE = 0x16;
    /** Framing bytes a chunked body may need for each byte of payload: size, two line ends, a few leading zeros. */
    private static final long FRAMING_PER_BYTE = 8;

    private static final byte LINE_FEED = '\n';

    private enum Mode {
        OPEN,
        HELD,
        DISCARDING
    }

    private enum Stage {
        BETWEEN,
        HEAD,
        BODY,
        TRAILERS,
        KNOWN_BODY
    }

    private final int maxHeaderBytes;
    private final int maxHeadLines;
    private final int maxBodyBytes;
    private final Runnable onHeadBegins;
    private final HeadMemory memory;
    private final HeadLines headLines = new HeadLines();
    private final ChunkSizes chunkSizes = new ChunkSizes();

    private ChannelHandlerContext context;
    private Mode mode = Mode.OPEN;
    private Stage stage = Stage.BETWEEN;
    private boolean chunked;
    private boolean paused;
    private boolean turnComes;
    private boolean decoding;
    private boolean inputEnded;
    private boolean endIsHeld;
    private int emptyLines;
    private long payloadBytes;
    private long framingBytes;
    private long discardedBytes;

    /**
     * A decoder for one connection.
     *
     * @param knownHeads heads that need not be decoded again
     * @param onHeadBegins told when a request's first byte is there
     */
    StrictRequestDecoder(HttpConfig config, KnownHeads knownHeads, Runnable onHeadBegins) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(config.maxRequestLineBytes())
                .setMaxHeaderSize(config.maxHeaderBytes())
                .setValidateHeaders(true)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        this.maxHeaderBytes = config.maxHeaderBytes();
        this.maxHeadLines = config.maxHeaderLines() + OTHER_HEAD_LINES;
        this.maxBodyBytes = config.maxBodyBytes();
        this.onHeadBegins = onHeadBegins;
        this.memory = new HeadMemory(knownHeads, config.maxBodyBytes());
    }

    /** What the head of a request says that was handed out just now. */
    RequestHead headOf(HttpRequest request) {
        return memory.headOf(request);
    }

    /** Decodes nothing more until {@link #resume()}. */
    void hold() {
        paused = false;
        if (mode == Mode.OPEN) {
            mode = Mode.HELD;
        }
    }

    /** Decodes nothing more in this turn of the event loop: whoever sends many requests at once waits for the others. */
    void pause() {
        if (mode == Mode.OPEN) {
            mode = Mode.HELD;
            paused = true;
        }
    }

    /** Decodes what was held, then goes on reading. */
    void resume() {
        paused = false;
        if (mode != Mode.HELD) {
            return;
        }
        mode = Mode.OPEN;
        if (!decoding) {
            decodeHeld();
        }
    }

    /** Throws away what is held and all that comes. */
    void discard() {
        mode = Mode.DISCARDING;
        if (!decoding) {
            decodeHeld();
        }
    }

    /** Whether nothing has come behind the last request. */
    boolean holdsNothing() {
        return actualReadableBytes() == 0;
    }

    /** Bytes thrown away so far. */
    long discardedBytes() {
        return discardedBytes;
    }

    private void decodeHeld() {
        try {
            if (actualReadableBytes() > 0) {
                channelRead(context, Unpooled.EMPTY_BUFFER);
                channelReadComplete(context);
            }
            if (mode != Mode.HELD && context.channel().isOpen()) {
                readOn();
            }
        } catch (Exception | Error bug) { // an event loop would keep an error of a task to itself
            context.fireExceptionCaught(bug);
        }
    }

    private void readOn() throws Exception {
        if (!inputEnded) { // else epoll has let the socket's input go and fails when asked for more
            context.channel().config().setAutoRead(true);
        } else if (endIsHeld) {
            endIsHeld = false;
            super.userEventTriggered(context, ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        decoding = true;
        memory.onRead();
        try {
            super.channelRead(ctx, input);
        } finally {
            decoding = false;
        }
        if (mode == Mode.HELD && actualReadableBytes() > 0) {
            ctx.channel().config().setAutoRead(false);
        }
        if (paused) {
            endPause(ctx);
        }
    }

    private void endPause(ChannelHandlerContext ctx) {
        if (actualReadableBytes() == 0) {
            paused = false;
            mode = Mode.OPEN;
        } else if (!turnComes) {
            turnComes = true;
            // Not execute(): tasks that come from tasks run before the event loop looks at its sockets again.
            ctx.executor().schedule(this::onTurn, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void onTurn() {
        turnComes = false;
        if (paused) {
            resume();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (mode == Mode.HELD) {
            // The super class would ask for more bytes although auto-read is off: held bytes would have no bound.
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        inputEnded |= event instanceof ChannelInputShutdownEvent;
        if (event instanceof ChannelInputShutdownEvent && mode == Mode.HELD && actualReadableBytes() > 0) {
            endIsHeld = true; // the requests that are held come first
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (mode == Mode.DISCARDING) {
            discardedBytes += in.readableBytes();
            in.skipBytes(in.readableBytes());
        } else if (mode == Mode.OPEN && stage == Stage.KNOWN_BODY) {
            memory.takeBody(in, out);
            stage = memory.bodyLeft() == 0 ? Stage.BETWEEN : stage;
        } else if (mode == Mode.OPEN && (stage != Stage.BETWEEN || headBegins(in, out))) {
            decodeStrictly(ctx, in, out);
        }
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) throws Exception {
        if (!requestLine[2].startsWith("HTTP/")) { // Netty would put it in upper case first
            throw new UndecodableException();
        }
        return super.createMessage(requestLine);
    }

    private void decodeStrictly(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int from = in.readerIndex();
        int before = out.size();
        if (stage == Stage.HEAD || stage == Stage.TRAILERS) {
            decodeLine(ctx, in, out);
        } else {
            super.decode(ctx, in, out);
        }
        int consumed = in.readerIndex() - from;
        if (failed(out, before)) {
            stage = Stage.BODY; // Netty discards the rest
        } else if (stage == Stage.HEAD) {
            afterHeadLines(in, from, consumed, out, before);
        } else if (stage == Stage.TRAILERS) {
            afterTrailerLines(in, from, consumed, out, before);
        } else {
            afterBodyBytes(in, from, consumed, out, before);
        }
    }

    /** Shows Netty one line of a head or of trailers at a time: the first fault in it decides, however it is cut into reads. */
    private void decodeLine(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int end = in.writerIndex();
        int lineFeed = in.indexOf(in.readerIndex(), end, LINE_FEED);
        in.writerIndex(lineFeed < 0 ? end : lineFeed + 1);
        try {
            super.decode(ctx, in, out);
        } finally {
            in.writerIndex(end);
        }
    }

    /** Whether the last of what Netty has decoded is a failure; the end of a good chunk may stand before it. */
    private static boolean failed(List<Object> out, int before) {
        return out.size() > before
                && ((HttpObject) out.get(out.size() - 1)).decoderResult().isFailure();
    }

    /** Skips empty lines; true when the first byte is there of a request that must be decoded. */
    private boolean headBegins(ByteBuf in, List<Object> out) {
        while (in.isReadable()) {
            byte b = in.getByte(in.readerIndex());
            if (b == TLS_HANDSHAKE) {
                failHead(new UndecodableException.Tls(), in, out, out.size());
                return false;
            }
            if (HeadLines.visible(b)) {
                beginHead(in);
                return !takenFromMemory(in, out);
            }
            if (b == '\r' && in.readableBytes() == 1) {
                return false;
            }
            if (b != '\r' || in.getByte(in.readerIndex() + 1) != '\n' || ++emptyLines > MAX_EMPTY_LINES) {
                failHead(new UndecodableException(), in, out, out.size());
                return false;
            }
            in.skipBytes(2);
        }
        return false;
    }

    private void beginHead(ByteBuf in) {
        stage = Stage.HEAD;
        memory.onHeadBegins(in);
        emptyLines = 0;
        payloadBytes = 0;
        framingBytes = 0;
        chunkSizes.begin();
        headLines.begin();
        onHeadBegins.run();
    }

    /** Netty's decoder is between two requests and stays so: a known head and its body go past it. */
    private boolean takenFromMemory(ByteBuf in, List<Object> out) {
        boolean taken = memory.takeHead(in, out);
        stage = taken ? Stage.KNOWN_BODY : stage;
        return taken;
    }

    private void afterHeadLines(ByteBuf in, int from, int length, List<Object> out, int before) {
        if (!headLines.accept(in, from, length)) {
            failHead(new UndecodableException(), in, out, before);
        } else if (headLines.lines() > maxHeadLines) {
            failHead(new TooLongHttpHeaderException(), in, out, before);
        } else if (out.size() > before) {
            stage = endsMessage(out) ? Stage.BETWEEN : Stage.BODY;
            HttpRequest request = (HttpRequest) out.get(before);
            chunked = HttpUtil.isTransferEncodingChunked(request);
            if (stage == Stage.BODY && !chunked) {
                memory.remember(in, request);
            }
        }
    }

    /** Trailers are ignored, but where they end is framing like any other. */
    private void afterTrailerLines(ByteBuf in, int from, int length, List<Object> out, int before) {
        framingBytes += length;
        if (!headLines.accept(in, from, length)) {
            failBody(new UndecodableException(), in, out, before);
        } else if (headLines.lines() > maxHeadLines || framingIsTooMuch()) {
            failBody(new TooLongHttpHeaderException(), in, out, before);
        } else if (out.size() > before) {
            stage = Stage.BETWEEN;
        }
    }

    private void afterBodyBytes(ByteBuf in, int from, int consumed, List<Object> out, int before) {
        int payload = 0;
        for (int i = before; i < out.size(); i++) {
            payload += ((HttpContent) out.get(i)).content().readableBytes();
        }
        payloadBytes += payload;
        framingBytes += consumed - payload;
        if (chunked && chunkSizes.follow(in, from, consumed) > maxBodyBytes) {
            failBody(new TooLongHttpContentException(), in, out, before);
        } else if (framingIsTooMuch()) {
            failBody(new TooLongHttpHeaderException(), in, out, before);
        } else if (out.size() > before && endsMessage(out)) {
            stage = Stage.BETWEEN;
        } else if (chunkSizes.lastSeen()) {
            stage = Stage.TRAILERS;
            headLines.beginTrailers();
        }
    }

    private boolean framingIsTooMuch() {
        return framingBytes > FRAMING_PER_BYTE * payloadBytes + maxHeaderBytes;
    }

    private static boolean endsMessage(List<Object> out) {
        return out.get(out.size() - 1) instanceof LastHttpContent;
    }

    private void failHead(Exception why, ByteBuf in, List<Object> out, int keep) {
        HttpObject request = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.POST, "/");
        request.setDecoderResult(DecoderResult.failure(why));
        fail(request, in, out, keep);
    }

    private void failBody(Exception why, ByteBuf in, List<Object> out, int keep) {
        HttpObject end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        end.setDecoderResult(DecoderResult.failure(why));
        fail(end, in, out, keep);
    }

    private void fail(HttpObject failure, ByteBuf in, List<Object> out, int keep) {
        while (out.size() > keep) {
            ReferenceCountUtil.release(out.remove(out.size() - 1));
        }
        out.add(failure);
        stage = Stage.BODY;
        mode = Mode.DISCARDING;
        in.skipBytes(in.readableBytes());
    }
}
