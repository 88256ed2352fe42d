package io.headcount.http;

import io.headcount.model.RefusalReason;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * The Transfer-Encoding rule: chunked alone, in HTTP/1.1, without a Content-Length. What is only not served is 501; what two
 * servers could frame in two ways is 400. Pure function. HttpRequest -> reason, or null.
 */
final class TransferCoding {
    private TransferCoding() {}

    static RefusalReason check(HttpRequest request) {
        List<String> values = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (values.isEmpty() || (values.size() == 1 && isChunked(values.get(0)) && unambiguous(request))) {
            return null;
        }
        if (values.size() > 1 || !unambiguous(request) || misplacesChunked(values.get(0))) {
            return RefusalReason.FRAMING;
        }
        return RefusalReason.TRANSFER_ENCODING;
    }

    private static boolean unambiguous(HttpRequest request) {
        return HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    /** Whether chunked stands anywhere but once at the end of the list, or the list has an empty element. */
    private static boolean misplacesChunked(String value) {
        String[] codings = value.split(",", -1);
        for (int i = 0; i < codings.length; i++) {
            String coding = codings[i].trim();
            if (coding.isEmpty() || (isChunked(coding) && i < codings.length - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isChunked(String coding) {
        return HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding);
    }
}
