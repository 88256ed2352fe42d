package io.headcount.http;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Told when accepting failed, nearly always because the process is out of file descriptors. Netty's acceptor has by then switched
 * accepting off for a second, so this neither spins nor floods the log; open connections are not touched. hc-accept.
 */
final class AcceptFaults extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFaults.class);

    private final Telemetry telemetry;
    private final Consumer<Throwable> onFault;

    AcceptFaults(Telemetry telemetry, Consumer<Throwable> onFault) {
        this.telemetry = telemetry;
        this.onFault = onFault;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        onFault.accept(cause);
        telemetry.count(Metric.ACCEPT_PAUSES);
        LOG.warn("accepting connections pauses for a second: {}", cause.toString());
    }
}
