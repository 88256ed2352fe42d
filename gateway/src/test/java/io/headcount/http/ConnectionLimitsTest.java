package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Counting connections, in all and per address. */
final class ConnectionLimitsTest {
    private static final InetAddress ONE = address(1);
    private static final InetAddress TWO = address(2);

    private final Telemetry telemetry = new Telemetry();
    private final ConnectionLimits limits = new ConnectionLimits(3, 2, telemetry);

    private static InetAddress address(int last) {
        return new InetSocketAddress("192.0.2." + last, 1).getAddress();
    }

    @Test
    void shouldBoundOneAddress() {
        assertThat(limits.tryOpen(ONE)).isTrue();
        assertThat(limits.tryOpen(ONE)).isTrue();
        assertThat(limits.tryOpen(ONE)).isFalse();
        assertThat(limits.tryOpen(TWO)).isTrue();
        assertThat(telemetry.sum(Metric.CONNECTIONS_OVER_ADDRESS)).isEqualTo(1);
    }

    @Test
    void shouldBoundAll() {
        limits.tryOpen(ONE);
        limits.tryOpen(ONE);
        limits.tryOpen(TWO);

        assertThat(limits.tryOpen(TWO)).isFalse();
        assertThat(telemetry.sum(Metric.CONNECTIONS_OVER_TOTAL)).isEqualTo(1);
        assertThat(limits.open()).isEqualTo(3);
    }

    @Test
    void shouldMakeRoomWhenConnectionCloses() {
        limits.tryOpen(ONE);
        limits.tryOpen(ONE);
        limits.close(ONE);

        assertThat(limits.tryOpen(ONE)).isTrue();
    }

    @Test
    void shouldBoundTheNetworkOfAnIpv6Subscriber() {
        InetAddress one = NetUtil.createInetAddressFromIpAddressString("2001:db8:0:1::1");
        InetAddress same = NetUtil.createInetAddressFromIpAddressString("2001:db8:0:1:2:3:4:5");
        InetAddress other = NetUtil.createInetAddressFromIpAddressString("2001:db8:0:2::1");
        assertThat(limits.tryOpen(one)).isTrue();
        assertThat(limits.tryOpen(same)).isTrue();
        assertThat(limits.tryOpen(one)).isFalse();
        assertThat(limits.tryOpen(other)).isTrue();
        limits.close(same);
        assertThat(limits.tryOpen(one)).isTrue();
        assertThat(limits.addresses()).isEqualTo(2);
    }

    @Test
    void shouldBoundProxiesInAllAndTheirClientsEach() {
        assertThat(limits.tryOpenProxied()).isTrue();
        assertThat(limits.tryOpenProxied()).isTrue();
        assertThat(limits.tryOpenProxied()).isTrue();
        assertThat(limits.tryOpenProxied()).isFalse();
        assertThat(limits.tryJoin(ONE)).isTrue();
        assertThat(limits.tryJoin(ONE)).isTrue();
        assertThat(limits.tryJoin(ONE)).isFalse();
        assertThat(limits.open()).isEqualTo(3);

        limits.part(ONE);
        limits.closeProxied();
        assertThat(limits.tryOpenProxied()).isTrue();
        assertThat(limits.tryJoin(ONE)).isTrue();
        assertThat(telemetry.sum(Metric.CONNECTIONS_OPENED)).isEqualTo(4);
        assertThat(telemetry.sum(Metric.CONNECTIONS_OVER_ADDRESS)).isEqualTo(1);
    }

    @Test
    void shouldForgetAddressesWithoutConnection() {
        for (int i = 0; i < 255; i++) {
            limits.tryOpen(address(i));
            limits.close(address(i));
        }

        assertThat(limits.addresses()).isZero();
        assertThat(limits.open()).isZero();
    }
}
