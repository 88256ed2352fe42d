package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import io.headcount.model.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What large posts take together while they are read and until they are answered. */
final class PostMemoryTest {
    private static final int ROWS = 1_000;
    private static final int MOST_ROWS = HttpSettings.XML.maxRows();
    private static final int LENGTH = 1 << 20;

    private EmbeddedIntake intake = intake(0);

    private static EmbeddedIntake intake(long maxPostMemoryBytes) {
        HttpSettings settings = new HttpSettings();
        settings.maxBodyBytes = LENGTH;
        settings.maxPostMemoryBytes = maxPostMemoryBytes;
        return new EmbeddedIntake(settings);
    }

    @AfterEach
    void close() {
        intake.close();
    }

    private static String rows(int count) {
        StringBuilder document =
                new StringBuilder("<Metrics DeviceId=\"cam-1\"><Properties><Version>1</Version></Properties>"
                        + "<ReportData Interval=\"1\"><Report><Object>");
        for (int row = 0; row < count; row++) {
            document.append("<Count UnixStartTime=\"").append(EmbeddedIntake.NOW_MS / 60_000 * 60 - row * 60L);
            document.append("\" Enters=\"1\" Exits=\"1\"/>");
        }
        return document.toString();
    }

    private static String document(int rows) {
        return rows(rows) + "</Object></Report></ReportData></Metrics>";
    }

    /** The beginning of a post, as long as may be, of which so many rows have come. */
    private static String halfRead(int rows) {
        return "POST / HTTP/1.1\r\nHost: g\r\nContent-Length: " + LENGTH + "\r\n\r\n" + rows(rows);
    }

    @Test
    void shouldCountWhatLargePostsTakeWhileTheyAreRead() {
        intake.send(halfRead(ROWS));

        assertThat(intake.memory.takenBytes())
                .isBetween(
                        rows(ROWS).length() + Rows.mostBytes(ROWS) / 2,
                        rows(ROWS).length() + 3 * Rows.mostBytes(ROWS));
        assertThat(intake.statuses()).isEmpty();
    }

    @Test
    void shouldNotCountEverydayPosts() {
        intake.send(post(DOCUMENT)).send(post(document(64)));
        assertThat(intake.memory.takenBytes()).isZero();

        intake.settle();
        assertThat(intake.statuses()).containsExactly(200, 200);
    }

    @Test
    void shouldGiveBackWhenThePostIsAnswered() {
        intake.send(post(document(ROWS)));
        assertThat(intake.memory.takenBytes()).as("it waits for the journal").isPositive();

        intake.settle();
        assertThat(intake.statuses()).containsExactly(200);
        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldGiveBackWhenTheRingThrows() {
        intake.ring.breaks(true);
        intake.send(post(document(ROWS)));
        intake.channel.runPendingTasks();
        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.memory.takenBytes()).isZero();
        assertThat(intake.faults).singleElement().isInstanceOf(IllegalStateException.class);

        intake.ring.breaks(false);
        intake.send(post(document(ROWS))).settle();
        assertThat(intake.statuses()).containsExactly(503, 200);
    }

    @Test
    void shouldGiveBackWhenTheRingThrowsWhileThePostWaits() {
        intake.ring.room(0);
        intake.send(post(document(ROWS))).pass(0);
        assertThat(intake.memory.takenBytes()).isPositive();
        intake.ring.breaks(true);
        intake.pass(5);

        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.memory.takenBytes()).isZero();
        assertThat(intake.loop.waitingRoom().size()).isZero();
        intake.pass(100);
        assertThat(intake.faults).hasSize(1);
    }

    @Test
    void shouldGiveBackWhenThePeerGoes() {
        intake.send(halfRead(ROWS));
        intake.channel.close();

        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldGiveBackWhenThePeerEndsItsInput() {
        intake.send(halfRead(ROWS)).endInput();

        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldGiveBackWhenTheBodyTakesTooLong() {
        intake.send(halfRead(ROWS)).pass(200_000);

        assertThat(intake.statuses()).containsExactly(408);
        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldGiveBackWhenThePostIsRefused() {
        intake.send(post(rows(ROWS) + "</Object>"));

        assertThat(intake.statuses()).containsExactly(400);
        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldGiveBackWhenTheParserFails() {
        intake.send(halfRead(ROWS));
        intake.channel.pipeline().fireExceptionCaught(new IllegalStateException("as the test wants it"));

        assertThat(intake.isOpen()).isFalse();
        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldGiveBackWhenThePostOfAPeerThatHasGoneIsSettled() {
        intake.send(post(document(ROWS)));
        intake.channel.close();
        intake.settle();

        assertThat(intake.memory.takenBytes()).isZero();
    }

    @Test
    void shouldTakeAPostOfTheLargestSizeHoweverSmallTheBoundIs() {
        swap(intake(1));
        intake.send(post(document(MOST_ROWS))).settle();

        assertThat(intake.statuses()).containsExactly(200);
    }

    @Test
    void shouldRefuseTheLargePostThatFindsNoRoomAndTakeEverydayOnes() {
        swap(full());
        long others = intake.memory.takenBytes();
        intake.send(post(document(ROWS)));

        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.answers()).contains("Retry-After: ").doesNotContain("Connection: close");
        assertThat(intake.telemetry.refusals(RefusalReason.MEMORY)).isEqualTo(1);
        assertThat(intake.memory.takenBytes()).as("what it took is given back").isEqualTo(others);

        intake.send(post(DOCUMENT)).settle();
        assertThat(intake.statuses()).containsExactly(503, 200);

        intake.memory.giveBack(others);
        intake.send(post(document(ROWS))).settle();
        assertThat(intake.statuses()).containsExactly(503, 200, 200);
    }

    @Test
    void shouldGiveBackAtOnceAndReadTheRestOfARefusedBody() {
        swap(full());
        long others = intake.memory.takenBytes();
        String request = post(document(ROWS));
        int some = request.indexOf("<Count") + 6_000; // a hundred rows: they still find room
        int half = request.length() / 2;
        intake.send(request.substring(0, some));
        assertThat(intake.memory.takenBytes()).isGreaterThan(others);
        intake.send(request.substring(some, half));

        assertThat(intake.memory.takenBytes()).isEqualTo(others);
        assertThat(intake.statuses()).isEmpty();

        intake.send(request.substring(half));
        assertThat(intake.statuses()).containsExactly(503);
    }

    private void swap(EmbeddedIntake other) {
        intake.close();
        intake = other;
    }

    /** An intake where others take all but a little. */
    private static EmbeddedIntake full() {
        EmbeddedIntake full = intake(0);
        HttpSettings settings = new HttpSettings();
        settings.maxBodyBytes = LENGTH;
        full.memory.grow(PostMemory.shareOf(settings.config(), HttpSettings.XML, 1) - 20_000);
        return full;
    }
}
