package io.headcount.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where refused bodies are kept for the operator; meanings and defaults stand in {@code config/gateway.conf}.
 *
 * @param dir the directory; empty: refused bodies are not kept
 * @param maxSizeBytes of all files together; the oldest go first
 * @param maxBodyBytes kept of one body
 * @param maxMemoryBytes of bodies on their way there: half while they come in, half while they wait to be written
 * @param maxPerSec bodies kept a second
 * @param reply what a refused post whose body is kept is answered
 */
public record QuarantineConfig(
        Optional<Path> dir, long maxSizeBytes, int maxBodyBytes, long maxMemoryBytes, int maxPerSec, Reply reply) {
    /** Refused bodies are not kept. */
    public static final QuarantineConfig OFF =
            new QuarantineConfig(Optional.empty(), 1 << 20, 1 << 16, 1 << 20, 1, Reply.REFUSE);

    /** What a refused post is answered. */
    public enum Reply {
        /** The refusal. */
        REFUSE,
        /** 200, for cameras that would send the same post again for ever. */
        ACCEPT
    }

    /** Checks every setting. */
    public QuarantineConfig {
        InvalidSetting.inRange("journal.quarantine.max-size", maxSizeBytes, 1 << 17, 1L << 50);
        InvalidSetting.inRange("journal.quarantine.max-body", maxBodyBytes, 1024, 1 << 20);
        InvalidSetting.inRange("journal.quarantine.max-memory", maxMemoryBytes, 1 << 20, 1L << 40);
        InvalidSetting.inRange("journal.quarantine.max-per-second", maxPerSec, 1, 100_000);
        if (dir.isEmpty() && reply == Reply.ACCEPT) {
            throw new InvalidSetting(
                    "journal.quarantine.reply", "accept", "refuse, because journal.quarantine.dir is empty");
        }
        if (maxBodyBytes > maxSizeBytes / 2) { // a file is a little larger than its body
            throw new InvalidSetting(
                    "journal.quarantine.max-body", maxBodyBytes, "at most half of journal.quarantine.max-size");
        }
    }
}
