package io.headcount.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.RingConfig;
import io.headcount.model.Post;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Posts through the ring: hc-pipeline is real, the event loops are queues that the test works off. */
@Timeout(30)
class PostRingTest {
    private static final int SIZE = 16;

    /** A stage that writes down what it sees and holds or fails where the test wants it. */
    private static final class FakeStage implements PostStage {
        private final List<String> seen = new ArrayList<>();
        private final Semaphore arrived = new Semaphore(0);
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile String failsAt = "";
        private volatile boolean failsAtEnd;

        @Override
        public void onPost(Post post) {
            arrived.release();
            await(gate);
            if (post.deviceId().equals(failsAt)) {
                throw new IllegalStateException("as the test wants it");
            }
            seen.add(post.deviceId());
        }

        @Override
        public void onBatchEnd() {
            if (failsAtEnd) {
                throw new AssertionError("as the test wants it");
            }
            seen.add(";");
        }

        void hold() {
            gate = new CountDownLatch(1);
        }

        void go() {
            gate.countDown();
        }
    }

    /** An event loop whose tasks the test runs. */
    private static final class FakeLoop {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private final List<String> told = new ArrayList<>();
        private final AtomicInteger rooms = new AtomicInteger();
        private final SettlementLane lane = new SettlementLane(tasks::add, rooms::incrementAndGet);

        Delivery delivery(String deviceId) {
            Delivery delivery = new Delivery(lane);
            delivery.post().deviceId(deviceId);
            delivery.listener((settled, durable) -> told.add(settled.post().deviceId() + (durable ? "+" : "-")));
            return delivery;
        }

        void runTask() throws InterruptedException {
            tasks.take().run();
        }
    }

    private final FakeStage stage = new FakeStage();
    private final FakeStage second = new FakeStage();
    private final FakeLoop loop = new FakeLoop();
    private final FakeLoop otherLoop = new FakeLoop();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final Telemetry telemetry = new Telemetry();
    private final PostRing ring =
            new PostRing(new RingConfig(SIZE, 0, 60_000), 0, List.of(stage, second), failures::add, telemetry);

