package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** A TLS connection to an intake without sockets or threads, and the client at its other end. */
final class EmbeddedTls implements AutoCloseable {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    final EmbeddedIntake gateway;
    final EmbeddedChannel client;
    final SslHandler tls;

    private final TlsContext context;
    private final StringBuilder received = new StringBuilder();
    private int segment = Integer.MAX_VALUE;
    private boolean closeNotified;
    private boolean alerted;

    /** A client of this protocol whose handshake has not begun. */
    EmbeddedTls(Path dir, TlsLibrary library, String protocol) throws SSLException {
        this(new HttpSettings(), dir, library, protocol);
    }

    EmbeddedTls(HttpSettings settings, Path dir, TlsLibrary library, String protocol) throws SSLException {
        settings.tls = Certificates.config(dir);
        context = new TlsContext(settings.tls, library, new Telemetry());
        context.load();
        gateway = new EmbeddedIntake(settings, Optional.of(context));
        tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(protocol)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build()
                .newHandler(gateway.channel.alloc());
        tls.setHandshakeTimeoutMillis(0);
        client = new EmbeddedChannel(tls);
    }

    /** From now on bytes arrive in pieces of this size at most. */
    EmbeddedTls inSegmentsOf(int bytes) {
        segment = bytes;
        return this;
    }

    /** Carries bytes between the two until both are silent. */
    EmbeddedTls exchange() {
        boolean moved = true;
        while (moved) {
            client.runPendingTasks();
            gateway.channel.runPendingTasks();
            boolean sent = clientToGateway();
            moved = gatewayToClient() || sent;
        }
        return this;
    }

    private boolean clientToGateway() {
        byte[] bytes = drain(client);
        for (int at = 0; at < bytes.length; at += segment) {
            gateway.send(Arrays.copyOfRange(bytes, at, (int) Math.min(bytes.length, (long) at + segment)));
        }
        return bytes.length > 0;
    }

    private boolean gatewayToClient() {
        byte[] bytes = drain(gateway.channel);
        if (bytes.length > 0 && client.isOpen()) {
            deliver(bytes);
        }
        for (ByteBuf in = client.readInbound(); in != null; in = client.readInbound()) {
            received.append(in.toString(StandardCharsets.UTF_8));
            in.release();
        }
        closeNotified |= tls.sslCloseFuture().isSuccess();
        return bytes.length > 0;
    }

    private void deliver(byte[] bytes) {
        try {
            client.writeInbound(client.alloc().buffer().writeBytes(bytes));
        } catch (DecoderException alert) { // how the client's side learns that it was refused
            alerted = true;
        }
    }

    /** Whether the gateway has told the client what it thinks of it. */
    boolean alerted() {
        return alerted;
    }

    static byte[] drain(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            all.writeBytes(out);
            out.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes).release();
        return bytes;
    }

    /** The client sends this, and all is carried. */
    EmbeddedTls send(String text) {
        client.writeOutbound(EmbeddedIntake.bytes(text));
        return exchange();
    }

    /** The pipeline settles what it has, until there is nothing more. */
    EmbeddedTls settle() {
        while (!gateway.ring.devices().isEmpty()) {
            gateway.ring.settle(true);
            exchange();
        }
        return this;
    }

    /** Time passes at the gateway. */
    EmbeddedTls pass(long ms) {
        gateway.pass(ms);
        return exchange();
    }

    /** The statuses answered so far. */
    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        Matcher matcher = STATUS_LINE.matcher(received);
        while (matcher.find()) {
            statuses.add(Integer.valueOf(matcher.group(1)));
        }
        return statuses;
    }

    /** Whether the client knows that all has arrived. */
    boolean closeNotified() {
        return closeNotified;
    }

    boolean isOpen() {
        return gateway.isOpen();
    }

    long counted(Metric metric) {
        return gateway.telemetry.sum(metric);
    }

    @Override
    public void close() {
        client.finishAndReleaseAll();
        gateway.close();
        context.close();
    }
}
