package io.headcount.http;

import io.headcount.config.HttpConfig;
import io.headcount.model.RefusalReason;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;

/**
 * Decides from a request's head alone whether its body is worth reading. Framing first: where that is in doubt, nothing else
 * in the request can be believed. Any event loop, holds no state. HttpRequest -> reason, or null.
 */
final class RequestGate {
    private final Set<String> paths;
    private final boolean tokens;
    private final long maxBodyBytes;
    private final Admission admission;

    RequestGate(HttpConfig config, Admission admission) {
        this.paths = Set.copyOf(config.paths());
        this.tokens = config.access().tokens().isPresent();
        this.maxBodyBytes = config.maxBodyBytes();
        this.admission = admission;
    }

    /** Why the request is refused; null: its body is to be read, or it is a GET and asks for the time. */
    RefusalReason check(RequestHead head, Caller caller) {
        if (head.sound()) {
            RefusalReason stranger = caller.mayPost(head.path());
            return stranger != null ? stranger : admission.closedFor();
        }
        HttpRequest request = head.request();
        RefusalReason reason = framing(request);
        if (reason == null && UtcTime.askedBy(head, tokens)) {
            return caller.mayAsk();
        }
        if (reason == null) {
            reason = method(request);
        }
        if (reason == null) {
            reason = body(head);
        }
        return reason != null ? reason : service(head, caller);
    }

    private static boolean is11(HttpRequest request) {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    private static RefusalReason framing(HttpRequest request) {
        RefusalReason reason = version(request.protocolVersion());
        if (reason == null) {
            reason = TransferCoding.check(request);
        }
        if (reason == null && request.decoderResult().isFailure()) {
            reason = DecoderFailure.ofHead(request.decoderResult());
        }
        if (reason == null && !HostHeader.valid(request.headers().getAll(HttpHeaderNames.HOST), is11(request))) {
            reason = RefusalReason.HOST;
        }
        return reason;
    }

    private static RefusalReason version(HttpVersion version) {
        boolean served = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
        return served ? null : RefusalReason.HTTP_VERSION;
    }

    private static RefusalReason method(HttpRequest request) {
        if (!HttpMethod.POST.equals(request.method()) || !Target.namesResource(request.uri())) {
            return RefusalReason.METHOD;
        }
        return Target.suspicious(request.uri()) ? RefusalReason.FRAMING : null;
    }

    private RefusalReason body(RequestHead head) {
        HttpRequest request = head.request();
        long length = HttpUtil.getContentLength(request, -1L);
        if (length < 0 && !HttpUtil.isTransferEncodingChunked(request)) {
            return RefusalReason.LENGTH;
        }
        if (length > maxBodyBytes) {
            return RefusalReason.BODY_TOO_LARGE;
        }
        return head.awaitsContinue() && !expectsContinueOnly(request.headers()) ? RefusalReason.EXPECTATION : null;
    }

    private static boolean expectsContinueOnly(HttpHeaders headers) {
        for (String expectation : headers.getAll(HttpHeaderNames.EXPECT)) {
            if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
                return false;
            }
        }
        return true;
    }

    private RefusalReason service(RequestHead head, Caller caller) {
        String path = head.path();
        RefusalReason stranger = caller.mayPost(path);
        if (stranger != null) {
            return stranger;
        }
        if (!paths.isEmpty() && !paths.contains(tokens ? TokenPath.behind(path) : path)) {
            return RefusalReason.PATH;
        }
        for (String coding : head.request().headers().getAll(HttpHeaderNames.CONTENT_ENCODING)) {
            if (!coding.isEmpty() && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding)) {
                return RefusalReason.CONTENT_ENCODING;
            }
        }
        head.foundSound();
        return admission.closedFor();
    }
}
