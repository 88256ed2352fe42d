package io.headcount.http;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who does the cryptography: BoringSSL where its native part loads, else the JDK, several times slower. Constants. */
enum TlsLibrary {
    BORINGSSL("BoringSSL", SslProvider.OPENSSL_REFCNT),
    JDK("the JDK", SslProvider.JDK);

    private static final Logger LOG = LoggerFactory.getLogger(TlsLibrary.class);

    static {
        // The JDK's engine would renegotiate as often as a client asks; BoringSSL refuses by itself.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final String text;
    private final SslProvider provider;

    TlsLibrary(String text, SslProvider provider) {
        this.text = text;
        this.provider = provider;
    }

    /** The faster one of those that load here. */
    static TlsLibrary best() {
        if (OpenSsl.isAvailable()) {
            return BORINGSSL;
        }
        LOG.warn(
                "BoringSSL does not load here; TLS is left to the JDK, which takes more CPU: {}",
                String.valueOf(OpenSsl.unavailabilityCause()));
        return JDK;
    }

    /** This one, or the JDK for keys that only it can use. */
    TlsLibrary with(PrivateKey key) {
        boolean everywhere =
                key.getAlgorithm().equals("RSA") || key.getAlgorithm().equals("EC");
        return everywhere ? this : JDK;
    }

    SslProvider provider() {
        return provider;
    }

    /** The cipher suites it knows, by their IANA names. */
    Set<String> ciphers() {
        return this == BORINGSSL ? OpenSsl.availableJavaCipherSuites() : ciphersOfTheJdk();
    }

    private static Set<String> ciphersOfTheJdk() {
        try {
            SSLContext jdk = SSLContext.getInstance("TLS");
            jdk.init(new KeyManager[0], new TrustManager[0], null);
            return Set.of(jdk.getSupportedSSLParameters().getCipherSuites());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK is broken: no TLS", missing);
        }
    }

    /** As in "TLS by …". */
    String text() {
        return text;
    }
}
