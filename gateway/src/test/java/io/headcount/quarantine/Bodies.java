package io.headcount.quarantine;

import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.model.RefusedBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Refused bodies for tests. */
final class Bodies {
    static final long AT_MS = 1_667_806_920_123L; // 2022-11-07T07:42:00.123Z

    private Bodies() {}

    /** A whole body, refused for a missing field. */
    static RefusedBody of(String text) {
        return of(RefusalReason.MISSING, true, text.getBytes(StandardCharsets.UTF_8));
    }

    static RefusedBody of(RefusalReason reason, boolean whole, byte[] bytes) {
        return new RefusedBody(
                new Refusal(reason, "Count/@Enters"), "10.0.0.7", AT_MS, bytes.length, whole, ByteBuffer.wrap(bytes));
    }
}
