package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class AcceptFaultsTest {
    @Test
    void shouldCountAndGoOnWhenAcceptingFails() {
        Telemetry telemetry = new Telemetry();
        EmbeddedChannel listener = new EmbeddedChannel(new AcceptFaults(telemetry));

        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));

        assertThat(telemetry.sum(Metric.ACCEPT_PAUSES)).isEqualTo(1);
        assertThat(listener.isOpen()).isTrue();
        listener.finishAndReleaseAll();
    }
}
