package io.headcount.cli;

import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * A line of the log as the pattern in {@code logback.xml} makes it, by its own hand; a test holds the two against each other. One thread
 * at a time.
 *
 * <p>Design note: logback's patterns took a fiftieth of the gateway's start.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final int LEVEL_WIDTH = 5;
    private static final int MILLIS_DIGITS = 3;

    private final DateTimeFormatter utc =
            new DateTimeFormatterBuilder().appendInstant(MILLIS_DIGITS).toFormatter();
    private final ExtendedThrowableProxyConverter stackTrace = new ExtendedThrowableProxyConverter();

    @Override
    public void start() {
        stackTrace.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        utc.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level);
        line.append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
        line.append('[').append(event.getThreadName()).append("] ");
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(": ").append(event.getFormattedMessage()).append(System.lineSeparator());
        return line.append(stackTrace.convert(event)).toString();
    }
}
