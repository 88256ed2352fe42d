package io.headcount.simulate;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** TLS of the cameras' side. Any thread. */
final class ClientTls {
    private final SslContext context;
    private final Endpoint endpoint;
    private final long timeoutMs;

    private ClientTls(SslContext context, Endpoint endpoint, long timeoutMs) {
        this.context = context;
        this.endpoint = endpoint;
        this.timeoutMs = timeoutMs;
    }

    /**
     * TLS towards this endpoint.
     *
     * @throws IOException when the certificates to believe can't be read
     */
    static ClientTls towards(Endpoint endpoint, Trust trust, long timeoutMs) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK);
        if (trust.anybody()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else if (trust.ca().isPresent()) {
            trustFile(builder, trust);
        }
        return new ClientTls(context(builder), endpoint, timeoutMs);
    }

    private static void trustFile(SslContextBuilder builder, Trust trust) throws IOException {
        try {
            builder.trustManager(trust.ca().get().toFile());
        } catch (IllegalArgumentException unreadable) {
            throw new IOException(
                    "--ca: " + trust.ca().get() + " (expected: a file with PEM certificates)", unreadable);
        }
    }

    private static SslContext context(SslContextBuilder builder) throws IOException {
        try {
            return builder.build();
        } catch (SSLException broken) {
            throw new IOException("TLS can't be set up: " + broken.getMessage(), broken);
        }
    }

    /** The handler of one connection. */
    SslHandler newHandler(ByteBufAllocator alloc) {
        SslHandler handler = context.newHandler(alloc, endpoint.host(), endpoint.port());
        handler.setHandshakeTimeoutMillis(timeoutMs);
        return handler;
    }

    /** Gives native memory back, once all connections are closed. */
    void close() {
        ReferenceCountUtil.release(context);
    }
}
