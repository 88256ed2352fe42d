package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.AccessConfig;
import io.headcount.model.Post;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How fast each device may post. */
final class DeviceRatesTest {
    private final Telemetry telemetry = new Telemetry();
    private final MockTicker ticker = Ticker.newMockTicker();

    private DeviceRates rates(int perSec, int burst, int maxDevices) {
        AccessConfig config = new AccessConfig(Optional.empty(), List.of(), List.of(), perSec, burst, maxDevices);
        return new DeviceRates(config, telemetry, ticker);
    }

    private static Post post(String device, String serial) {
        Post post = new Post();
        post.deviceId(device);
        post.serialNumber(serial);
        return post;
    }

    private static int admitted(DeviceRates rates, String device, int posts) {
        int admitted = 0;
        for (int i = 0; i < posts; i++) {
            admitted += rates.admits(post(device, "1")) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void shouldAdmitEverythingWithoutARate() {
        DeviceRates rates = rates(0, 1, 10);
        assertThat(admitted(rates, "a", 1_000)).isEqualTo(1_000);
        assertThat(rates.devices()).isZero();
    }

    @Test
    void shouldAdmitABurstThenTheRate() {
        DeviceRates rates = rates(2, 5, 10);
        assertThat(admitted(rates, "a", 100)).isEqualTo(5);
        ticker.advance(499, TimeUnit.MILLISECONDS);
        assertThat(admitted(rates, "a", 100)).isZero();
        ticker.advance(1, TimeUnit.MILLISECONDS);
        assertThat(admitted(rates, "a", 100)).isEqualTo(1);
        ticker.advance(1, TimeUnit.SECONDS);
        assertThat(admitted(rates, "a", 100)).isEqualTo(2);
    }

    @Test
    void shouldCountDevicesApart() {
        DeviceRates rates = rates(1, 1, 10);
        assertThat(rates.admits(post("a", "1"))).isTrue();
        assertThat(rates.admits(post("a", "2"))).as("another serial number").isTrue();
        assertThat(rates.admits(post("b", "1"))).isTrue();
        assertThat(rates.admits(post("a", "1"))).isFalse();
        assertThat(rates.devices()).isEqualTo(3);
    }

    @Test
    void shouldForgetTheDeviceSilentLongest() {
        DeviceRates rates = rates(1, 1, 3);
        for (String device : List.of("a", "b", "c")) {
            admitted(rates, device, 1);
        }
        assertThat(admitted(rates, "a", 1)).as("not admitted, but not silent").isZero();
        admitted(rates, "d", 1);

        assertThat(rates.devices()).isEqualTo(3);
        assertThat(telemetry.sum(Metric.DEVICE_RATES_FORGOTTEN)).isEqualTo(1);
        assertThat(admitted(rates, "a", 1)).isZero();
        assertThat(admitted(rates, "b", 1)).as("was forgotten").isEqualTo(1);
    }

    @Test
    void shouldRememberNoMoreThanItMay() {
        DeviceRates rates = rates(1, 1, 20_000);
        for (int i = 0; i < 100_000; i++) {
            admitted(rates, "device-" + i, 1);
        }
        assertThat(rates.devices()).isEqualTo(20_000);
        assertThat(telemetry.sum(Metric.DEVICE_RATES_FORGOTTEN)).isEqualTo(80_000);
    }

    @Test
    void shouldAdmitABurstOnceOverAllThreads() throws Exception {
        DeviceRates rates = rates(1, 1_000, 20_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> posts = () -> admitted(rates, "a", 1_000);
            int sum = 0;
            for (Future<Integer> each :
                    threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> posts).toList())) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(1_000);
        } finally {
            threads.shutdownNow();
        }
    }
}
