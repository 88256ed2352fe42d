package io.headcount.http;

import io.headcount.config.InvalidSetting;
import io.headcount.config.TlsConfig;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate, key and client CAs in force on the TLS port. A new set of files is in force for the next connection, or not
 * at all when it can't work; open connections keep what they began with. Loaded by the thread that opens the port and then by
 * hc-files, read by event loops. files -> handlers for connections.
 */
final class TlsContext implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> CIPHERS_OF_TLS13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    /** Sessions kept for clients that resume without a ticket; a ticket costs us no memory. */
    private static final int MAX_SESSIONS = 1024;
    /** A client whose certificate has expired, or whose CA has gone, resumes no longer than this. */
    private static final int SESSION_SEC = 3600;

    private final TlsConfig config;
    private final TlsLibrary library;
    private final Telemetry telemetry;
    // so that nobody makes a handler of a context that is being released
    private final ReadWriteLock swap = new ReentrantReadWriteLock();
    private SslContext current; // guarded by swap
    private volatile Instant expiry; // written by whoever loads, read by hc-admin

    TlsContext(TlsConfig config, TlsLibrary library, Telemetry telemetry) {
        this.config = config;
        this.library = library;
        this.telemetry = telemetry;
    }

    /**
     * Reads the files and puts what they hold in force.
     *
     * @throws InvalidSetting when that can't work; what was in force stays
     */
    void load() {
        TlsKeys keys = TlsKeys.read(config);
        TlsLibrary by = library.with(keys.key());
        SslContext loaded = build(config, keys, by);
        keys.warnings(config, Instant.now()).forEach(LOG::warn);
        expiry = keys.expiry();
        replace(loaded);
        LOG.info(
                "TLS by {} with the certificate in {}, valid until {}; clients need {}",
                by.text(),
                config.certificate().orElseThrow(),
                expiry,
                keys.clientCas().isEmpty()
                        ? "no certificate"
                        : "a certificate of " + config.clientCa().orElseThrow());
    }

    /** Reads changed files; when they can't work, what was in force stays in force. */
    void reload() {
        try {
            load();
            telemetry.count(Metric.TLS_RELOADS_DONE);
        } catch (InvalidSetting mistake) {
            telemetry.count(Metric.TLS_RELOADS_FAILED);
            LOG.error(
                    "Changed TLS files are not in force, the certificate before is, valid until {}: {}",
                    expiry,
                    mistake.getMessage());
        }
    }

    /**
     * Finds out whether a port could work with these files and settings.
     *
     * @throws InvalidSetting when it could not
     */
    static void check(TlsConfig config, TlsKeys keys, TlsLibrary library) {
        ReferenceCountUtil.release(build(config, keys, library.with(keys.key())));
    }

    private static SslContext build(TlsConfig config, TlsKeys keys, TlsLibrary library) {
        checkCiphers(config, library);
        SslContextBuilder builder = SslContextBuilder.forServer(
                        keys.key(), keys.chain().toArray(X509Certificate[]::new))
                .sslProvider(library.provider())
                .protocols(PROTOCOLS)
                .sessionCacheSize(MAX_SESSIONS)
                .sessionTimeout(SESSION_SEC)
                .clientAuth(keys.clientCas().isEmpty() ? ClientAuth.NONE : ClientAuth.REQUIRE)
                // also when there are none: the JDK's would be loaded, which nobody asked for
                .trustManager(keys.clientCas().toArray(X509Certificate[]::new));
        if (!config.ciphers().isEmpty()) {
            builder.ciphers(withTls13(config.ciphers(), library));
        }
        try {
            SslContext built = builder.build();
            if (built.sessionContext() instanceof OpenSslServerSessionContext sessions) {
                sessions.setTicketKeys(); // none: BoringSSL makes its own and changes them
            }
            return built;
        } catch (SSLException | IllegalArgumentException unusable) { // its text may hold what the files hold
            throw new InvalidSetting(
                    "http.tls.certificate",
                    config.certificate().orElseThrow() + ": certificate and key are refused by " + library.text(),
                    "a certificate for TLS: RSA of 2048 bits or more, EC on P-256 or P-384, Ed25519");
        }
    }

    private static void checkCiphers(TlsConfig config, TlsLibrary library) {
        Set<String> supported = library.ciphers();
        for (String cipher : config.ciphers()) {
            if (!supported.contains(cipher)) {
                throw new InvalidSetting(
                        "http.tls.ciphers",
                        cipher,
                        "names that " + library.text() + " knows, as in TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
            }
        }
    }

    private static Set<String> withTls13(List<String> ciphers, TlsLibrary library) {
        Set<String> all = new LinkedHashSet<>(CIPHERS_OF_TLS13);
        all.retainAll(library.ciphers());
        all.addAll(ciphers);
        return all;
    }

    private void replace(SslContext next) {
        SslContext before;
        swap.writeLock().lock();
        try {
            before = current;
            current = next;
        } finally {
            swap.writeLock().unlock();
        }
        ReferenceCountUtil.release(before); // the connections made of it hold it as long as they need it
    }

    /** A handler for a new connection. */
    SslHandler newHandler(ByteBufAllocator alloc) {
        swap.readLock().lock();
        try {
            SslHandler handler = current.newHandler(alloc);
            handler.setHandshakeTimeoutMillis(config.handshakeTimeoutMs());
            return handler;
        } finally {
            swap.readLock().unlock();
        }
    }

    /** The files to watch. */
    List<Path> files() {
        return TlsKeys.files(config);
    }

    /** When the certificate in force expires, epoch seconds. */
    double expirySec() {
        return expiry.getEpochSecond();
    }

    /** Lets the certificate go; no handler is made any more. */
    @Override
    public void close() {
        replace(null);
    }
}
