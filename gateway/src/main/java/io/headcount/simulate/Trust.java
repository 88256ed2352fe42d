package io.headcount.simulate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose certificates are believed.
 *
 * @param anybody no certificate is looked at
 * @param ca the certificates to believe, PEM; else those that the JDK believes
 */
public record Trust(boolean anybody, Optional<Path> ca) {
    /** Those that the JDK believes. */
    public static final Trust OF_THE_JDK = new Trust(false, Optional.empty());
}
