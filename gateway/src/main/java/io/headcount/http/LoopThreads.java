package io.headcount.http;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Names event loops' threads: hc-http-0, hc-http-1, …; tells when one has ended, which Netty would only log. */
final class LoopThreads implements ThreadFactory {
    private final String prefix;
    private final Consumer<String> onEnd;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * Makes threads.
     *
     * @param onEnd told the name of each thread that ends, on it
     */
    LoopThreads(String prefix, Consumer<String> onEnd) {
        this.prefix = prefix;
        this.onEnd = onEnd;
    }

    @Override
    public Thread newThread(Runnable loop) {
        String name = prefix + "-" + made.getAndIncrement();
        return new FastThreadLocalThread(() -> runToItsEnd(loop, name), name);
    }

    private void runToItsEnd(Runnable loop, String name) {
        try {
            loop.run();
        } finally {
            onEnd.accept(name);
        }
    }
}
