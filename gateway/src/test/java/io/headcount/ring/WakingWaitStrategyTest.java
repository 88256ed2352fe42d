package io.headcount.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Posts that are published at each moment of the reader's way to sleep. */
@Timeout(20)
class WakingWaitStrategyTest {
    private static final long NEVER_MS = 3_600_000;
    private static final long SOON_MS = 50;

    /** Tells nothing of a post until the reader has looked so often; then something happens. */
    private static final class Looked extends Sequence {
        private int looks;
        private final Runnable then;

        Looked(int looks, Runnable then) {
            super(-1);
            this.looks = looks;
            this.then = then;
        }

        @Override
        public long get() {
            long seen = super.get();
            looks--;
            if (looks == 0) {
                then.run();
            }
            return seen;
        }
    }

    private Sequence cursor = new Sequence(-1);

    private long waitFor(WakingWaitStrategy strategy) throws Exception {
        return strategy.waitFor(0, cursor, cursor, barrier(strategy));
    }

    private static SequenceBarrier barrier(WakingWaitStrategy strategy) {
        return RingBuffer.createMultiProducer(Object::new, 16, strategy).newBarrier();
    }

    private void publish(WakingWaitStrategy strategy) {
        cursor.set(0);
        strategy.signalAllWhenBlocking();
    }

    /** Has the thread do all it can before the reader goes on, who has the lock. */
    private static void begin(Thread thread) {
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldTakeWhatIsThere() throws Exception {
        cursor.set(3);

        assertThat(waitFor(new WakingWaitStrategy(NEVER_MS))).isEqualTo(3);
    }

    @Test
    void shouldSeeAPostThatIsPublishedBeforeTheReaderHasSaidThatItSleeps() throws Exception {
        WakingWaitStrategy strategy = new WakingWaitStrategy(NEVER_MS);
        cursor = new Looked(1, () -> publish(strategy));

        assertThat(waitFor(strategy)).isZero();
    }

    @Test
    void shouldBeWokenByAPostThatIsPublishedAfterTheReaderHasLookedForTheLastTime() throws Exception {
        WakingWaitStrategy strategy = new WakingWaitStrategy(NEVER_MS);
        Thread publisher = new Thread(() -> publish(strategy));
        cursor = new Looked(2, () -> begin(publisher));

        assertThat(waitFor(strategy)).isZero();
        publisher.join();
    }

    @Test
    void shouldBeWokenAgainAfterAWakeForNothing() throws Exception {
        WakingWaitStrategy strategy = new WakingWaitStrategy(NEVER_MS);
        Thread publisher = new Thread(() -> publish(strategy));
        Thread other = new Thread(strategy::signalAllWhenBlocking);
        cursor = new Sequence(-1) {
            private int looks;

            @Override
            public long get() {
                long seen = super.get();
                looks++;
                if (looks == 2) {
                    begin(other);
                } else if (looks == 3) {
                    begin(publisher);
                }
                return seen;
            }
        };

        assertThat(waitFor(strategy)).isZero();
        publisher.join();
        other.join();
    }

    @Test
    void shouldGiveUpWhenTheTimeIsUp() {
        assertThatThrownBy(() -> waitFor(new WakingWaitStrategy(SOON_MS))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void shouldHeedAnAlertWhileItSleeps() throws Exception {
        WakingWaitStrategy strategy = new WakingWaitStrategy(NEVER_MS);
        SequenceBarrier barrier = barrier(strategy);
        Thread stopper = new Thread(barrier::alert);
        cursor = new Looked(2, () -> begin(stopper));

        assertThatThrownBy(() -> strategy.waitFor(0, cursor, cursor, barrier)).isInstanceOf(AlertException.class);
        stopper.join();
    }
}
