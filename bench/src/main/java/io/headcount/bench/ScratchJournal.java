package io.headcount.bench;

import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.JournalReader;
import io.headcount.journal.JournalWriter;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A journal in the directory for temporary files, under {@code process}; deleted when it is closed. */
final class ScratchJournal implements AutoCloseable {
    private final Path dir;
    private final JournalWriter writer;

    ScratchJournal(Telemetry telemetry) throws IOException {
        dir = Files.createTempDirectory("headcount-bench");
        JournalConfig config = new JournalConfig(dir, Durability.PROCESS, Roll.DAILY, 0, 0);
        writer = JournalWriter.open(config, Clock.systemUTC(), telemetry);
    }

    Path dir() {
        return dir;
    }

    JournalWriter writer() {
        return writer;
    }

    /** How far the file grows with a record: from the first record to the last, NaN where there are not two. */
    double bytesPerRecord() {
        try (JournalReader reader = JournalReader.open(dir, fault -> {})) {
            long records = 0;
            long first = 0;
            long last = 0;
            while (reader.nextBeforeEnd()) {
                last = reader.offset();
                first = records == 0 ? last : first;
                records++;
            }
            return records < 2 ? Double.NaN : (double) (last - first) / (records - 1);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
        for (Path path : filesFirst()) {
            Files.delete(path);
        }
    }

    private List<Path> filesFirst() throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
