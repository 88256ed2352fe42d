package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Posts of several connections that wait for the same ring. */
final class WaitingRoomTest {
    private final EmbeddedIntake intake = new EmbeddedIntake();
    private final WaitingRoom room = intake.loop.waitingRoom();

    @AfterEach
    void close() {
        intake.close();
    }

    private Exchange enter(String device) {
        Exchange exchange = arrive(device);
        intake.channel.runPendingTasks();
        return exchange;
    }

    private Exchange arrive(String device) {
        Exchange exchange = intake.loop.exchanges().take();
        exchange.delivery().post().deviceId(device);
        room.enter(exchange);
        return exchange;
    }

    @Test
    void shouldPublishInTheOrderOfArrival() {
        intake.ring.room(1);
        enter("1");
        enter("2");
        enter("3");
        intake.ring.room(2);
        enter("4");
        assertThat(intake.ring.devices()).as("4 does not overtake").containsExactly("1");

        room.retry();
        assertThat(intake.ring.devices()).containsExactly("1", "2");
        intake.ring.room(4);
        room.retry();
        assertThat(intake.ring.devices()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void shouldPublishTogetherWhatArrivesInOneTurn() {
        arrive("1");
        Exchange gone = arrive("2");
        arrive("3");
        assertThat(intake.ring.devices()).as("before the turn ends").isEmpty();
        assertThat(room.leave(gone)).isTrue();

        intake.channel.runPendingTasks();
        assertThat(intake.ring.devices()).containsExactly("1", "3");
        assertThat(intake.ring.handOvers()).isEqualTo(1);
    }

    @Test
    void shouldLetThoseOfATurnWaitForWhomThereIsNoRoom() {
        intake.ring.room(2);
        arrive("1");
        arrive("2");
        arrive("3");

        intake.channel.runPendingTasks();
        assertThat(intake.ring.devices()).containsExactly("1", "2");
        assertThat(room.size()).isEqualTo(1);
    }

    @Test
    void shouldTryAgainAfterSettling() {
        intake.ring.room(1);
        enter("1");
        enter("2");
        intake.ring.settle(true);
        intake.channel.runPendingTasks();

        assertThat(intake.ring.devices()).containsExactly("2");
    }

    @Test
    void shouldLetOneGoFromTheMiddle() {
        intake.ring.room(0);
        enter("1");
        Exchange gone = enter("2");
        enter("3");
        assertThat(room.leave(gone)).isTrue();
        assertThat(room.leave(gone)).isFalse();

        intake.ring.room(3);
        room.retry();
        assertThat(intake.ring.devices()).containsExactly("1", "3");
    }

    @Test
    void shouldTryAgainByItselfAsLongAsSomebodyWaits() {
        intake.ring.room(0);
        enter("1");
        intake.pass(1_000);
        intake.ring.room(1);
        intake.pass(5);

        assertThat(intake.ring.devices()).containsExactly("1");
    }
}
