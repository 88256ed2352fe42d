package io.headcount.http;

import io.headcount.config.HttpConfig;
import io.headcount.config.RingConfig;
import io.headcount.config.XmlConfig;
import io.headcount.ring.PostPublisher;
import io.headcount.telemetry.Telemetry;
import java.util.function.LongSupplier;

/**
 * What all event loops share; every part is safe for any thread.
 *
 * @param http settings of the intake
 * @param xml bounds on documents
 * @param ring patience
 * @param publisher the ring
 * @param gate what is refused by its head
 * @param access who may post
 * @param answers ready-made answers
 * @param log counts and logs refusals
 * @param telemetry counters
 * @param epochMs the wall clock, for receive times
 */
record IntakeParts(
        HttpConfig http,
        XmlConfig xml,
        RingConfig ring,
        PostPublisher publisher,
        RequestGate gate,
        Access access,
        Answers answers,
        RefusalLog log,
        Telemetry telemetry,
        LongSupplier epochMs) {}
