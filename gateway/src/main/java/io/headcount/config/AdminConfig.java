package io.headcount.config;

/**
 * The admin port's settings.
 *
 * @param enabled whether it is served at all
 * @param host address to listen on
 * @param port 0 to 65535; 0 means any free one
 */
public record AdminConfig(boolean enabled, String host, int port) {
    /** Checks every setting. */
    public AdminConfig {
        if (host.isBlank()) {
            throw new InvalidSetting("admin.host", "\"\"", "an address or host name");
        }
        InvalidSetting.inRange("admin.port", port, 0, 65535);
    }
}
