package io.headcount.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedWaitStrategyTest {
    private static final long INTERVAL = 1000;

    private final List<Long> pauses = new ArrayList<>();
    private final Sequence cursor = new Sequence(0);
    private final SequenceBarrier barrier =
            RingBuffer.createSingleProducer(Object::new, 16).newBarrier();
    private long now = Long.MAX_VALUE - INTERVAL / 2; // wraps round on the way
    private long arriveDuringPause;

    private final PacedWaitStrategy strategy =
            new PacedWaitStrategy(new BusySpinWaitStrategy(), INTERVAL, () -> now, this::pause);

    private void pause(long ns) {
        pauses.add(ns);
        now += ns;
        cursor.addAndGet(arriveDuringPause);
    }

    private long waitFor(long sequence) throws Exception {
        return strategy.waitFor(sequence, cursor, cursor, barrier);
    }

    @Test
    void shouldTakeTheFirstPostAtOnce() throws Exception {
        assertThat(waitFor(0)).isZero();
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldHoldAPostThatComesSoonForTheRestOfTheIntervalAndTakeWhatComesMeanwhile() throws Exception {
        waitFor(0);
        now += 249;
        cursor.set(1);
        arriveDuringPause = 4;
        assertThat(waitFor(1)).isEqualTo(5);
        assertThat(pauses).containsExactly(751L);
    }

    @Test
    void shouldHoldAPostBehindABatchOfSeveral() throws Exception {
        cursor.set(1);
        waitFor(0);
        now += 900;
        cursor.set(2);
        assertThat(waitFor(2)).isEqualTo(2);
        assertThat(pauses).containsExactly(100L);
    }

    @Test
    void shouldNotHoldPostsThatComeOneAfterTheOther() throws Exception {
        for (int post = 0; post < 5; post++) {
            cursor.set(post);
            assertThat(waitFor(post)).isEqualTo(post);
            now += 250;
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldTakeAPostAtOnceAfterAQuietInterval() throws Exception {
        cursor.set(1);
        waitFor(0);
        now += INTERVAL;
        cursor.set(2);
        assertThat(waitFor(2)).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldCountAnIntervalFromWhereABatchBeginsAfterItsPause() throws Exception {
        cursor.set(1);
        waitFor(0);
        now += 300;
        cursor.set(3);
        waitFor(2);
        now += 900;
        cursor.set(4);
        waitFor(4);
        assertThat(pauses).containsExactly(700L, 100L);
    }
}
