package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import io.netty.channel.ChannelPipelineException;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when somebody meets an OutOfMemoryError. */
final class MemoryEndTest {
    private final OutOfMemoryError noneLeft = new OutOfMemoryError("as the test wants it");

    @TempDir
    private Path dir;

    private final AtomicInteger halts = new AtomicInteger();
    private Path told;
    private FileOutputStream errors;
    private MemoryEnd end;
    private GatewayState state;

    @BeforeEach
    void open() throws Exception {
        told = dir.resolve("stderr");
        errors = new FileOutputStream(told.toFile());
        end = new MemoryEnd(errors, halts::incrementAndGet);
        state = new GatewayState(end);
    }

    @AfterEach
    void close() throws Exception {
        errors.close();
    }

    @Test
    void shouldSayItInOneLineAndHaltOnce() throws Exception {
        end.meet(noneLeft);
        end.meet(noneLeft);

        assertThat(halts).hasValue(1);
        assertThat(Files.readAllLines(told))
                .singleElement()
                .asString()
                .startsWith("headcount: memory has run out: nothing is acknowledged any more");
        assertThat(end.await(0)).isTrue();
    }

    @Test
    void shouldFindItAmongCauses() {
        end.meet(new ChannelPipelineException(new IllegalStateException(noneLeft)));

        assertThat(halts).hasValue(1);
    }

    @Test
    void shouldLetEverythingElsePass() throws Exception {
        IllegalStateException first = new IllegalStateException();
        first.initCause(new IllegalArgumentException(first)); // causes may go round in a ring
        end.meet(first);
        end.meet(new StackOverflowError());
        end.meet(null);

        assertThat(halts).hasValue(0);
        assertThat(Files.size(told)).isZero();
        assertThat(end.await(0)).isFalse();
    }

    @Test
    void shouldHaltEvenIfNothingCanBeSaid() throws Exception {
        errors.close();
        end.meet(noneLeft);

        assertThat(halts).hasValue(1);
    }

    @Test
    void shouldEndTheGatewayForAFaultOfAConnectionOnlyIfMemoryHasRunOut() {
        state.faulted(new IllegalStateException());
        assertThat(state.failed()).isFalse();

        state.faulted(new IllegalStateException(noneLeft));
        assertThat(state.failed()).isTrue();
        assertThat(halts).hasValue(1);
    }

    @Test
    void shouldMeetWhatALibraryLogsAndGoesOnAfter() {
        MemoryFilter filter = MemoryFilter.install(state::faulted);
        try {
            Logger library = LoggerFactory.getLogger("io.netty.util.concurrent");
            library.warn("A task raised an exception. Task: {}", "task", new IllegalStateException());
            assertThat(halts).hasValue(0);

            library.warn("A task raised an exception. Task: {}", "task", noneLeft);
            assertThat(halts).hasValue(1);
        } finally {
            filter.remove();
        }
    }

    @Test
    void shouldMeetWhatIsLoggedAfterTheLogsConfigurationWasReadAgain() throws JoranException {
        MemoryFilter filter = MemoryFilter.install(state::faulted);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        try {
            context.reset();
            LoggerFactory.getLogger("net.openhft").warn("Swallowed", noneLeft);
            assertThat(halts).hasValue(1);
        } finally {
            filter.remove();
            context.reset();
            new ContextInitializer(context).autoConfig();
        }
    }

    @Test
    void shouldMeetWhatIsLoggedBelowTheLevelOfTheLog() {
        MemoryFilter filter = MemoryFilter.install(state::faulted);
        try {
            LoggerFactory.getLogger("net.openhft").debug("Swallowed", noneLeft);
            assertThat(halts).hasValue(1);
        } finally {
            filter.remove();
        }
    }
}
