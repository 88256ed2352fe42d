package io.headcount.http;

import io.headcount.config.HttpConfig;
import io.headcount.config.InvalidSetting;
import io.headcount.config.QuarantineConfig;
import io.headcount.config.RingConfig;
import io.headcount.config.XmlConfig;
import io.headcount.model.RefusalReason;
import io.headcount.ring.PostPublisher;
import io.headcount.telemetry.Telemetry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The server: listens, spreads connections over event loops (hc-http-N), and stops from the front. Used by the composition
 * root, by one thread. connections -> posts in the ring, answers.
 */
public final class HttpIntake implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    // Must take the answers to all posts held of a peer that has ended its direction: once it has, Netty 4.2's epoll
    // can't wait
    // for room any more (an empty interest set is taken out of epoll, but still counts as in it).
    private static final int SEND_BUFFER_BYTES = 32 * 1024;
    private static final int MAX_READ_BYTES = 16 * 1024;
    private static final int READS_IN_A_ROW = 4;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(4 * 1024, 16 * 1024);
    private static final long DRAIN_POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SHUTDOWN_SEC = 10;

    private final HttpConfig config;
    private final QuarantineConfig quarantine;
    private final RefusedBodies refusedBodies;
    private final Telemetry telemetry;
    private final ConnectionLimits limits;
    private final ProxyProtocol proxies;
    private final IntakeParts parts;
    private final Admission admission;
    private final Map<EventExecutor, IntakeLoop> loops = new HashMap<>();
    private final FileWatch files = new FileWatch();

    private volatile boolean draining;
    private volatile boolean closing; // written by main, read by event loops
    private volatile Optional<TlsContext> tls = Optional.empty(); // written by main, read by hc-admin
    private EventLoopGroup acceptGroup;
    private EventLoopGroup loopGroup;
    private Channel listener;
    private Channel tlsListener;

    /**
     * An intake that does not listen yet.
     *
     * @param http its settings
     * @param xml bounds on documents
     * @param ring how long a post waits while the ring is full
     * @param quarantine what is kept of refused posts
     * @param publisher where accepted posts go
     * @param refusedBodies who keeps the bodies of refused posts, where any are kept
     * @param admission asked before a body is read
     * @param telemetry counters
     * @param epochMs the wall clock, for receive times
     * @param maxLogLinesPerSec refusals and faults logged per second; others are counted only
     * @throws io.headcount.config.InvalidSetting when a file that the settings name can't be used
     */
    public HttpIntake(
            HttpConfig http,
            XmlConfig xml,
            RingConfig ring,
            QuarantineConfig quarantine,
            PostPublisher publisher,
            RefusedBodies refusedBodies,
            Admission admission,
            Telemetry telemetry,
            LongSupplier epochMs,
            int maxLogLinesPerSec) {
        this.config = http;
        this.quarantine = quarantine;
        this.refusedBodies = refusedBodies;
        this.telemetry = telemetry;
        int maxConnections = FileLimit.connections(http.maxConnections());
        this.limits = new ConnectionLimits(maxConnections, http.maxConnectionsPerAddress(), telemetry);
        this.proxies = new ProxyProtocol(http, limits, telemetry);
        this.admission = admission;
        Admission stopping = () -> draining ? RefusalReason.DRAINING : admission.closedFor();
        this.parts = new IntakeParts(
                http,
                xml,
                ring,
                publisher,
                new RequestGate(http, stopping),
                new Access(http.access(), telemetry, Ticker.systemTicker(), files),
                new Answers(http.replyBody()),
                new RefusalLog(telemetry, maxLogLinesPerSec, Ticker.systemTicker(), admission::faulted),
                telemetry,
                epochMs);
    }

    /**
     * Listens.
     *
     * @return where, with the port that was chosen for port 0
     * @throws IOException when it can't; the message names the key
     * @throws InvalidSetting when the TLS port's files can't work
     */
    public InetSocketAddress start() throws IOException {
        return start(Transport.best());
    }

    InetSocketAddress start(Transport transport) throws IOException {
        return start(transport, TlsLibrary::best);
    }

    InetSocketAddress start(Transport transport, Supplier<TlsLibrary> library) throws IOException {
        if (config.tls().enabled()) {
            tls = Optional.of(loadTls(library.get()));
        }
        acceptGroup = new MultiThreadIoEventLoopGroup(
                1, new LoopThreads("hc-accept", this::onLoopEnd), transport.ioHandlers());
        int eventLoops = config.eventLoops() > 0 ? config.eventLoops() : NettyRuntime.availableProcessors();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                eventLoops, new LoopThreads("hc-http", this::onLoopEnd), transport.ioHandlers());
        loopGroup = group;
        long captureBytes = BodyKeeper.shareOf(quarantine, group.executorCount());
        long postBytes = PostMemory.shareOf(config, parts.xml(), group.executorCount());
        group.forEach(loop ->
                loops.put(loop, new IntakeLoop(loop, parts, newKeeper(loop, captureBytes), new PostMemory(postBytes))));
        listener = bind(bootstrap(transport, Optional.empty()), "http.port", config.port());
        if (tls.isPresent()) {
            tlsListener = bind(
                    bootstrap(transport, tls), "http.tls.port", config.tls().port());
        }
        files.start();
        return (InetSocketAddress) listener.localAddress();
    }

    private void onLoopEnd(String thread) {
        if (!closing) {
            admission.broken(new IllegalStateException("thread " + thread + " has ended"));
        }
    }

    private TlsContext loadTls(TlsLibrary library) {
        TlsContext context = new TlsContext(config.tls(), library, telemetry);
        files.add(context.files(), context::reload); // before they are read, so that no change is missed
        context.load();
        return context;
    }

    private BodyKeeper newKeeper(EventExecutor eventLoop, long captureBytes) {
        return new BodyKeeper(eventLoop, quarantine, refusedBodies, captureBytes, telemetry, parts.epochMs());
    }

    private ServerBootstrap bootstrap(Transport transport, Optional<TlsContext> tlsOrPlain) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptGroup, loopGroup)
                .channel(transport.listener())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Set on the listener, so that the window is agreed on by it. Held requests are bounded by it, too:
                // Netty reads
                // a connection empty once its peer has ended, whether auto-read is on or off.
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .handler(new AcceptGate(limits, proxies))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(512, 2048, MAX_READ_BYTES).maxMessagesPerRead(READS_IN_A_ROW))
                .childHandler(new ConnectionSetup(proxies, loops, tlsOrPlain));
        transport.prepareSending(bootstrap, SEND_BUFFER_BYTES);
        return bootstrap;
    }

    private Channel bind(ServerBootstrap bootstrap, String key, int port) throws IOException {
        ChannelFuture bound =
                bootstrap.bind(new InetSocketAddress(config.host(), port)).awaitUninterruptibly();
        if (bound.isSuccess()) {
            bound.channel().pipeline().addLast(new AcceptFaults(telemetry, admission::faulted));
            return bound.channel();
        }
        close();
        throw new IOException(whyNotBound(key, port, bound.cause()), bound.cause());
    }

    private String whyNotBound(String key, int port, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("in use")) { // epoll's exception has no type of its own for it
            return key + ": " + port + " is in use";
        }
        return "http.host, " + key + ": can't listen on " + config.host() + ":" + port + " (" + text + ")";
    }

    /** Where it listens for TLS, with the port that was chosen for port 0; empty: nowhere. */
    public Optional<InetSocketAddress> tlsAddress() {
        return Optional.ofNullable(tlsListener).map(channel -> (InetSocketAddress) channel.localAddress());
    }

    /** When the certificate of the TLS port expires, epoch seconds; not a number before it is loaded. */
    public double certificateExpirySec() {
        return tls.map(TlsContext::expirySec).orElse(Double.NaN);
    }

    /** Accepts no connection any more; those that are open go on. */
    public void stopAccepting() {
        close(listener);
        close(tlsListener);
    }

    private static void close(Channel listening) {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    /**
     * Finishes and answers what is in flight, with Connection: close; requests that come now are refused with 503, idle
     * connections end after a moment.
     *
     * @return true when nothing is in flight any more
     */
    public boolean drain(long timeoutMs) {
        draining = true;
        loops.keySet().removeIf(EventExecutor::isShuttingDown); // its thread has died
        loops.forEach((eventLoop, loop) -> eventLoop.execute(loop::drain));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (busy() > 0) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(DRAIN_POLL_NS);
        }
        return true;
    }

    private int busy() {
        int busy = 0;
        for (Map.Entry<EventExecutor, IntakeLoop> each : loops.entrySet()) {
            busy += each.getKey()
                    .submit(each.getValue()::busy)
                    .syncUninterruptibly()
                    .getNow();
        }
        return busy;
    }

    /** Connections open now. */
    public long openConnections() {
        return limits.open();
    }

    /** Closes every connection and ends the event loops. */
    @Override
    public void close() {
        closing = true;
        files.close();
        stopAccepting();
        shutDown(acceptGroup);
        shutDown(loopGroup);
        tls.ifPresent(TlsContext::close);
    }

    private static void shutDown(EventLoopGroup group) {
        if (group != null) {
            group.shutdownGracefully(0, SHUTDOWN_SEC, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
