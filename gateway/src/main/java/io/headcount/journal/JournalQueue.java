package io.headcount.journal;

import io.headcount.config.JournalConfig.Roll;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/** Chronicle Queue as an appender, set up so that it does nothing else. Used by whoever holds the {@link JournalLock}. */
final class JournalQueue implements AutoCloseable {
    /**
     * A file grows by this much at a time, sparsely. A quarter of it is always kept behind a block, which is what a record
     * may take.
     */
    static final long BLOCK_BYTES = 8 << 20;

    // an unreadable newest file costs this at start; nobody else ever holds a lock that could be waited for
    private static final long TIMEOUT_MS = 500;
    private static final String CLOSED_UP_TO = "normalisedEOFsTo";

    static {
        ChronicleSettings.prepare();
        ChronicleSettings.loadCore();
    }

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private byte[] array;
    private Bytes<byte[]> record;

    private JournalQueue(SingleChronicleQueue queue, ExcerptAppender appender) {
        this.queue = queue;
        this.appender = appender;
    }

    /**
     * Opens the queue for appending.
     *
     * @param firstOpenMs start of the oldest file that may be written, epoch ms: Chronicle leaves older ones alone
     */
    static JournalQueue open(Path dir, Roll roll, TimeProvider time, long firstOpenMs) {
        SingleChronicleQueue queue = null;
        try {
            // It holds Chronicle's write lock, which a killed process never gave back: under the same process id it
            // would be
            // waited for in vain. Nothing else in it is needed, and our own lock says that it is nobody's.
            Files.deleteIfExists(dir.resolve(JournalDirectory.METADATA));
            queue = build(dir, roll, time);
            // otherwise it opens all files to put end marks into them, and renames those that it can't open
            queue.tableStorePut(CLOSED_UP_TO, firstOpenMs / RollFile.lengthMs(roll));
            return new JournalQueue(queue, appender(queue));
        } catch (IOException | RuntimeException | Error broken) {
            if (queue != null) {
                queue.close();
            }
            throw new JournalException("journal " + dir + " can't be opened for appending: " + broken, broken);
        }
    }

    private static SingleChronicleQueue build(Path dir, Roll roll, TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(dir)
                .rollCycle(rollCycle(roll))
                .blockSize(BLOCK_BYTES)
                .timeoutMS(TIMEOUT_MS)
                .timeProvider(time)
                .build();
    }

    private static ExcerptAppender appender(SingleChronicleQueue queue) {
        ExcerptAppender appender = queue.createAppender();
        // opened by main, used by hc-pipeline
        appender.singleThreadedCheckDisabled(true);
        return appender;
    }

    // room for 67 million records a minute, 4 billion an hour or day
    private static RollCycle rollCycle(Roll roll) {
        return switch (roll) {
            case MINUTELY -> LegacyRollCycles.MINUTELY;
            case HOURLY -> RollCycles.FAST_HOURLY;
            case DAILY -> RollCycles.FAST_DAILY;
        };
    }

    /** Appends {@code b[0, length)} as one document, whole or, when it throws, possibly not at all. */
    void append(byte[] b, int length) {
        if (array != b) {
            array = b;
            record = Bytes.wrapForRead(b);
        }
        record.readPositionRemaining(0, length);
        appender.writeBytes(record);
    }

    /** The roll file of the last append. */
    File currentFile() {
        return appender.currentFile();
    }

    /** Where the document behind the last record of this life begins in it, bytes. */
    long writtenTo() {
        return RollFileScanner.align(appender.wire().bytes().writePosition());
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
