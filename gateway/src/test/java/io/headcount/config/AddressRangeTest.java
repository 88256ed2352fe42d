package io.headcount.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a range in CIDR notation holds. */
class AddressRangeTest {
    private static AddressRange range(String text) {
        return AddressRange.parse("http.allow", List.of(text)).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::a00:1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.4/31, 192.0.2.5, true",
        "192.0.2.4/31, 192.0.2.6, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:7fff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1, ::1, true",
    })
    void shouldHoldItsAddresses(String range, String address, boolean held) throws UnknownHostException {
        assertThat(range(range).contains(InetAddress.getByName(address))).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/33", "10.0.0.0/1000", "10.0.0.1/8", "10",
                "10.1/16", "256.0.0.1", "localhost", "example.org/8", "fe80::1%eth0", "::/129", ":::", "[::1]", " ::1"
            })
    void shouldRefuseWhatIsNoRange(String text) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> range(text))
                .withMessageStartingWith("http.allow: \"" + text + "\" (expected: ");
    }

    @Test
    void shouldSaySo() {
        assertThat(range("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(range("10.0.0.1")).hasToString("10.0.0.1/32").isEqualTo(range("10.0.0.1/32"));
        assertThat(range("10.0.0.0/8")).isNotEqualTo(range("10.0.0.0/9")).hasSameHashCodeAs(range("10.0.0.0/8"));
    }
}
