package io.headcount.http;

import io.headcount.config.XmlConfig;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.util.ArrayDeque;

/**
 * Parsers of one event loop that read no post at the moment, up to a bound; beyond it they are left to the collector. Apart from the {@link ExchangePool}
 * because a post that waits for the journal needs its parser no more: most bodies come in one piece, so one parser, whose memory is in the cache, reads
 * them all.
 */
final class ParserPool {
    private final ArrayDeque<PostParser> free = new ArrayDeque<>();
    private final int maxFree;
    private final XmlReaders readers;
    private final XmlConfig config;
    private final Telemetry telemetry;

    ParserPool(int maxFree, XmlReaders readers, XmlConfig config, Telemetry telemetry) {
        this.maxFree = maxFree;
        this.readers = readers;
        this.config = config;
        this.telemetry = telemetry;
    }

    PostParser take() {
        PostParser parser = free.pollLast();
        return parser != null ? parser : new PostParser(readers, config, telemetry);
    }

    void giveBack(PostParser parser) {
        if (free.size() < maxFree) {
            free.addLast(parser);
        }
    }

    int free() {
        return free.size();
    }
}
