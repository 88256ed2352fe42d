package io.headcount.journal;

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

    private static void set(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
