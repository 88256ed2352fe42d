package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.List;

/**
 * Why a handshake failed. The libraries tell most of it by the texts of their exceptions alone: they are looked at for known
 * words, in BoringSSL's spelling and the JDK's, and go nowhere else. Pure functions. exception -> reason.
 */
final class HandshakeFailure {
    private static final List<String> NO_CERTIFICATE =
            List.of("PEER_DID_NOT_RETURN_A_CERTIFICATE", "Empty client certificate chain");
    private static final List<String> NOT_TLS = List.of("HTTP_REQUEST", "HTTPS_PROXY_REQUEST");
    private static final List<String> REJECTED = List.of("_ALERT_", "Received fatal alert");
    private static final List<String> MISMATCH = List.of(
            "UNSUPPORTED_PROTOCOL",
            "WRONG_VERSION_NUMBER",
            "NO_SHARED_CIPHER",
            "NO_SHARED_GROUP",
            "NO_COMMON_SIGNATURE_ALGORITHMS",
            "INAPPROPRIATE_FALLBACK",
            "is not enabled or supported in server context",
            "no cipher suites in common");

    private HandshakeFailure() {}

    /** The counter of the reason. */
    static Metric of(Throwable failure) {
        if (failure instanceof SslHandshakeTimeoutException) {
            return Metric.TLS_FAILED_TIMEOUT;
        }
        if (failure instanceof ClosedChannelException) {
            return Metric.TLS_FAILED_ENDED;
        }
        if (failure instanceof NotSslRecordException) {
            return Metric.TLS_FAILED_NOT_TLS;
        }
        return causedByCertificate(failure)
                ? Metric.TLS_FAILED_UNTRUSTED
                : byWords(String.valueOf(failure.getMessage()));
    }

    private static boolean causedByCertificate(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static Metric byWords(String text) {
        if (holdsOne(text, NO_CERTIFICATE)) {
            return Metric.TLS_FAILED_NO_CERTIFICATE;
        }
        if (holdsOne(text, NOT_TLS)) {
            return Metric.TLS_FAILED_NOT_TLS;
        }
        if (holdsOne(text, REJECTED)) {
            return Metric.TLS_FAILED_REJECTED;
        }
        return holdsOne(text, MISMATCH) ? Metric.TLS_FAILED_MISMATCH : Metric.TLS_FAILED_OTHER;
    }

    private static boolean holdsOne(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }
}