    @AfterEach
    void stop() {
        stage.go();
        ring.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void publish(FakeLoop from, String... deviceIds) {
        for (String deviceId : deviceIds) {
            assertThat(ring.tryPublish(from.delivery(deviceId))).isTrue();
        }
    }

    /** Starts the pipeline on a first post and holds it there: what is published then is one batch. */
    private void holdAt(String deviceId) throws InterruptedException {
        stage.hold();
        publish(loop, deviceId);
        ring.start();
        stage.arrived.acquire();
    }

    @Test
    void shouldTakePostsThroughAllStagesInOrder() throws InterruptedException {
        publish(loop, "a", "b", "c");
        ring.start();
        loop.runTask();
        assertThat(stage.seen).containsExactly("a", "b", "c", ";");
        assertThat(second.seen).containsExactly("a", "b", "c", ";");
        assertThat(loop.told).containsExactly("a+", "b+", "c+");
    }

    @Test
    void shouldSettleABatchWithOneTaskForEachLoop() throws InterruptedException {
        holdAt("first");
        publish(loop, "a", "b");
        publish(otherLoop, "x");
        publish(loop, "c");
        publish(otherLoop, "y");
        stage.go();
        loop.runTask();
        otherLoop.runTask();
        loop.runTask();
        assertThat(loop.told).containsExactly("first+", "a+", "b+", "c+");
        assertThat(otherLoop.told).containsExactly("x+", "y+");
        ring.close();
        assertThat(loop.tasks).isEmpty();
        assertThat(otherLoop.tasks).isEmpty();
        assertThat(loop.rooms).hasValue(2);
        assertThat(otherLoop.rooms).hasValue(1);
        assertThat(stage.seen).containsExactly("first", ";", "a", "b", "x", "c", "y", ";");
        assertThat(telemetry.sum(Metric.PIPELINE_BATCHES)).isEqualTo(2);
    }

    @Test
    void shouldRefuseAPostWhenItIsFullAndTakeItLater() throws InterruptedException {
        holdAt("0");
        for (int i = 1; i < SIZE; i++) {
            publish(loop, Integer.toString(i));
        }
        Delivery waiting = loop.delivery("late");
        assertThat(ring.tryPublish(waiting)).isFalse();
        assertThat(ring.tryPublish(waiting)).isFalse();
        assertThat(ring.depth()).isEqualTo(SIZE);
        stage.go();
        loop.runTask();
        while (!ring.tryPublish(waiting)) {
            Thread.onSpinWait();
        }
        ring.close();
        while (!loop.tasks.isEmpty()) {
            loop.runTask();
        }
        assertThat(loop.told).hasSize(SIZE + 1).endsWith("15+", "late+");
        assertThat(ring.depth()).isZero();
    }

    @Test
    void shouldTakeSeveralAtOnceInOrderOrNone() throws InterruptedException {
        holdAt("first");
        assertThat(ring.tryPublish(List.of(loop.delivery("a"), otherLoop.delivery("x"), loop.delivery("b"))))
                .isTrue();
        List<Delivery> tooMany = new ArrayList<>();
        for (int i = 0; i < SIZE - 3; i++) {
            tooMany.add(loop.delivery("none"));
        }
        assertThat(ring.tryPublish(tooMany)).isFalse();
        assertThat(ring.depth()).isEqualTo(4);
        stage.go();
        loop.runTask();
        otherLoop.runTask();
        loop.runTask();
        assertThat(loop.told).containsExactly("first+", "a+", "b+");
        assertThat(otherLoop.told).containsExactly("x+");
    }

    @Test
    void shouldTakeMoreThanItsSizeOverTime() throws InterruptedException {
        ring.start();
        for (int i = 0; i < 10 * SIZE; i++) {
            publish(loop, Integer.toString(i));
            loop.runTask();
        }
        assertThat(loop.told).hasSize(10 * SIZE).startsWith("0+", "1+").endsWith("159+");
    }

    @Test
    void shouldKeepTheOrderOfEveryLoop() throws InterruptedException {
        ring.start();
        Thread other = new Thread(() -> publishAll(otherLoop));
        other.start();
        publishAll(loop);
        other.join();
        ring.close();
        for (FakeLoop each : List.of(loop, otherLoop)) {
            while (!each.tasks.isEmpty()) {
                each.runTask();
            }
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                expected.add(i + "+");
            }
            assertThat(each.told).isEqualTo(expected);
        }
    }

