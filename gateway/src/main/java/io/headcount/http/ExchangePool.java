package io.headcount.http;

import java.util.ArrayDeque;
import java.util.function.Function;

/** Exchanges of one event loop that nobody needs at the moment, up to a bound; beyond it they are left to the collector. */
final class ExchangePool {
    private final ArrayDeque<Exchange> free = new ArrayDeque<>();
    private final int maxFree;
    private final Function<ExchangePool, Exchange> maker;

    ExchangePool(int maxFree, Function<ExchangePool, Exchange> maker) {
        this.maxFree = maxFree;
        this.maker = maker;
    }

    Exchange take() {
        Exchange exchange = free.pollLast(); // the one used last: its memory is still in the cache
        return exchange != null ? exchange : maker.apply(this);
    }

    void giveBack(Exchange exchange) {
        if (free.size() < maxFree) {
            free.addLast(exchange);
        }
    }

    int free() {
        return free.size();
    }
}
