package io.headcount.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a token without telling it: HMAC-SHA256 under a key of this process, which is drawn at its start and written
 * nowhere. Two digests agree in their first bytes by chance alone, however much of their tokens agrees: what comparing them takes
 * tells nothing. Any thread. token -> digest.
 */
final class TokenDigest {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(TokenDigest::newMac);

    private final byte[] bytes;

    private TokenDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest of the token that stands in {@code b} from {@code from} on. */
    static TokenDigest of(byte[] b, int from, int len) {
        Mac mac = MAC.get();
        mac.update(b, from, len);
        return new TokenDigest(mac.doFinal());
    }

    private static Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(Key.OF_THIS_PROCESS);
            return mac;
        } catch (GeneralSecurityException neverOfAJdk) {
            throw new IllegalStateException(neverOfAJdk);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "(masked)";
    }

    /** Drawn when the first token is seen. */
    private static final class Key {
        private static final SecretKeySpec OF_THIS_PROCESS = draw();

        private static SecretKeySpec draw() {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return new SecretKeySpec(key, ALGORITHM);
        }
    }
}