    private void publishAll(FakeLoop from) {
        for (int i = 0; i < 5000; i++) {
            Delivery delivery = from.delivery(Integer.toString(i));
            while (!ring.tryPublish(delivery)) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldSettleNothingAsDurableAfterAFailure() throws InterruptedException {
        stage.failsAt = "b";
        holdAt("first");
        publish(loop, "a", "b", "c");
        stage.go();
        loop.runTask();
        loop.runTask();
        publish(loop, "d");
        loop.runTask();
        assertThat(loop.told).containsExactly("first+", "a-", "b-", "c-", "d-");
        assertThat(second.seen).containsExactly("first", ";", "a");
        assertThat(ring.failed()).isTrue();
    }

    @Test
    void shouldTellOfAFailureOnce() throws InterruptedException {
        stage.failsAt = "a";
        publish(loop, "a", "a", "a");
        ring.start();
        loop.runTask();
        publish(loop, "a");
        loop.runTask();
        assertThat(failures.take()).hasMessage("as the test wants it");
        ring.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldSettleNothingAsDurableWhenTheBatchEndFails() throws InterruptedException {
        second.failsAtEnd = true;
        publish(loop, "a", "b");
        ring.start();
        loop.runTask();
        assertThat(loop.told).containsExactly("a-", "b-");
        assertThat(failures.take()).isInstanceOf(AssertionError.class);
        publish(loop, "c");
        loop.runTask();
        assertThat(loop.told).endsWith("c-");
        assertThat(stage.seen).containsExactly("a", "b", ";");
    }

    @Test
    void shouldGoOnSettlingWhenWhoIsToldOfTheFailureFailsToo() throws InterruptedException {
        PostRing fragile = new PostRing(
                new RingConfig(SIZE, 0, 60_000),
                0,
                List.of(stage),
                cause -> {
                    throw new IllegalStateException("told");
                },
                telemetry);
        stage.failsAt = "a";
        assertThat(fragile.tryPublish(loop.delivery("a"))).isTrue();
        fragile.start();
        runTaskWithin10Seconds();
        assertThat(fragile.tryPublish(loop.delivery("b"))).isTrue();
        runTaskWithin10Seconds();
        fragile.close();
        assertThat(loop.told).containsExactly("a-", "b-");
    }

    private void runTaskWithin10Seconds() throws InterruptedException {
        Runnable task = loop.tasks.poll(10, TimeUnit.SECONDS);
        assertThat(task).as("hc-pipeline lives").isNotNull();
        task.run();
    }

    @Test
    void shouldBeStalledWhileABatchTakesTooLongAndNoLonger() throws InterruptedException {
        PostRing hasty = new PostRing(new RingConfig(SIZE, 0, 1), 0, List.of(stage), failures::add, telemetry);
        assertThat(hasty.stalled()).isFalse();
        stage.hold();
        hasty.tryPublish(loop.delivery("a"));
        hasty.start();
        Awaitility.await().until(hasty::stalled);
        stage.go();
        loop.runTask();
        assertThat(hasty.stalled()).isFalse();
        hasty.close();
    }

    @Test
    void shouldFinishWhatWasPublishedBeforeItCloses() throws InterruptedException {
        holdAt("0");
        publish(loop, "1", "2", "3");
        Thread closing = new Thread(ring::close);
        closing.start();
        stage.go();
        closing.join();
        while (!loop.tasks.isEmpty()) {
            loop.runTask();
        }
        assertThat(loop.told).containsExactly("0+", "1+", "2+", "3+");
    }

    @Test
    void shouldCloseWithoutHavingStarted() {
        ring.close();
        assertThat(ring.failed()).isFalse();
    }

    @Test
    void shouldOutliveALoopThatHasEnded() throws InterruptedException {
        SettlementLane ended = new SettlementLane(
                task -> {
                    throw new RejectedExecutionException("ended");
                },
                () -> {});
        Delivery orphan = new Delivery(ended);
        orphan.post().deviceId("orphan");
        assertThat(ring.tryPublish(orphan)).isTrue();
        publish(loop, "a");
        ring.start();
        loop.runTask();
        assertThat(loop.told).containsExactly("a+");
        assertThat(ring.failed()).isFalse();
    }

    @Test
    void shouldFailVisiblyWhenALoopCanNotBeTold() throws InterruptedException {
        SettlementLane broken = new SettlementLane(
                task -> {
                    throw new OutOfMemoryError("as the test wants it");
                },
                () -> {});
        Delivery lost = new Delivery(broken);
        lost.post().deviceId("lost");
        assertThat(ring.tryPublish(lost)).isTrue();
        publish(loop, "a");
        ring.start();
        loop.runTask();
        assertThat(loop.told).containsExactly("a+");
        publish(loop, "b");
        loop.runTask();
        assertThat(loop.told).containsExactly("a+", "b-");
        assertThat(ring.failed()).isTrue();
    }

    @Test
    void shouldTellTheOthersWhenOneListenerFails() throws InterruptedException {
        Delivery broken = loop.delivery("broken");
        broken.listener((delivery, durable) -> {
            throw new IllegalStateException("as the test wants it");
        });
        publish(loop, "a");
        assertThat(ring.tryPublish(broken)).isTrue();
        publish(loop, "b");
        ring.start();
        loop.runTask();
        assertThat(loop.told).containsExactly("a+", "b+");
        assertThat(loop.rooms).hasValue(1);
    }
}
