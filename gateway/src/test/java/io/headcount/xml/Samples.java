package io.headcount.xml;

import java.util.List;

/** The documents under {@code src/test/resources/samples}. */
final class Samples {
    private Samples() {}

    static List<String> names() {
        return List.of(
                "brickstream-3d-batch-v1.xml",
                "brickstream-3d-batch-v2.xml",
                "brickstream-3d-batch-v3.xml",
                "brickstream-3d-batch-v5.xml",
                "brickstream-realtime-metrics.xml",
                "v1.0-en-heartbeat-diags.xml",
                "v1.0-en-interval-metrics.xml",
                "v1.0-en-realtime-rtmetrics.xml",
                "v2.1-event-metrics-with-attributes.xml",
                "v2.1-heartbeat-diags-wifi.xml",
                "vendor-heartbeat-diags.xml",
                "vendor-interval-metrics.xml",
                "vendor-realtime-rtmetrics.xml");
    }
}
