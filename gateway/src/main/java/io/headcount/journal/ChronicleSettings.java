package io.headcount.journal;

import net.openhft.chronicle.core.Jvm;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;

/** How Chronicle Queue is told to behave: by system properties, which it reads when its classes are loaded. */
public final class ChronicleSettings {
    private ChronicleSettings() {}

    /**
     * Sets what is not set yet. To be called before anything of Chronicle is loaded; the journal does so itself, main does
     * so first thing.
     */
    public static void prepare() {
        // no calls home, no banner
        set("chronicle.analytics.disable", "true");
        set("chronicle.announcer.disable", "true");
        // DiskWatch watches the disk
        set("chronicle.disk.monitor.disable", "true");
    }

    /**
     * Loads Chronicle's core without the native calls that it would load along, though it needs none yet: a tenth of the
     * gateway's start. The first that needs one loads them, which is {@link RoomCalls} at hc-disk's look after the first
     * record. To be called once {@link #prepare()} has been.
     */
    static void loadCore() {
        if (PosixAPIHolder.POSIX_API == null) {
            PosixAPI.useNoOpPosixApi();
            try {
                Jvm.init();
            } finally {
                PosixAPIHolder.POSIX_API = null;
            }
        }
    }

    private static void set(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
