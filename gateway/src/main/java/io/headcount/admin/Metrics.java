package io.headcount.admin;

import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateway's counters and gauges, and the JVM's, as Prometheus reads them. */
final class Metrics {
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private boolean jvmRegistered;

    Metrics(Telemetry telemetry, List<GaugeReading> gauges) {
        families().forEach((family, metrics) -> register(family, metrics, telemetry));
        registerRefusals(telemetry);
        gauges.forEach(this::register);
    }

    private static Map<String, List<Metric>> families() {
        Map<String, List<Metric>> families = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            families.computeIfAbsent(metric.family(), family -> new ArrayList<>())
                    .add(metric);
        }
        return families;
    }

    private void register(String family, List<Metric> metrics, Telemetry telemetry) {
        Metric first = metrics.get(0);
        CounterWithCallback.Builder builder =
                CounterWithCallback.builder().name(family).help(first.help());
        if (first.labelName() != null) {
            builder.labelNames(first.labelName());
        }
        builder.callback(callback ->
                        metrics.forEach(metric -> callback.call((double) telemetry.sum(metric), labels(metric))))
                .register(registry);
    }

    private static String[] labels(Metric metric) {
        return metric.labelName() == null ? new String[0] : new String[] {metric.labelValue()};
    }

    private void registerRefusals(Telemetry telemetry) {
        CounterWithCallback.builder()
                .name("headcount_posts_refused")
                .help("Requests refused, by reason and status of the answer")
                .labelNames("reason", "status")
                .callback(callback -> {
                    for (RefusalReason reason : RefusalReason.values()) {
                        callback.call(
                                (double) telemetry.refusals(reason), reason.label(), Integer.toString(reason.status()));
                    }
                })
                .register(registry);
    }

    private void register(GaugeReading gauge) {
        boolean labelled = gauge.labelName() != null;
        GaugeWithCallback.Builder builder =
                GaugeWithCallback.builder().name(gauge.name()).help(gauge.help());
        if (labelled) {
            builder.labelNames(gauge.labelName());
        }
        builder.callback(callback -> gauge.values()
                        .get()
                        .forEach((label, value) ->
                                callback.call(value, labelled ? new String[] {label} : new String[0])))
                .register(registry);
    }

    /** At the first scrape: they bring the JDK's management beans along, a tenth of the gateway's start. */
    private synchronized void registerJvm() {
        if (!jvmRegistered) {
            JvmMetrics.builder().register(registry);
            jvmRegistered = true;
        }
    }

    /** The writer for what a client accepts: OpenMetrics where it asks for it, else Prometheus text. */
    ExpositionFormatWriter writer(String accept) {
        return accept != null && accept.contains(OPEN_METRICS)
                ? formats.getOpenMetricsTextFormatWriter()
                : formats.getPrometheusTextFormatWriter();
    }

    void write(ExpositionFormatWriter writer, OutputStream out) throws IOException {
        registerJvm();
        writer.write(out, registry.scrape());
    }
}
