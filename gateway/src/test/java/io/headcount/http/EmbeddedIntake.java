package io.headcount.http;

import io.headcount.config.HttpConfig;
import io.headcount.model.RefusalReason;
import io.headcount.ring.FakeRing;
import io.headcount.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to an intake without sockets or threads; its clock is moved by hand. */
final class EmbeddedIntake implements AutoCloseable {
    static final long NOW_MS = 1_667_807_100_000L;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    final FakeRing ring = new FakeRing();
    final Telemetry telemetry = new Telemetry();
    final FakeKeeper bodies = new FakeKeeper();
    final EmbeddedChannel channel;
    final BodyKeeper keeper;
    final PostMemory memory;
    final IntakeLoop loop;
    final List<Throwable> faults = new ArrayList<>();
    RefusalReason closedFor;

    private final StringBuilder received = new StringBuilder();

    EmbeddedIntake() {
        this(new HttpSettings());
    }

    EmbeddedIntake(HttpSettings settings) {
        this(settings, Optional.empty());
    }

    EmbeddedIntake(HttpSettings settings, Optional<TlsContext> tls) {
        channel = EmbeddedChannel.builder().build();
        channel.freezeTime();
        HttpConfig config = settings.config();
        keeper = new BodyKeeper(
                channel.eventLoop(), settings.quarantine, bodies, settings.captureBytes, telemetry, () -> NOW_MS);
        memory = new PostMemory(PostMemory.shareOf(config, HttpSettings.XML, 1));
        loop = new IntakeLoop(channel.eventLoop(), parts(config), keeper, memory);
        ProxyProtocol proxies = new ProxyProtocol(config, new ConnectionLimits(1, 1, telemetry), telemetry);
        channel.pipeline().addLast(new ConnectionSetup(proxies, Map.of(channel.eventLoop(), loop), tls));
        channel.pipeline().fireChannelActive();
    }

    private IntakeParts parts(HttpConfig config) {
        return new IntakeParts(
                config,
                HttpSettings.XML,
                HttpSettings.RING,
                ring,
                new RequestGate(config, () -> closedFor),
                new Access(config.access(), telemetry, channel.eventLoop().ticker(), new FileWatch()),
                new Answers(config.replyBody()),
                new RefusalLog(telemetry, 10, channel.eventLoop().ticker(), faults::add),
                telemetry,
                () -> NOW_MS);
    }

    /** The peer sends this in one piece; once we have closed the connection it goes nowhere. */
    EmbeddedIntake send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    EmbeddedIntake send(byte[] bytes) {
        if (!channel.isOpen()) {
            return this;
        }
        ByteBuf read = channel.alloc().directBuffer(bytes.length).writeBytes(bytes);
        channel.writeInbound(read);
        return this;
    }

    /** The peer sends this byte by byte. */
    EmbeddedIntake drip(String text) {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            send(new byte[] {b});
        }
        return this;
    }

    /** The pipeline settles what it has, until there is nothing more. */
    EmbeddedIntake settle() {
        channel.runPendingTasks();
        while (!ring.devices().isEmpty()) {
            ring.settle(true);
            channel.runPendingTasks();
        }
        return this;
    }

    /** Time passes. */
    EmbeddedIntake pass(long ms) {
        channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
        return this;
    }

    /** The peer ends its direction. */
    EmbeddedIntake endInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
        return this;
    }

    /** All that was answered so far. */
    String answers() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            received.append(out.toString(StandardCharsets.UTF_8));
            out.release();
        }
        return received.toString();
    }

    /** The statuses answered so far. */
    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        Matcher matcher = STATUS_LINE.matcher(answers());
        while (matcher.find()) {
            statuses.add(Integer.valueOf(matcher.group(1)));
        }
        return statuses;
    }

    boolean isOpen() {
        channel.runPendingTasks();
        return channel.isOpen();
    }

    @Override
    public void close() {
        answers();
        channel.finishAndReleaseAll();
        ring.settle(false);
        channel.runPendingTasks();
    }

    static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
