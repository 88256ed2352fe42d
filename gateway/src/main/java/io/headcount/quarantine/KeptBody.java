package io.headcount.quarantine;

import java.nio.file.Path;

/**
 * A kept body without its bytes.
 *
 * @param id its file's name without the ending; sorts by time
 * @param file where it is
 * @param header what is known of it; null where the file is damaged
 */
public record KeptBody(String id, Path file, BodyHeader header) {}
