package io.headcount.simulate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** Lets a request trickle into its connection, in pieces of equal size and distance. Its event loop. */
final class SlowBody implements Runnable {
    private static final int PIECES = 10;

    private final Channel channel;
    private final ByteBuf request;
    private final int pieceBytes;
    private final long pauseNs;

    private SlowBody(Channel channel, ByteBuf request, long takingNs) {
        this.channel = channel;
        this.request = request;
        this.pieceBytes = request.readableBytes() / PIECES + 1;
        this.pauseNs = takingNs / PIECES;
    }

    /** Begins; releases the request when it has been written or the connection has ended. */
    static SlowBody begin(Channel channel, ByteBuf request, long takingNs) {
        SlowBody body = new SlowBody(channel, request, takingNs);
        body.run();
        return body;
    }

    /** Whether there is still something to come. */
    boolean unfinished() {
        return request.refCnt() > 0;
    }

    @Override
    public void run() {
        boolean last = request.readableBytes() <= pieceBytes;
        if (!channel.isActive()) {
            request.release();
        } else if (last) {
            channel.writeAndFlush(request, channel.voidPromise());
        } else {
            channel.writeAndFlush(request.readRetainedSlice(pieceBytes), channel.voidPromise());
            channel.eventLoop().schedule(this, pauseNs, TimeUnit.NANOSECONDS);
        }
    }
}
