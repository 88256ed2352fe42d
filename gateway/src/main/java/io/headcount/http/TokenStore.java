package io.headcount.http;

import io.headcount.config.InvalidSetting;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens in force. Their file is read again when it changes; one that is broken changes nothing. Read by any thread, read
 * anew on hc-files. file -> Tokens.
 */
final class TokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(TokenStore.class);

    private final Path file;
    private final Telemetry telemetry;
    private volatile Tokens tokens; // written by hc-files

    private TokenStore(Path file, Telemetry telemetry) {
        this.file = file;
        this.telemetry = telemetry;
    }

    /**
     * Reads the file and keeps watching it.
     *
     * @throws InvalidSetting naming file and line and what was expected
     */
    static TokenStore open(Path file, Telemetry telemetry, FileWatch watch) {
        TokenStore store = new TokenStore(file, telemetry);
        watch.add(List.of(file), store::readAgain); // first, so that no change is missed
        store.tokens = TokenFile.read(file);
        TokenFile.warnings(file).forEach(LOG::warn);
        return store;
    }

    /** Those of the last file that was right. */
    Tokens inForce() {
        return tokens;
    }

    private void readAgain() {
        try {
            Tokens read = TokenFile.read(file);
            tokens = read;
            telemetry.count(Metric.TOKENS_READ);
            LOG.info("http.tokens: {} has changed, {} tokens are in force now", file, read.size());
            TokenFile.warnings(file).forEach(LOG::warn);
        } catch (InvalidSetting mistake) {
            telemetry.count(Metric.TOKENS_BROKEN);
            LOG.error("{}; the {} tokens before stay in force", mistake.getMessage(), tokens.size());
        }
    }
}
