package io.headcount.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * What a request's head says by itself, worked out once: a camera on a kept connection sends the same head with every post, and then all of its posts share
 * one of these (see {@link KnownHead}). Event loop.
 */
final class RequestHead {
    private final HttpRequest request;
    private final boolean keepsAlive;
    private final boolean http10;
    private final boolean awaitsContinue;
    private final boolean replayed;
    private String path; // worked out when it is asked for: a target that breaks the rules has none
    private boolean sound;

    RequestHead(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        this.request = request;
        this.keepsAlive = HttpUtil.isKeepAlive(request);
        this.http10 = HttpVersion.HTTP_1_0.equals(version);
        this.awaitsContinue =
                HttpVersion.HTTP_1_1.equals(version) && request.headers().contains(HttpHeaderNames.EXPECT);
        this.replayed = request.headers().contains(BodyKeeper.REPLAY_HEADER);
    }

    /** As it was decoded. That of a head which has come again may say another Content-Length than the post at hand has. */
    HttpRequest request() {
        return request;
    }

    /** Whether the peer wants to go on with the connection. */
    boolean keepsAlive() {
        return keepsAlive;
    }

    boolean http10() {
        return http10;
    }

    boolean hasMethod(HttpMethod method) {
        return method.equals(request.method());
    }

    /** Whether the peer waits for our word before it sends the body; HTTP/1.0 does not know of it. */
    boolean awaitsContinue() {
        return awaitsContinue;
    }

    /** Whether it comes out of the quarantine, and need not be kept there again. */
    boolean replayed() {
        return replayed;
    }

    /** The target's path. */
    String path() {
        if (path == null) {
            path = Target.path(request.uri());
        }
        return path;
    }

    /** Whether the gate found nothing in it to refuse; who sent it and whether posts are taken now are asked for each post. */
    boolean sound() {
        return sound;
    }

    void foundSound() {
        sound = true;
    }
}
