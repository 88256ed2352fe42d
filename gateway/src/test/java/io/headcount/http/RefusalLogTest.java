package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of refusals and faults, and how often. */
final class RefusalLogTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4711);
    private static final Refusal REFUSAL = new Refusal(RefusalReason.NOT_A_NUMBER, "Count/@Enters");

    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Telemetry telemetry = new Telemetry();
    private final MockTicker ticker = Ticker.newMockTicker();
    private final List<Throwable> faults = new ArrayList<>();
    private final RefusalLog log = new RefusalLog(telemetry, 3, ticker, faults::add);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void shouldSayReasonFieldAndPeer() {
        log.refused(REFUSAL, PEER);

        assertThat(messages()).containsExactly("refused reason=not-a-number field=Count/@Enters peer=192.0.2.7");
    }

    @Test
    void shouldTellEveryFaultToWhoStopsTheGatewayIfMemoryHasRunOut() {
        Throwable fault = new IllegalStateException(new OutOfMemoryError("as the test wants it"));

        log.faulted(fault, PEER);

        assertThat(faults).containsExactly(fault);
    }

    @Test
    void shouldCountWhatItDoesNotSay() {
        for (int i = 0; i < 10; i++) {
            log.refused(REFUSAL, PEER);
        }
        assertThat(messages()).hasSize(3);
        assertThat(telemetry.sum(Metric.LOG_LINES_SUPPRESSED)).isEqualTo(7);
        assertThat(telemetry.refusals(RefusalReason.NOT_A_NUMBER)).isEqualTo(10);

        ticker.advance(1, TimeUnit.SECONDS);
        log.refused(REFUSAL, PEER);
        assertThat(messages()).hasSize(4);
    }

    @Test
    void shouldLeaveOutTheTextOfFaults() {
        log.faulted(new IllegalStateException("secret"), PEER);

        assertThat(messages())
                .singleElement()
                .asString()
                .contains("IllegalStateException")
                .doesNotContain("secret");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
    }

    @Test
    void shouldSayNothingOfTheRequest() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(Requests.post("<secret>")
                    .replace("/data", "/secret")
                    .replace("Host: ", "Secret: secret\r\nHost: "));

            assertThat(messages()).singleElement().asString().doesNotContainIgnoringCase("secret");
        }
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
