package io.headcount.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as callbacks.
 *
 * <p>Design note: a shutdown hook would do for one signal, but the JVM then exits with 143 and swallows the second signal;
 * the contract says 0, and that the second one ends the process at once. {@code sun.misc.Signal} is the only way to that, and
 * reflection the only way to it with {@code --release}.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /** Runs {@code action} at every SIGTERM and SIGINT, on a thread of the JVM's. */
    static void onTermination(Runnable action) {
        try {
            handle("TERM", action);
            handle("INT", action);
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            LOG.warn("Signals can't be handled on this JVM: SIGTERM ends the process without draining", unavailable);
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler onCall = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                action.run();
                return null;
            }
            return method.invoke(action, arguments);
        };
        Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, onCall);
        Object instance = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, instance, proxy);
    }
}
