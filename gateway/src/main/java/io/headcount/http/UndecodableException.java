package io.headcount.http;

import io.netty.handler.codec.DecoderException;

/** What the decoder stops at although Netty's would go on. Carries no trace and no text: its class selects what happens. */
class UndecodableException extends DecoderException {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The peer speaks TLS, where plain HTTP is served. */
    static final class Tls extends UndecodableException {
        private static final long serialVersionUID = 1;
    }
}
