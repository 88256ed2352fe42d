package io.headcount.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Looks at every exception that anybody logs: libraries log what they catch and go on, an OutOfMemoryError like any other. Any thread.
 */
final class MemoryFilter extends TurboFilter {
    private final Consumer<Throwable> onFault;
    private final Return onReset = new Return();

    private MemoryFilter(Consumer<Throwable> onFault) {
        this.onFault = onFault;
    }

    /** Stands in front of all loggers from now on, whatever the configuration of the log says; {@code onFault} is told of every exception. */
    static MemoryFilter install(Consumer<Throwable> onFault) {
        MemoryFilter filter = new MemoryFilter(onFault);
        context().addTurboFilter(filter);
        context().addListener(filter.onReset);
        return filter;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /** Takes it away again. */
    void remove() {
        context().removeListener(onReset);
        context().getTurboFilterList().remove(this);
    }

    /** Puts the filter back when the log's configuration was read again, which takes all filters away. */
    private final class Return implements LoggerContextListener {
        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext context) {
            context.addTurboFilter(MemoryFilter.this);
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}

        @Override
        public void onLevelChange(Logger logger, Level level) {}
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable logged) {
        if (logged != null) {
            onFault.accept(logged);
        } else if (parameters != null
                && parameters.length > 0
                && parameters[parameters.length - 1] instanceof Throwable last) {
            onFault.accept(last);
        }
        return FilterReply.NEUTRAL;
    }
}
