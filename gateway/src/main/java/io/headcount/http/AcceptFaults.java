package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Told when accepting failed, nearly always because the process is out of file descriptors. Netty's acceptor has by then switched
 * accepting off for a second, so this neither spins nor floods the log; open connections are not touched. hc-accept.
 */
final class AcceptFaults extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFaults.class);

    private final Telemetry telemetry;

    AcceptFaults(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        telemetry.count(Metric.ACCEPT_PAUSES);
        LOG.warn("accepting connections pauses for a second: {}", cause.toString());
    }
}
