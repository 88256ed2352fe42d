package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in logging against the file that it stands for. */
class BuiltInLoggingTest {
    private static final Path FILE = Path.of("../config/logback.xml");

    private final LoggerContext byClass = new LoggerContext();
    private final LoggerContext byFile = new LoggerContext();

    @AfterEach
    void stop() {
        for (LoggerContext context : List.of(byClass, byFile)) {
            Thread hook = (Thread) context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD);
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            context.stop();
        }
    }

    @Test
    void shouldLogAsTheFileSays() throws Exception {
        JoranConfigurator reading = new JoranConfigurator();
        reading.setContext(byFile);
        reading.doConfigure(FILE.toFile());

        BuiltInLogging.setUp(byClass);

        assertThat(described(byClass)).isEqualTo(described(byFile)).hasSizeGreaterThan(6);
    }

    private static List<String> described(LoggerContext context) {
        List<String> lines = new ArrayList<>();
        context.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .forEach(logger -> {
                    lines.add(logger.getName() + " " + logger.getLevel() + " " + logger.isAdditive());
                    describe(logger.iteratorForAppenders(), lines);
                });
        Object hook = context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD);
        lines.add(String.valueOf(hook).replaceAll("#?\\d+|\\[|]|\\s", ""));
        return lines;
    }

    private static void describe(Iterator<Appender<ILoggingEvent>> appenders, List<String> lines) {
        while (appenders.hasNext()) {
            Appender<ILoggingEvent> each = appenders.next();
            lines.add(each.getClass() + " " + each.getName() + " " + each.isStarted());
            if (each instanceof AsyncAppender async) {
                lines.add(async.getQueueSize() + " " + async.getDiscardingThreshold() + " " + async.isNeverBlock() + " "
                        + async.isIncludeCallerData() + " " + async.getMaxFlushTime());
                describe(async.iteratorForAppenders(), lines);
            } else if (each instanceof ConsoleAppender<ILoggingEvent> console) {
                LayoutWrappingEncoder<ILoggingEvent> encoder =
                        (LayoutWrappingEncoder<ILoggingEvent>) console.getEncoder();
                lines.add(console.getTarget() + " " + console.isImmediateFlush() + " " + encoder.isStarted() + " "
                        + encoder.getCharset());
                events().forEach(event -> lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8)));
            }
        }
    }

    private static List<ILoggingEvent> events() {
        IllegalStateException failed = new IllegalStateException("failed", new IllegalArgumentException("why"));
        failed.addSuppressed(new IllegalStateException("on the way"));
        return List.of(
                event("io.headcount.cli.Gateway", Level.INFO, 1_667_806_020_000L, null),
                event("plain", Level.ERROR, 1_667_806_020_070L, failed),
                event("a.B$C", Level.WARN, 123L, new OutOfMemoryError()));
    }

    private static ILoggingEvent event(String logger, Level level, long epochMs, Throwable thrown) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setLevel(level);
        event.setInstant(Instant.ofEpochMilli(epochMs));
        event.setThreadName("hc-http-0");
        event.setMessage("camera {} posted");
        event.setArgumentArray(new Object[] {"前门"});
        if (thrown != null) {
            event.setThrowableProxy(new ThrowableProxy(thrown));
        }
        return event;
    }

    /** A class path as outside of these tests, which have a file of their own on it; or with a stranger's file. */
    private static ClassLoader classPath(String stranger) {
        return new ClassLoader(BuiltInLoggingTest.class.getClassLoader()) {
            @Override
            public URL getResource(String name) {
                boolean ofTests = name.equals("logback-test.xml");
                return name.equals(stranger)
                        ? super.getResource("gateway.conf")
                        : ofTests ? null : super.getResource(name);
            }
        };
    }

    @Test
    void shouldStandBackWhereAPropertyNamesAFile() {
        assertThat(BuiltInLogging.isBuiltInFileInForce(null, classPath(""))).isTrue();
        assertThat(BuiltInLogging.isBuiltInFileInForce("other.xml", classPath("")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback-test.xml", "logback.xml"})
    void shouldStandBackWhereLogbackWouldFindAnotherFile(String name) {
        assertThat(BuiltInLogging.isBuiltInFileInForce(null, classPath(name))).isFalse();
    }

    @Test
    void shouldLeaveTheRestToLogbackWhereItStandsBack() {
        assertThat(new BuiltInLogging().configure(byClass)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }
}
