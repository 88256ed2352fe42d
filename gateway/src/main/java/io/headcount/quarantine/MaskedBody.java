package io.headcount.quarantine;

import java.nio.ByteBuffer;

/**
 * A body as it may be written down.
 *
 * @param bytes without any secret
 * @param masking what was taken out
 */
record MaskedBody(ByteBuffer bytes, Masking masking) {}
