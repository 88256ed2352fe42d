package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FleetLoopTest {
    /** A post that is sent when the log is closed would look like one that nobody sent. */
    @Test
    void shouldSendNothingOnceItIsAbandonedAndCountWhatItNeverCameTo() throws Exception {
        Transport transport = Transport.best();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
        try (ServerSocket silent = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = Endpoint.parse("--url", "http://127.0.0.1:" + silent.getLocalPort() + "/");
            FleetSettings settings = Fleets.settings(Mode.INTERVAL, Misbehaviour.NONE, endpoint, 1);
            EventLoop eventLoop = group.next();
            Destination destination = new Destination(endpoint, settings, transport);
            RequestHead head = new RequestHead(endpoint, true);
            FleetParts parts = new FleetParts(
                    new Chance(Fleets.SEED), new CameraNames(Fleets.SEED), destination, head, null, head, null);
            FleetLoop loop = new FleetLoop(0, settings, eventLoop, parts);
            CameraClock clock = CameraClock.startingAt(System.currentTimeMillis(), settings.timing());

            // late by half of the run: its first turn comes to a part of what is due, then it is abandoned
            loop.start(System.nanoTime() - Duration.ofSeconds(5).toNanos(), clock);
            eventLoop.submit(loop::abandon).sync();

            assertThat(loop.ended().await(10, TimeUnit.SECONDS)).isTrue();
            Tally tally = eventLoop.submit(loop::tally).sync().getNow();
            assertThat(tally.posts).isEqualTo(200);
            assertThat(tally.failed).isEqualTo(200);
            destination.close();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }
}
