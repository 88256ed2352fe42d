package io.headcount.config;

/** The configuration can't be used; the message names file, line, key and what was expected, and holds no secret. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
