package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.cli.StopLimit.Limits;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which limit a stop has. What must not be waited for here is a limit of an hour, so no test looks at the time. */
@Timeout(30)
final class StopLimitTest {
    private static final long AT_ONCE = 1;
    private static final long NEVER = TimeUnit.HOURS.toMillis(1);

    @TempDir
    private Path dir;

    private final CountDownLatch halted = new CountDownLatch(1);
    private FileOutputStream errors;
    private MemoryEnd memory;
    private GatewayState state;
    private Thread thread;

    @BeforeEach
    void open() throws IOException {
        errors = new FileOutputStream(dir.resolve("stderr").toFile());
        memory = new MemoryEnd(errors, () -> {}); // hangs, as it were, before it halts
        state = new GatewayState(memory);
    }

    @AfterEach
    void close() throws Exception {
        thread.interrupt();
        thread.join();
        errors.close();
    }

    private void run(long stoppingMs, long failedMs, long tellingMs) {
        thread = new Thread(
                new StopLimit(state, memory, new Limits(stoppingMs, failedMs, tellingMs), halted::countDown), "stop");
        thread.start();
    }

    private void assertHalts() throws InterruptedException {
        halted.await();
    }

    private void assertWaits() {
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(halted.getCount()).isEqualTo(1);
    }

    @Test
    void shouldEndAStopThatTakesTooLong() throws Exception {
        run(AT_ONCE, NEVER, NEVER);
        state.drain();

        assertHalts();
    }

    @Test
    void shouldWaitLessForAStopAfterAFailure() throws Exception {
        run(NEVER, AT_ONCE, NEVER);
        state.fail();

        assertHalts();
    }

    @Test
    void shouldGiveAStopItsTime() {
        run(NEVER, AT_ONCE, AT_ONCE);
        state.drain();

        assertWaits();
    }

    @Test
    void shouldGiveAStopAfterAFailureItsTime() {
        run(AT_ONCE, NEVER, AT_ONCE);
        state.broken(new IllegalStateException("as the test wants it"));

        assertWaits();
    }

    @Test
    void shouldWaitLeastIfMemoryHasRunOut() throws Exception {
        run(NEVER, NEVER, AT_ONCE);
        state.faulted(new OutOfMemoryError("as the test wants it"));

        assertHalts();
    }

    @Test
    void shouldWaitLeastIfMemoryRunsOutDuringAStop() throws Exception {
        run(NEVER, NEVER, AT_ONCE);
        state.drain();
        assertWaits();
        state.faulted(new OutOfMemoryError("as the test wants it"));

        assertHalts();
    }

    @Test
    void shouldNotEndAGatewayThatRuns() {
        run(AT_ONCE, AT_ONCE, AT_ONCE);

        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        assertThat(halted.getCount()).isEqualTo(1);
    }
}
