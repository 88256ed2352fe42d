package io.headcount.http;

import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import io.headcount.xml.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection: takes one request after the other, lets its body stream through the parser, the post through the ring, and
 * answers. Event loop of its channel. HttpObject -> Exchange -> answer.
 *
 * <pre>
 *        first byte     headers            last byte, accepted       settled, patience or time ended
 *  IDLE ──────────▶ HEAD ─────▶ BODY ───────────────────▶ SETTLING ─────────────────────────▶ IDLE
 *                    │           │ refused, kept                                               ▲
 *                    │           ▼                        last byte                            │
 *                    ├────▶ REFUSED (body skipped) ───────────────────────────────────────────▶┤
 *                    │           │ last byte, reply = accept          body kept or not, waited │
 *                    │           └───────────▶ KEEPING ────────────────────────────────────────┘
 *                    ▼
 *                 LEAVING: the connection ends with the answer (see {@link Farewell}); reached from everywhere
 * </pre>
 *
 * <p>A GET for the time has no body and is answered from HEAD. A post that was accepted by the parser may still be REFUSED for who
 * sent it.
 *
 * <p>Deadlines: IDLE idle-timeout (header-timeout when the connection is new), HEAD header-timeout, BODY and REFUSED
 * body-timeout or as much longer as min-body-rate allows for what has come, SETTLING ring.settle-timeout, KEEPING ring.patience.
 */
final class PostHandler extends ChannelInboundHandlerAdapter {
    private enum Stage {
        IDLE,
        HEAD,
        BODY,
        REFUSED,
        SETTLING,
        KEEPING,
        LEAVING
    }

    private static final long DRAIN_GRACE_MS = 100;

    private final IntakeLoop loop;
    private final IntakeParts parts;
    private final StrictRequestDecoder decoder;

    private ChannelHandlerContext context;
    private Deadline deadline;
    private Outlet outlet;
    private Farewell farewell;
    private Caller caller; // from the first request on
    private Stage stage = Stage.IDLE;
    private boolean fresh = true; // no request was answered yet
    private boolean inputEnded;

    // of the current request
    private Exchange exchange;
    private Refusal refusal;
    private boolean keepAlive;
    private boolean http10;
    private boolean headOnly;
    private long bodyBytes;
    private long bodyBeganNs;
    private int keepings; // tells the outcome of this one's keeping from an earlier one's

    PostHandler(IntakeLoop loop) {
        this.loop = loop;
        this.parts = loop.parts();
        this.decoder = new StrictRequestDecoder(parts.http(), loop.knownHeads(), this::onHeadBegins);
    }

    /** The decoder to put in front of this handler. */
    StrictRequestDecoder decoder() {
        return decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        deadline = new Deadline(ctx.executor(), () -> guarded(this::onDeadline));
        outlet = new Outlet(ctx, parts, () -> guarded(this::resumeIfFree));
        farewell = new Farewell(ctx, decoder, deadline, parts);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline.set(parts.http().headerTimeoutMs());
        loop.join(this);
        ctx.fireChannelActive();
    }

