package io.headcount.cli;

import io.headcount.config.XmlConfig;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.util.function.LongSupplier;

/** Tries bodies on the parser of this jar, without any gateway. */
final class LocalParser implements ReplayTarget {
    private final PostParser parser;
    private final Post post = new Post();
    private final LongSupplier epochMs;

    LocalParser(XmlConfig config, LongSupplier epochMs) {
        this.parser = new PostParser(new XmlReaders(), config, new Telemetry());
        this.epochMs = epochMs;
    }

    @Override
    public Outcome replay(byte[] body) {
        parser.begin(post);
        parser.feed(body, 0, body.length);
        boolean accepted = parser.finish(epochMs.getAsLong()) == ParseStatus.ACCEPTED;
        Refusal refusal = parser.refusal();
        parser.end();
        return accepted
                ? new Outcome(true, "would be accepted")
                : new Outcome(
                        false, "would be refused again: " + refusal.reason().status() + " " + refusal.message());
    }
}
