package io.headcount.http;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks TLS by the JDK: trusts everybody, as most cameras do, and remembers its sessions. */
public final class TlsClient {
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;
    private final String[] protocols;

    /** One without a certificate. */
    public TlsClient(String... protocols) throws GeneralSecurityException {
        this(null, protocols);
    }

    /** One with a certificate of its own. */
    TlsClient(X509Bundle certificate, String... protocols) throws GeneralSecurityException {
        this.protocols = protocols.length == 0 ? new String[] {"TLSv1.3", "TLSv1.2"} : protocols;
        context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(certificate == null ? null : keyStore(certificate), NO_PASSWORD);
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustsEverybody()}, null);
    }

    private static KeyStore keyStore(X509Bundle certificate) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", certificate.getKeyPair().getPrivate(), NO_PASSWORD, certificate.getCertificatePath());
            return store;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A connection whose handshake has not begun. */
    SSLSocket socket(InetSocketAddress gateway) throws IOException {
        return over(Peer.connected(gateway, 64 * 1024));
    }

    /** The same over a socket that stays in the caller's hands. */
    SSLSocket over(Socket connected) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connected, "localhost", connected.getPort(), true);
        socket.setEnabledProtocols(protocols);
        return socket;
    }

    /** A connection whose handshake is done. */
    Peer connect(InetSocketAddress gateway) throws IOException {
        SSLSocket socket = socket(gateway);
        socket.startHandshake();
        return new Peer(socket);
    }

    /** What the gateway shows to a new connection. */
    X509Certificate certificateOf(InetSocketAddress gateway) throws IOException {
        try (SSLSocket socket = socket(gateway)) {
            socket.startHandshake();
            return certificateOf(socket);
        }
    }

    static X509Certificate certificateOf(SSLSocket socket) throws IOException {
        Certificate first = socket.getSession().getPeerCertificates()[0];
        return (X509Certificate) first;
    }

    /** For clients of other kinds. */
    public SSLContext context() {
        return context;
    }

    private static final class TrustsEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
