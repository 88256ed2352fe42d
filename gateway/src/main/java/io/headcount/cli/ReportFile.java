package io.headcount.cli;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file of {@code simulate --json}: opened before the run, so that a wrong name does not cost its result. One thread. */
final class ReportFile implements AutoCloseable {
    static final String STDOUT = "-";

    private static final String OPTION = "--json";

    private final String name;
    private final OutputStream file; // null: none was asked for

    private ReportFile(String name, OutputStream file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Opens it, or overwrites an old one.
     *
     * @param name as it was given; null or "-": no file
     * @param other a file that it must not be, or null
     * @throws InvalidSetting when it can't be written
     */
    static ReportFile open(String name, Path other) {
        if (name == null || name.equals(STDOUT)) {
            return new ReportFile(name, null);
        }
        Path path = Path.of(name).toAbsolutePath().normalize();
        if (other != null && path.equals(other.toAbsolutePath().normalize())) {
            throw new InvalidSetting(OPTION, name, "another file than --ack-log's");
        }
        try {
            return new ReportFile(name, Files.newOutputStream(path));
        } catch (IOException unwritable) {
            throw new InvalidSetting(OPTION, name, "a file that can be written");
        }
    }

    /** Writes the report; empty, or why it is not there, in words for an operator. */
    Optional<String> write(String report) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            file.write(report.getBytes(StandardCharsets.UTF_8));
            file.close();
            return Optional.empty();
        } catch (IOException unwritable) {
            return Optional.of(OPTION + ": " + name + " could not be written: " + unwritable.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
