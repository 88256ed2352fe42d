package io.headcount.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may post; meanings and defaults stand in {@code config/gateway.conf}.
 *
 * @param tokens the file of path tokens; empty: posts need none
 * @param allow addresses that may post; empty: all
 * @param proxies addresses whose connections begin with a PROXY protocol header
 * @param deviceRatePerSec posts a second of one device; 0: no limit
 * @param deviceBurst posts that one device may send at once before the rate counts
 * @param maxDevices devices whose rate is remembered, as {@code presence.max-devices}; beyond it the one silent longest goes
 */
public record AccessConfig(
        Optional<Path> tokens,
        List<AddressRange> allow,
        List<AddressRange> proxies,
        int deviceRatePerSec,
        int deviceBurst,
        int maxDevices) {
    /** Everybody may post, as often as he likes. */
    public static final AccessConfig OPEN = new AccessConfig(Optional.empty(), List.of(), List.of(), 0, 1, 1);

    /** Checks every setting. */
    public AccessConfig {
        allow = List.copyOf(allow);
        proxies = List.copyOf(proxies);
        InvalidSetting.inRange("http.device-rate", deviceRatePerSec, 0, 1_000_000);
        InvalidSetting.inRange("http.device-burst", deviceBurst, 1, 1_000_000);
        InvalidSetting.inRange("presence.max-devices", maxDevices, 1, 10_000_000);
    }
}
