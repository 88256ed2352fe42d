package io.headcount.http;

import io.headcount.model.RefusalReason;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * What the decoder's failures mean. Only their class is looked at: their text may hold the request's. Pure functions.
 * DecoderResult -> reason.
 */
final class DecoderFailure {
    private DecoderFailure() {}

    static RefusalReason ofHead(DecoderResult failure) {
        return failure.cause() instanceof TooLongHttpLineException ? RefusalReason.LINE_TOO_LONG : ofBody(failure);
    }

    /** In a body a line that is too long is a chunk's size with its extensions: not a request line. */
    static RefusalReason ofBody(DecoderResult failure) {
        if (failure.cause() instanceof TooLongHttpContentException) {
            return RefusalReason.BODY_TOO_LARGE;
        }
        return failure.cause() instanceof TooLongHttpHeaderException
                ? RefusalReason.HEADERS_TOO_LARGE
                : RefusalReason.FRAMING;
    }

    /** Whether the peer speaks TLS: it would not understand an answer. */
    static boolean speaksTls(DecoderResult failure) {
        return failure.cause() instanceof UndecodableException.Tls;
    }

    /** Whether the peer only ended in the middle of the head: nobody is to blame, nobody waits for an answer. */
    static boolean cutOff(DecoderResult failure) {
        return failure.cause() instanceof PrematureChannelClosureException;
    }
}