    private void onHeadBegins() {
        stage = Stage.HEAD;
        if (!fresh) { // on a fresh connection the time has run since it was opened
            deadline.set(parts.http().headerTimeoutMs());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest request && stage != Stage.LEAVING) {
                onHead(request);
            }
            if (message instanceof HttpContent content && (stage == Stage.BODY || stage == Stage.REFUSED)) {
                onContent(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onHead(HttpRequest request) {
        if (DecoderFailure.cutOff(request.decoderResult())) {
            return; // what follows is the end of the input
        }
        if (DecoderFailure.speaksTls(request.decoderResult())) {
            parts.telemetry().count(Metric.CONNECTIONS_TLS_ON_PLAIN_PORT);
            leaveQuietly();
            return;
        }
        RequestHead head = decoder.headOf(request);
        keepAlive = head.keepsAlive();
        http10 = head.http10();
        headOnly = head.hasMethod(HttpMethod.HEAD);
        bodyBytes = 0;
        if (caller == null) {
            caller = parts.access().caller(context.channel());
        }
        RefusalReason reason = parts.gate().check(head, caller);
        if (reason == null && head.hasMethod(HttpMethod.GET)) {
            answerTime();
        } else if (reason == null) {
            beginBody(head);
        } else if (reason.closes() || head.awaitsContinue()) {
            // A peer that waits for 100 may now send the body or not: what follows can't be told from a body.
            refuseAndLeave(Refusal.of(reason));
        } else {
            skipBody(Refusal.of(reason));
        }
    }

    private void answerTime() {
        parts.telemetry().count(Metric.TIME_ANSWERS);
        String time = UtcTime.text(parts.epochMs().getAsLong());
        answer(parts.answers().time(context.alloc(), time, fate()));
    }

    private void beginBody(RequestHead head) {
        stage = Stage.BODY;
        exchange = loop.exchanges().take();
        exchange.begin(this, loop.keeper().wants(head));
        beginBodyDeadline();
        if (head.awaitsContinue()) {
            outlet.write(parts.answers().goOn());
        }
    }

    private void skipBody(Refusal why) {
        stage = Stage.REFUSED;
        refusal = why;
        beginBodyDeadline();
    }

    private void beginBodyDeadline() {
        bodyBeganNs = context.executor().ticker().nanoTime();
        deadline.set(parts.http().bodyTimeoutMs(0));
    }

    /** A body that has come at the least rate goes on; what it announces to be does not help it. */
    private void onBodyDeadline() {
        long elapsedMs =
                TimeUnit.NANOSECONDS.toMillis(context.executor().ticker().nanoTime() - bodyBeganNs);
        long leftMs = parts.http().bodyTimeoutMs(bodyBytes) - elapsedMs;
        if (leftMs > 0) {
            deadline.set(leftMs);
        } else {
            refuseAndLeave(Refusal.of(RefusalReason.DEADLINE));
        }
    }

    private void onContent(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuseAndLeave(Refusal.of(DecoderFailure.ofBody(content.decoderResult())));
            return;
        }
        bodyBytes += content.content().readableBytes();
        if (bodyBytes > parts.http().maxBodyBytes()) {
            refuseAndLeave(Refusal.of(RefusalReason.BODY_TOO_LARGE));
            return;
        }
        if (exchange != null) {
            exchange.capture().add(content.content());
        }
        if (stage == Stage.BODY) {
            parse(content.content());
        }
        if (stage == Stage.BODY && !exchange.fits(bodyBytes)) {
            refuseForMemory();
        }
        if (content instanceof LastHttpContent && stage != Stage.LEAVING) {
            onBodyEnd();
        }
    }

    private void parse(ByteBuf bytes) {
        byte[] b = loop.scratch();
        ParseStatus status = ParseStatus.READING;
        while (bytes.isReadable() && status == ParseStatus.READING) {
            int len = Math.min(bytes.readableBytes(), b.length);
            bytes.readBytes(b, 0, len);
            status = exchange.parser().feed(b, 0, len);
        }
        if (status == ParseStatus.REFUSED) {
            onParserRefusal();
        }
    }

    /** What it took is given back at once, so that others can be read to their end. */
    private void refuseForMemory() {
        releaseExchange();
        stage = Stage.REFUSED;
        refusal = Refusal.of(RefusalReason.MEMORY);
    }

    private void onParserRefusal() {
        refusal = exchange.parser().refusal();
        stage = Stage.REFUSED;
        if (refusal.reason().closes()) {
            offerBody(false, kept -> {});
            refuseAndLeave(refusal);
        }
    }

    private void onBodyEnd() {
        parts.telemetry().count(Metric.BODY_BYTES, bodyBytes);
        if (stage == Stage.BODY && exchange.parser().finish(parts.epochMs().getAsLong()) == ParseStatus.REFUSED) {
            onParserRefusal();
        }
        if (stage == Stage.BODY) {
            checkSender();
        }
        if (stage == Stage.REFUSED) {
            endRefused();
        } else if (stage == Stage.BODY) {
            settle();
        }
    }

    private void checkSender() {
        RefusalReason reason = caller.mayDeliver(exchange.delivery().post());
        if (reason != null) {
            releaseExchange();
            stage = Stage.REFUSED;
            refusal = Refusal.of(reason);
        }
    }

    private void endRefused() {
        int keeping = ++keepings;
        boolean offered = exchange != null && offerBody(true, kept -> guarded(() -> onKept(keeping, kept)));
        releaseExchange();
        if (offered && loop.keeper().answersOnceKept()) {
            parts.log().refused(refusal, PeerAddress.of(context.channel()));
            stage = Stage.KEEPING;
            deadline.set(parts.ring().patienceMs());
            decoder.hold();
        } else {
            refuse(refusal);
            decoder.pause();
        }
    }

    private boolean offerBody(boolean ended, Consumer<Boolean> outcome) {
        String peer = RefusalLog.text(PeerAddress.of(context.channel()));
        return loop.keeper().offer(exchange.capture(), refusal, peer, bodyBytes, ended, outcome);
    }

    private void onKept(int keeping, boolean kept) {
        if (stage != Stage.KEEPING || keeping != keepings) {
            return; // patience has ended, or the peer has gone
        }
        if (kept) {
            parts.telemetry().count(Metric.QUARANTINE_ACCEPTED);
            answer(parts.answers().accepted(fate()));
        } else {
            answer(refused(refusal, fate()));
        }
        goOn();
    }

    private void settle() {
        stage = Stage.SETTLING;
        exchange.endReading();
        deadline.set(parts.ring().settleTimeoutMs());
        decoder.hold();
        loop.waitingRoom().enter(exchange);
    }

    /** The post is durable, or the pipeline has failed; the exchange has gone back already. */
    void onSettled(boolean durable) {
        exchange = null;
        guarded(() -> answerSettled(durable));
    }

    private void answerSettled(boolean durable) {
        if (durable) {
            parts.telemetry().count(Metric.POSTS_ACCEPTED);
            answer(parts.answers().accepted(fate()));
        } else {
            refuse(Refusal.of(RefusalReason.JOURNAL_FAILED));
        }
        goOn();
    }

    /** The post found no room in the ring in time; the exchange has gone back already. */
    void onOverload() {
        exchange = null;
        guarded(() -> {
            refuse(Refusal.of(RefusalReason.OVERLOAD));
            goOn();
        });
    }

    /** The journal stalls. Whether the post is kept nobody knows yet: its exchange comes back by itself, and is answered to nobody. */
    private void onStalled() {
        takeLeaveOfExchange();
        refuse(Refusal.of(RefusalReason.STALLED));
        goOn();
    }

    private void goOn() {
        if (stage != Stage.LEAVING) {
            outlet.flush();
            resumeIfFree();
        }
    }

    /** For what is called from outside of the pipeline: nothing that goes wrong here may reach the next one's post. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error bug) {
            exceptionCaught(context, bug);
        }
    }

    private void refuse(Refusal why) {
        if (why.reason().closes()) {
            refuseAndLeave(why);
            return;
        }
        parts.log().refused(why, PeerAddress.of(context.channel()));
        answer(refused(why, fate()));
    }

    private void refuseAndLeave(Refusal why) {
        parts.log().refused(why, PeerAddress.of(context.channel()));
        leave(refused(why, Answers.Connection.CLOSED));
    }

    private ByteBuf refused(Refusal why, Answers.Connection fate) {
        return parts.answers().refused(context.alloc(), why, fate, headOnly, loop.retryAfterSec());
    }

    private Answers.Connection fate() {
        if (!keepAlive || inputEnded || loop.draining()) {
            return Answers.Connection.CLOSED;
        }
        return http10 ? Answers.Connection.KEPT_ALIVE : Answers.Connection.KEPT;
    }

    private void answer(ByteBuf answer) {
        if (fate() == Answers.Connection.CLOSED) {
            // who asked for the connection's end sends nothing more, unless it is there already
            leave(answer, inputEnded || (!keepAlive && decoder.holdsNothing()));
            return;
        }
        stage = Stage.IDLE;
        refusal = null;
        fresh = false;
        deadline.set(parts.http().idleTimeoutMs());
        outlet.write(answer);
        holdWhileUnread();
    }

    private void holdWhileUnread() {
        if (outlet.unread()) {
            decoder.hold();
        }
    }

    private void leave(ByteBuf answer) {
        leave(answer, inputEnded);
    }

    private void leave(ByteBuf answer, boolean nothingMoreComes) {
        stage = Stage.LEAVING;
        releaseExchange();
        farewell.answerAndLeave(answer, nothingMoreComes);
    }

    private void resumeIfFree() {
        if (stage != Stage.SETTLING && stage != Stage.KEEPING && !outlet.unread()) {
            decoder.resume();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (stage == Stage.LEAVING) {
            farewell.onRead();
        } else {
            outlet.flush();
            holdWhileUnread();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            onInputEnded();
        }
        ctx.fireUserEventTriggered(event);
    }

    private void onInputEnded() {
        inputEnded = true;
        switch (stage) {
            case IDLE, HEAD -> leaveQuietly();
            case BODY, REFUSED -> {
                parts.telemetry().count(Metric.POSTS_CUT_OFF);
                leaveQuietly();
            }
            case SETTLING, KEEPING -> {} // is answered, then the connection ends
            case LEAVING -> farewell.onInputEnded();
        }
    }

    private void leaveQuietly() {
        inputEnded = true; // nothing to linger for
        leave(Unpooled.EMPTY_BUFFER);
    }

    private void onIdleEnough() {
        if (loop.draining()) {
            leave(Unpooled.EMPTY_BUFFER);
        } else {
            parts.telemetry().count(Metric.CONNECTIONS_IDLE);
            context.close();
        }
    }

    private void onDeadline() {
        switch (stage) {
            case IDLE -> onIdleEnough();
            case HEAD -> refuseAndLeave(Refusal.of(RefusalReason.DEADLINE));
            case BODY, REFUSED -> onBodyDeadline();
            case KEEPING -> onKept(keepings, false);
            case LEAVING -> farewell.onDeadline();
            case SETTLING -> onStalled();
        }
    }

    /**
     * The gateway stops: what is under way is finished, then the connection ends. An idle one waits a moment for a request
     * that is on its way already, so that it is answered 503 rather than cut off.
     */
    void drain() {
        if (stage == Stage.IDLE) {
            deadline.set(DRAIN_GRACE_MS);
        }
    }

    /** Whether a request or an answer is under way, or might be while the gateway stops. */
    boolean busy() {
        boolean idle = stage == Stage.IDLE && !loop.draining();
        return (!idle && stage != Stage.HEAD) || outlet.unread();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.end();
        outlet.end();
        loop.part(this);
        switch (stage) {
            case BODY, REFUSED -> parts.telemetry().count(Metric.POSTS_CUT_OFF);
            case SETTLING -> abandonSettling();
            case KEEPING -> parts.telemetry().count(Metric.POSTS_UNANSWERED);
            case IDLE, HEAD, LEAVING -> {} // nothing is lost
        }
        releaseExchange();
        stage = Stage.LEAVING;
        ctx.fireChannelInactive();
    }

    private void abandonSettling() {
        parts.telemetry().count(Metric.POSTS_UNANSWERED);
        takeLeaveOfExchange();
    }

    private void takeLeaveOfExchange() {
        if (loop.waitingRoom().leave(exchange)) {
            releaseExchange();
        } else {
            exchange.orphan();
            exchange = null; // comes back by itself
        }
    }

    private void releaseExchange() {
        if (exchange != null) {
            exchange.release();
            exchange = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable fault = faultIn(cause);
        if (fault != null) {
            parts.log().faulted(fault, PeerAddress.of(ctx.channel()));
            if (stage == Stage.BODY && exchange != null) {
                exchange.abandon(); // its parser may be broken: not to be used again
                exchange = null;
            }
        }
        ctx.close();
    }

    /** A peer that resets its connection is no fault; an error is, also one that Netty met while it wrote. */
    private static Throwable faultIn(Throwable cause) {
        if (!(cause instanceof IOException)) {
            return cause;
        }
        return cause.getCause() instanceof Error ? cause.getCause() : null;
    }
}
