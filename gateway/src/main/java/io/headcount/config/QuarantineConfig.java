package io.headcount.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where refused bodies are kept for the operator; meanings and defaults stand in {@code config/gateway.conf}.
 *
 * @param dir the directory; empty: refused bodies are not kept
 * @param maxSizeBytes of all files together; the oldest go first
 * @param maxBodyBytes kept of one body
 * @param maxPerSec bodies kept a second
 * @param reply what a refused post whose body is kept is answered
 */
public record QuarantineConfig(Optional<Path> dir, long maxSizeBytes, int maxBodyBytes, int maxPerSec, Reply reply) {
    /** What a refused post is answered. */
    public enum Reply {
        /** The refusal. */
        REFUSE,
        /** 200, for cameras that would send the same post again for ever. */
        ACCEPT
    }

    /** Checks every setting. */
    public QuarantineConfig {
        InvalidSetting.inRange("journal.quarantine.max-size", maxSizeBytes, 1 << 16, 1L << 50);
        InvalidSetting.inRange("journal.quarantine.max-body", maxBodyBytes, 1024, 1 << 20);
        InvalidSetting.inRange("journal.quarantine.max-per-second", maxPerSec, 1, 100_000);
        if (dir.isEmpty() && reply == Reply.ACCEPT) {
            throw new InvalidSetting(
                    "journal.quarantine.reply", "accept", "refuse, because journal.quarantine.dir is empty");
        }
        if (maxBodyBytes > maxSizeBytes) {
            throw new InvalidSetting(
                    "journal.quarantine.max-body", maxBodyBytes, "at most journal.quarantine.max-size");
        }
    }
}
