package io.headcount.http;

import io.headcount.config.AccessConfig;
import io.headcount.model.Post;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How fast each device posts, over all its connections. So many devices are remembered; beyond, the one silent longest goes, and
 * would begin anew. Any thread: the devices are spread over parts with a lock each, held for one look into a map. Post -> yes or no.
 */
final class DeviceRates {
    private static final int PARTS = 16;
    /** With fewer devices than this in each, parts would fill too unevenly. */
    private static final int LEAST_PER_PART = 1024;

    private final boolean limited;
    private final RateLimit limit;
    private final List<Part> parts = new ArrayList<>();
    private final int maxPerPart;
    private final Telemetry telemetry;
    private final Ticker ticker;
    private final long startNs;

    DeviceRates(AccessConfig config, Telemetry telemetry, Ticker ticker) {
        this.limited = config.deviceRatePerSec() > 0;
        this.limit = RateLimit.of(Math.max(1, config.deviceRatePerSec()), TimeUnit.SECONDS, config.deviceBurst());
        int partsWanted = config.maxDevices() < PARTS * LEAST_PER_PART ? 1 : PARTS;
        this.maxPerPart = config.maxDevices() / partsWanted;
        for (int i = 0; i < partsWanted; i++) {
            parts.add(new Part());
        }
        this.telemetry = telemetry;
        this.ticker = ticker;
        this.startNs = ticker.nanoTime();
    }

    /** Counts a post of its device; false when it is one too many. */
    boolean admits(Post post) {
        if (!limited) {
            return true;
        }
        // one text rather than a pair: a map of comparable keys stays quick when keys are chosen to collide
        String device = post.deviceId() + '\n' + post.identity();
        return parts.get(Math.floorMod(device.hashCode(), parts.size())).admits(device);
    }

    /** Devices remembered now. */
    int devices() {
        int devices = 0;
        for (Part part : parts) {
            devices += part.size();
        }
        return devices;
    }

    /** The devices of one lock. */
    private final class Part {
        // device -> time up to which its posts are spent, the one silent longest first; guarded by this
        private final Map<String, Long> spentUpToNs = new LinkedHashMap<>(16, 0.75f, true);

        synchronized boolean admits(String device) {
            long now = ticker.nanoTime() - startNs;
            long before = spentUpToNs.getOrDefault(device, 0L);
            if (limit.exceeded(before, now)) {
                return false;
            }
            spentUpToNs.put(device, limit.spent(before, now));
            if (spentUpToNs.size() > maxPerPart) {
                forgetOne();
            }
            return true;
        }

        private void forgetOne() {
            Iterator<String> silentLongest = spentUpToNs.keySet().iterator();
            silentLongest.next();
            silentLongest.remove();
            telemetry.count(Metric.DEVICE_RATES_FORGOTTEN);
        }

        synchronized int size() {
            return spentUpToNs.size();
        }
    }
}
