package io.headcount.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the limit of open files has room for. The journal and the disk watch need to open files, too: once
 * connections had taken the last one, the free disk space could not be told and all posts were refused. files -> connections.
 */
final class FileLimit {
    private static final Logger LOG = LoggerFactory.getLogger(FileLimit.class);
    private static final long RESERVED_FILES = 64;
    private static final long LEAST_CONNECTIONS = 16;

    private FileLimit() {}

    /** The configured bound, or less where the process may not open that many files. */
    static int connections(int configured) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (!(system instanceof UnixOperatingSystemMXBean unix)) {
            return configured;
        }
        int bound = connections(configured, unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
        if (bound < configured) {
            LOG.warn(
                    "http.max-connections: {} is more than the limit of {} open files has room for; {} are taken",
                    configured,
                    unix.getMaxFileDescriptorCount(),
                    bound);
        }
        return bound;
    }

    static int connections(int configured, long maxFiles, long openFiles) {
        long room = Math.max(LEAST_CONNECTIONS, maxFiles - openFiles - RESERVED_FILES);
        return (int) Math.min(configured, room);
    }
}
