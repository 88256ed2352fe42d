package io.headcount.http;

import io.headcount.config.InvalidSetting;
import io.headcount.config.TlsConfig;
import java.time.Instant;
import java.util.List;

/**
 * Finds out whether the TLS port can work with its files and settings, and what should be mended although it can. Any thread.
 *
 * @param facts what an operator wants to know of the files, a sentence each; none while TLS is off
 * @param warnings what should be mended, a sentence each
 */
public record TlsCheck(List<String> facts, List<String> warnings) {
    /**
     * Checks certificate, key, client CAs and ciphers.
     *
     * @param config settings of the port
     * @param now the time to hold the certificates against
     * @throws InvalidSetting when the port can't work: key, file, and what was expected; never what stands in a file
     */
    public static TlsCheck of(TlsConfig config, Instant now) {
        if (!config.enabled()) {
            return new TlsCheck(List.of(), List.of());
        }
        TlsKeys keys = TlsKeys.read(config);
        TlsContext.check(config, keys, TlsLibrary.best());
        String fact = "http.tls.certificate: " + config.certificate().orElseThrow() + ": valid until " + keys.expiry();
        return new TlsCheck(List.of(fact), keys.warnings(config, now));
    }
}
