package io.headcount.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final Telemetry telemetry = new Telemetry();

    @Test
    void shouldStartEveryCounterAtZero() {
        for (Metric metric : Metric.values()) {
            assertThat(telemetry.sum(metric)).as(metric.name()).isZero();
        }
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(telemetry.refusals(reason)).as(reason.name()).isZero();
        }
    }

    @Test
    void shouldCountEachByItself() {
        telemetry.count(Metric.ROWS_NEW);
        telemetry.count(Metric.ROWS_NEW, 4);
        telemetry.count(Metric.ROWS_STALE);
        telemetry.countRefusal(RefusalReason.MISSING);
        assertThat(telemetry.sum(Metric.ROWS_NEW)).isEqualTo(5);
        assertThat(telemetry.sum(Metric.ROWS_STALE)).isEqualTo(1);
        assertThat(telemetry.sum(Metric.ROWS_NEWER)).isZero();
        assertThat(telemetry.refusals(RefusalReason.MISSING)).isEqualTo(1);
        assertThat(telemetry.refusals(RefusalReason.OUT_OF_RANGE)).isZero();
    }

    @Test
    void shouldLoseNothingThatSeveralThreadsCount() throws InterruptedException {
        Thread other = new Thread(() -> countMany());
        other.start();
        countMany();
        other.join();
        assertThat(telemetry.sum(Metric.POSTS_ACCEPTED)).isEqualTo(200_000);
    }

    private void countMany() {
        for (int i = 0; i < 100_000; i++) {
            telemetry.count(Metric.POSTS_ACCEPTED);
        }
    }

    @Test
    void shouldTellTheMembersOfAFamilyApartByOneLabel() {
        Map<String, String> heads = new HashMap<>();
        Set<String> members = new HashSet<>();
        for (Metric metric : Metric.values()) {
            String head = metric.labelName() + " " + metric.help();
            assertThat(heads.merge(metric.family(), head, (first, next) -> first))
                    .isEqualTo(head);
            assertThat(members.add(metric.family() + "/" + metric.labelValue()))
                    .as(metric.name())
                    .isTrue();
            assertThat(metric.labelName() == null).isEqualTo(metric.labelValue() == null);
        }
    }

    @Test
    void shouldNameCountersAsPrometheusWantsThem() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.family()).matches("headcount(_[a-z]+)+").doesNotEndWith("_total");
            assertThat(metric.help()).isNotBlank().doesNotEndWith(".");
        }
    }
}
