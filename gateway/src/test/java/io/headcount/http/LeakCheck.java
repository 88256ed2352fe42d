package io.headcount.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails the test run when a buffer was not released. Netty itself only logs a leak, if the collector happens to find it; here
 * it is made to look at the end of the run. Every allocation is watched: the build sets Netty's detection to paranoid.
 */
public final class LeakCheck implements LauncherSessionListener {
    private static final int COLLECTIONS = 5;
    private static final long PAUSE_MS = 50;

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Before any test: Netty's classes keep the detector they find when they are loaded.
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        for (int i = 0; i < COLLECTIONS; i++) {
            collect();
        }
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " buffers were not released:\n" + String.join("\n", leaks));
        }
    }

    private static void collect() {
        System.gc();
        try {
            Thread.sleep(PAUSE_MS); // the collector queues what it has found on a thread of its own
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        ByteBufAllocator.DEFAULT.directBuffer().release(); // an allocation reports the leaks before it
    }

    private final class RecordingFactory extends ResourceLeakDetectorFactory {
        @Override
        @Deprecated
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
            return new RecordingDetector<>(resource, interval);
        }
    }

    private final class RecordingDetector<T> extends ResourceLeakDetector<T> {
        RecordingDetector(Class<T> resource, int interval) {
            super(resource, interval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            leaks.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            leaks.add(resourceType);
        }
    }
}
