package io.headcount.aggregate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices when two cameras post under one DeviceId, which keeps its factory default where nobody changed it (PROTOCOL,
 * decision 2). Bounded: the DeviceId silent longest is forgotten first. hc-pipeline.
 */
final class IdentityWatch {
    private static final class Seen {
        private String identity;
        private long lastMs;
        private boolean inConflict;
        private long conflictMs;

        Seen(String identity) {
            this.identity = identity;
        }
    }

    private final long windowMs;
    private final Map<String, Seen> devices;

    IdentityWatch(long windowMs, int maxDevices) {
        this.windowMs = windowMs;
        this.devices = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
                return size() > maxDevices;
            }
        };
    }

    /** Whether another identity posted under this DeviceId within the ledger's window before this post. */
    boolean inConflict(String deviceId, String identity, long nowMs) {
        Seen seen = devices.get(deviceId);
        if (seen == null) {
            seen = new Seen(identity);
            devices.put(deviceId, seen);
        } else if (!seen.identity.equals(identity)) {
            if (nowMs - seen.lastMs <= windowMs) {
                seen.inConflict = true;
                seen.conflictMs = nowMs;
            }
            seen.identity = identity;
        }
        seen.lastMs = nowMs;
        seen.inConflict &= nowMs - seen.conflictMs <= windowMs;
        return seen.inConflict;
    }
}
