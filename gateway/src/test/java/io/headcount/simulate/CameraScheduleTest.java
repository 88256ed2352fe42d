package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CameraScheduleTest {
    private static final long PERIOD_NS = Duration.ofSeconds(1).toNanos();
    private static final long BURST_NS = Duration.ofMillis(50).toNanos();
    private static final long EDGE_NS = Duration.ofMillis(300).toNanos();

    private record Due(int camera, long round, long atNs) {}

    private static List<Due> all(Camera[] cameras, Timing timing, Mode mode, long seed) {
        CameraSchedule schedule = CameraSchedule.ofPosts(cameras, timing, mode, EDGE_NS, new Chance(seed));
        List<Due> all = new ArrayList<>();
        while (schedule.nextNs() != CameraSchedule.NEVER) {
            all.add(new Due(cameras[schedule.camera()].number(), schedule.round(), schedule.nextNs()));
            schedule.advance();
        }
        return all;
    }

    private static List<Due> spread(long seed) {
        return all(Fleets.cameras(100), Fleets.timing(1, false), Mode.INTERVAL, seed);
    }

    @Test
    void shouldLetEveryCameraPostOncePerPeriodInOrderOfTime() {
        List<Due> all = spread(1);

        assertThat(all).hasSize(1_000).isSortedAccordingTo((a, b) -> Long.compare(a.atNs(), b.atNs()));
        for (long round = 0; round < 10; round++) {
            long present = round;
            assertThat(all.stream().filter(due -> due.round() == present).map(Due::camera))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void shouldKeepEachCameraAtItsDistance() {
        Map<Integer, Long> before = new HashMap<>();
        for (Due due : spread(1)) {
            Long last = before.put(due.camera(), due.atNs());
            assertThat(last == null ? PERIOD_NS : due.atNs() - last).isEqualTo(PERIOD_NS);
        }
    }

    @Test
    void shouldBeTheSameForTheSameSeedAndAnotherForAnother() {
        assertThat(spread(1)).isEqualTo(spread(1)).isNotEqualTo(spread(2));
    }

    @Test
    void shouldGiveACameraTheSameTimesWhicheverCamerasShareItsLoop() {
        Camera[] cameras = Fleets.cameras(100);
        Camera[] odd = IntStream.range(0, 50).mapToObj(i -> cameras[2 * i + 1]).toArray(Camera[]::new);

        assertThat(all(odd, Fleets.timing(1, false), Mode.INTERVAL, 1))
                .isEqualTo(
                        spread(1).stream().filter(due -> due.camera() % 2 == 1).toList());
    }

    @Test
    void shouldFillThePeriodWhenSpreadAndTheBurstBehindTheEdgeWhenAligned() {
        List<Due> aligned = all(Fleets.cameras(100), Fleets.timing(1, true), Mode.INTERVAL, 1);

        assertThat(spread(1).get(99).atNs()).isBetween(PERIOD_NS / 10 * 9, PERIOD_NS);
        assertThat(aligned)
                .allSatisfy(due -> assertThat(due.atNs() - EDGE_NS - due.round() * PERIOD_NS)
                        .isBetween(0L, BURST_NS));
    }

    @Test
    void shouldPostSeveralTimesPerPeriodInRealTime() {
        assertThat(all(Fleets.cameras(10), Fleets.timing(4, false), Mode.REALTIME, 1))
                .hasSize(400);
    }

    @Test
    void shouldEndWithTheRun() {
        assertThat(spread(1)).allSatisfy(due -> assertThat(due.atNs()).isLessThan(10 * PERIOD_NS));
        assertThat(CameraSchedule.never().nextNs()).isEqualTo(CameraSchedule.NEVER);
    }
}
