package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AcceptFaultsTest {
    private final IOException tooMany = new IOException("Too many open files");

    @Test
    void shouldCountAndGoOnWhenAcceptingFails() {
        Telemetry telemetry = new Telemetry();
        List<Throwable> faults = new ArrayList<>();
        EmbeddedChannel listener = new EmbeddedChannel(new AcceptFaults(telemetry, faults::add));

        listener.pipeline().fireExceptionCaught(tooMany);

        assertThat(telemetry.sum(Metric.ACCEPT_PAUSES)).isEqualTo(1);
        assertThat(faults).as("who stops the gateway if memory has run out").containsExactly(tooMany);
        assertThat(listener.isOpen()).isTrue();
        listener.finishAndReleaseAll();
    }
}
