package io.headcount.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time that cameras set their clocks by: GET /UTCTime. Pure functions. request -> asked for or not; time -> text. */
final class UtcTime {
    private static final String PATH = "/UTCTime";
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("MMddyyyyHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private UtcTime() {}

    /**
     * Whether the request asks for the time, and does so without a body.
     *
     * @param behindToken a camera whose upload URL has a token may ask behind it; the token is not looked at
     */
    static boolean askedBy(RequestHead head, boolean behindToken) {
        HttpRequest request = head.request();
        return head.hasMethod(HttpMethod.GET)
                && hasNoBody(head)
                && Target.namesResource(request.uri())
                && PATH.equals(path(request.uri(), behindToken));
    }

    private static String path(String target, boolean behindToken) {
        String path = Target.path(target);
        return behindToken ? TokenPath.behind(path) : path;
    }

    private static boolean hasNoBody(RequestHead head) {
        return HttpUtil.getContentLength(head.request(), 0L) == 0
                && !HttpUtil.isTransferEncodingChunked(head.request())
                && !head.awaitsContinue();
    }

    /** Month, day, year, hour, minute and second, two digits each, the year four. */
    static String text(long epochMs) {
        return FORMAT.format(Instant.ofEpochMilli(epochMs));
    }
}
