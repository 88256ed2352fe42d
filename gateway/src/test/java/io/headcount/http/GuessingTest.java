package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests without a valid token, counted per address. */
final class GuessingTest {
    private static final InetAddress ONE = address("192.0.2.1");

    private final MockTicker ticker = Ticker.newMockTicker();
    private final Guessing guessing = new Guessing(ticker);

    private static InetAddress address(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }

    /** How many of these guesses are counted before there are too many. */
    private int counted(InetAddress from, int guesses) {
        int counted = 0;
        for (int i = 0; i < guesses; i++) {
            counted += guessing.tooMany(from) ? 0 : 1;
        }
        return counted;
    }

    @Test
    void shouldFindTwentyAtOnceEnough() {
        assertThat(counted(ONE, 1_000)).isEqualTo(20);
    }

    @Test
    void shouldForgiveOneEveryThreeSeconds() {
        counted(ONE, 20);
        ticker.advance(2_999, TimeUnit.MILLISECONDS);
        assertThat(counted(ONE, 5)).isZero();
        ticker.advance(1, TimeUnit.MILLISECONDS);
        assertThat(counted(ONE, 5)).isEqualTo(1);
        ticker.advance(1, TimeUnit.HOURS);
        assertThat(counted(ONE, 1_000)).isEqualTo(20);
    }

    @Test
    void shouldCountAddressesApart() {
        counted(ONE, 1_000);
        int untouched = 0;
        for (int i = 2; i < 102; i++) { // two may share an entry of the table by chance
            untouched += counted(address("192.0.2." + i), 20) == 20 ? 1 : 0;
        }
        assertThat(untouched).isGreaterThan(90);
    }

    @Test
    void shouldCountTheNetworkOfAnIpv6Subscriber() {
        counted(address("2001:db8:1:2::1"), 20);
        assertThat(counted(address("2001:db8:1:2:ffff::9"), 20)).isZero();
        int untouched = 0;
        for (int i = 3; i < 103; i++) {
            untouched += counted(address("2001:db8:1:" + i + "::1"), 20) == 20 ? 1 : 0;
        }
        assertThat(untouched).isGreaterThan(90);
    }

    @Test
    void shouldCountAnAddressThatIsNotKnown() {
        assertThat(counted(null, 1_000)).isEqualTo(20);
    }

    @Test
    void shouldShareEntriesByChance() {
        assertThat(sharing(new Guessing(ticker))).isNotEqualTo(sharing(new Guessing(ticker)));
    }

    /** Which of many addresses found their entry spent by others. */
    private static String sharing(Guessing guessing) {
        StringBuilder sharing = new StringBuilder();
        for (int i = 0; i < 1 << 16; i++) {
            InetAddress address = address("10.1." + (i >> 8) + "." + (i & 0xff));
            boolean spent = false;
            for (int guess = 0; guess < 20; guess++) {
                spent |= guessing.tooMany(address);
            }
            sharing.append(spent ? '1' : '0');
        }
        return sharing.toString();
    }
}
