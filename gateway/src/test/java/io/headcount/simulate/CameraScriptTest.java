package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CameraScriptTest {
    private static final long NOW_SEC = Instant.parse("2026-03-01T12:00:30Z").getEpochSecond();
    private static final long SECOND_NS = 1_000_000_000L;

    private final Chance chance = new Chance(Fleets.SEED);

    /** All posts of one camera in so many rounds. */
    private List<FleetPost> play(Mode mode, Misbehaviour habits, int rounds) {
        FleetSettings settings = Fleets.settings(mode, habits);
        CameraClock clock = CameraClock.startingAt(NOW_SEC * 1000, settings.timing());
        CameraScript script = new CameraScript(settings, chance, clock);
        Camera camera = Camera.of(0, habits, chance);
        List<FleetPost> posts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            script.play(camera, round, round * SECOND_NS / settings.timing().rate(), posts::add);
        }
        return posts;
    }

    private static List<Integer> people(FleetPost post) {
        return IntStream.range(0, post.windows()).mapToObj(post::people).toList();
    }

    @Test
    void shouldReportEveryMinuteOnceAndNoneThatIsAhead() {
        List<FleetPost> posts = play(Mode.INTERVAL, Misbehaviour.NONE, 10);

        assertThat(posts).hasSize(10);
        for (int i = 0; i < posts.size(); i++) {
            assertThat(posts.get(i).startSec()).isEqualTo(posts.get(0).startSec() + i * 60L);
            assertThat(posts.get(i).transmitSec())
                    .isEqualTo(posts.get(i).startSec() + 60)
                    .isLessThanOrEqualTo(NOW_SEC);
        }
    }

    @Test
    void shouldCountUpWithinAMinuteInRealTimeAndBeginAnewInTheNext() {
        List<FleetPost> posts = play(Mode.REALTIME, Misbehaviour.NONE, 8);

        assertThat(posts.stream().map(post -> post.people(0))).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
        assertThat(posts.get(7).startSec()).isEqualTo(posts.get(0).startSec() + 60);
    }

    @Test
    void shouldSendTheSameDocumentLaterAsDuplicate() {
        List<FleetPost> posts = play(Mode.INTERVAL, Fleets.habits(1, 0, 0), 1);

        assertThat(posts).hasSize(2);
        assertThat(people(posts.get(1))).isEqualTo(people(posts.get(0)));
        assertThat(posts.get(1).transmitSec()).isEqualTo(posts.get(0).transmitSec());
        assertThat(posts.get(1).dueNs()).isGreaterThan(posts.get(0).dueNs());
    }

    @Test
    void shouldSendOtherCountsOfTheSameSecondAsTieTheGreaterFirstOrLast() {
        List<FleetPost> posts = play(Mode.INTERVAL, Fleets.habits(0, 1, 0), 50);

        List<Integer> differences = new ArrayList<>();
        for (int i = 0; i < posts.size(); i += 2) {
            assertThat(posts.get(i + 1).transmitSec()).isEqualTo(posts.get(i).transmitSec());
            differences.add(posts.get(i + 1).people(0) - posts.get(i).people(0));
        }
        assertThat(differences).containsOnly(1, -1).contains(1).contains(-1);
    }

    @Test
    void shouldSendAllThatItHasCountedAfterAnOutage() {
        List<FleetPost> posts = play(Mode.INTERVAL, Fleets.habits(0, 0, 1), 4);
        List<FleetPost> usual = play(Mode.INTERVAL, Misbehaviour.NONE, 4);

        assertThat(posts).hasSize(1);
        assertThat(posts.get(0).startSec()).isEqualTo(usual.get(0).startSec());
        assertThat(posts.get(0).transmitSec()).isEqualTo(usual.get(3).transmitSec());
        assertThat(people(posts.get(0)))
                .isEqualTo(usual.stream().map(post -> post.people(0)).toList());
    }

    @Test
    void shouldSendMinutesInFullAfterAnOutageInRealTime() {
        List<FleetPost> posts = play(Mode.REALTIME, Fleets.habits(0, 0, 1), 13);

        assertThat(posts).hasSize(1);
        assertThat(people(posts.get(0))).containsExactly(4, 4, 4, 1);
    }

    @Test
    void shouldBeTheSameAgainForTheSameSeed() {
        List<List<Integer>> once = play(Mode.INTERVAL, Fleets.habits(0.3, 0.3, 0.1), 50).stream()
                .map(CameraScriptTest::people)
                .toList();
        List<List<Integer>> again = play(Mode.INTERVAL, Fleets.habits(0.3, 0.3, 0.1), 50).stream()
                .map(CameraScriptTest::people)
                .toList();

        assertThat(again).isEqualTo(once);
    }

    @Test
    void shouldMakeAboutAsManyClonesAndWrongClocksAsAskedFor() {
        Misbehaviour none = Misbehaviour.NONE;
        Misbehaviour habits = new Misbehaviour(0, 0, 0, 5, 0.2, 120, 0.1, 0, none.slowNs(), 0, 0.3, none.retries());
        List<Camera> cameras = IntStream.range(0, 10_000)
                .mapToObj(number -> Camera.of(number, habits, chance))
                .toList();

        assertThat(cameras.stream().filter(camera -> camera.deviceNumber() != camera.number()))
                .hasSizeBetween(900, 1_100);
        assertThat(cameras.stream().filter(camera -> camera.skewSec() != 0)).hasSizeBetween(1_800, 2_200);
        assertThat(cameras.stream().filter(Camera::retrying)).hasSizeBetween(2_800, 3_200);
        assertThat(cameras).allSatisfy(camera -> assertThat(camera.skewSec()).isBetween(-120, 120));
    }
}
