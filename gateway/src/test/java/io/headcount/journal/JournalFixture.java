package io.headcount.journal;

import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes small journals, damages them, and reads them. */
public final class JournalFixture {
    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");
    private final Path dir;
    private final Roll roll;

    /** Journals in this directory. */
    public JournalFixture(Path dir, Roll roll) {
        this.dir = dir;
        this.roll = roll;
    }

    /** The clock that chooses roll files. */
    public HandClock clock() {
        return clock;
    }

    /** Opens the journal for appending. */
    public JournalWriter open() {
        JournalConfig config = new JournalConfig(dir, Durability.PROCESS, roll, 0, 0);
        return JournalWriter.open(config, clock, clock::nanos, new Telemetry());
    }

    /** Appends one post of one row each from this many cameras, received now. */
    public void append(JournalWriter writer, int posts) {
        for (int i = 0; i < posts; i++) {
            writer.onPost(Posts.total("camera" + i, clock.millis(), i));
        }
        writer.onBatchEnd();
    }

    /** Writes a journal of this many files with this many records each. */
    public void write(int files, int recordsPerFile) {
        try (JournalWriter writer = open()) {
            for (int file = 0; file < files; file++) {
                append(writer, recordsPerFile);
                clock.pass(Duration.ofMillis(RollFile.lengthMs(roll)));
            }
        }
    }

    /** The roll files, oldest first. */
    public List<Path> files() {
        return JournalDirectory.rollFiles(dir).stream().map(RollFile::path).toList();
    }

    /** Where the documents of the records begin, in order, over all files. */
    List<Place> places() {
        List<Place> places = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(dir, fault -> {})) {
            while (reader.nextBeforeEnd()) {
                places.add(new Place(reader.file(), reader.offset(), reader.sequence()));
            }
        }
        return places;
    }

    /** Flips one bit. */
    static void flip(Path file, long offset, int bit) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1 << bit)).flip();
            channel.write(one, offset);
        }
    }

    /** Overwrites bytes with zeros. */
    static void zero(Path file, long offset, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(bytes), offset);
        }
    }

    /** Cuts a file off. */
    static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    /** Where a record stands. */
    record Place(Path file, long offset, long sequence) {}
}
