package io.headcount.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.hook.DefaultShutdownHook;
import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.ContextUtil;
import java.net.URL;

/**
 * Logging as {@code logback.xml} in this jar says, made without reading it; a test holds the two against each other.
 * Stands back where logback would find another file. Called by logback, once, before the first line is logged.
 *
 * <p>Design note: logback's reading of the file took a seventh of the gateway's start.
 */
public final class BuiltInLogging extends ContextAwareBase implements Configurator {
    private static final String FILE = "logback.xml";
    private static final String FILE_PROPERTY = "logback.configurationFile";
    private static final int QUEUE_SIZE = 1024;

    /** For logback, which finds this class as a service. */
    public BuiltInLogging() {}

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        if (!isBuiltInFileInForce(System.getProperty(FILE_PROPERTY), BuiltInLogging.class.getClassLoader())) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        setUp(logging);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void setUp(LoggerContext logging) {
        logging.getLogger("net.openhft").setLevel(Level.WARN);
        logging.getLogger("net.openhft.affinity").setLevel(Level.ERROR);
        logging.getLogger("io.netty").setLevel(Level.WARN);
        logging.getLogger("com.sun.net.httpserver").setLevel(Level.INFO);
        ch.qos.logback.classic.Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(neverWaiting(logging, standardError(logging)));
        new ContextUtil(logging).addOrReplaceShutdownHook(in(logging, new DefaultShutdownHook()));
    }

    /** In logback's order: a file that a property names, one for tests, the first of its name on the class path. */
    static boolean isBuiltInFileInForce(String fileProperty, ClassLoader loader) {
        URL first = loader.getResource(FILE);
        return fileProperty == null
                && loader.getResource("logback-test.xml") == null
                && first != null
                && first.toString().equals(besideThisClass(loader));
    }

    /** In a jar or in a directory. */
    private static String besideThisClass(ClassLoader loader) {
        String name = BuiltInLogging.class.getName().replace('.', '/') + ".class";
        String here = String.valueOf(loader.getResource(name));
        return here.substring(0, here.length() - name.length()) + FILE;
    }

    private static Appender<ILoggingEvent> standardError(LoggerContext logging) {
        LogLine line = in(logging, new LogLine());
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = in(logging, new LayoutWrappingEncoder<>());
        encoder.setLayout(line);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = in(logging, new ConsoleAppender<>());
        appender.setName("STDERR");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Appender<ILoggingEvent> neverWaiting(LoggerContext logging, Appender<ILoggingEvent> behind) {
        AsyncAppender appender = in(logging, new AsyncAppender());
        appender.setName("LOG");
        appender.setQueueSize(QUEUE_SIZE);
        appender.setDiscardingThreshold(0);
        appender.setNeverBlock(true);
        appender.addAppender(behind);
        appender.start();
        return appender;
    }

    private static <T extends ContextAware> T in(LoggerContext logging, T part) {
        part.setContext(logging);
        return part;
    }
}
