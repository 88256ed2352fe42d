package io.headcount.tail;

import io.headcount.journal.Fault;
import io.headcount.journal.JournalReader;
import io.headcount.model.Post;
import io.headcount.model.Rows;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Tails a journal from any process; changes nothing in it, so any number may run. One thread at a time, except
 * {@link #close()}.
 *
 * <p>Sequence numbers count records, from 1 and without gaps; one record is one post, so several rows share a number. A
 * consumer that wants to go on after a restart remembers the number told by {@link TailListener#onRecordEnd} and opens at the
 * one after it.
 *
 * <pre>
 *  try (JournalTailer tailer = JournalTailer.open(dir, StartAt.sequence(remembered + 1))) {
 *      tailer.follow(listener);
 *  }
 * </pre>
 */
public final class JournalTailer implements Tailer {
    private static final long SHORTEST_PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long LOOK_FURTHER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int RECORDS_PER_POLL = 1024;

    private final JournalReader reader;
    private final RowDelivery delivery = new RowDelivery();
    private TailListener listener = new TailListener() {};
    private long lookedFurtherNs = System.nanoTime();

    // the thread inside follow or drain, which closes the reader itself
    private volatile Thread running;
    private volatile boolean closed;
    private final AtomicBoolean readerClosed = new AtomicBoolean();

    private JournalTailer(Path dir) {
        reader = JournalReader.open(dir, this::onFault);
    }

    /**
     * Opens a tailer. The directory may be empty or not exist yet: records are delivered as they come.
     *
     * @param journalDir the gateway's {@code journal.dir}
     * @param start where to begin; an end is the end as of now
     * @throws java.io.UncheckedIOException when the directory can't be read
     */
    public static JournalTailer open(Path journalDir, StartAt start) {
        JournalTailer tailer = new JournalTailer(journalDir);
        if (start.isEnd()) {
            tailer.reader.seekEnd();
        } else if (start.isSequence()) {
            tailer.reader.seek(start.sequence());
        }
        return tailer;
    }

    /** Goes to this record. */
    void seek(long sequence) {
        reader.seek(sequence);
    }

    @Override
    public int poll(TailListener to, int maxRecords) {
        listener = to;
        int records = 0;
        while (records < maxRecords && !closed && next()) {
            delivery.deliver(reader, to);
            records++;
        }
        return records;
    }

    private boolean next() {
        return reader.next() || (lookingFurtherIsDue() && reader.lookFurther() && reader.next());
    }

    // reads on to the end of the file, which is too much for every poll
    private boolean lookingFurtherIsDue() {
        long now = System.nanoTime();
        if (now - lookedFurtherNs < LOOK_FURTHER_NS) {
            return false;
        }
        lookedFurtherNs = now;
        return true;
    }

    @Override
    public long drain(TailListener to) {
        listener = to;
        long records = 0;
        startRunning();
        try {
            while (!closed && reader.nextBeforeEnd()) {
                delivery.deliver(reader, to);
                records++;
            }
            return records;
        } finally {
            endRunning();
        }
    }

    /** Delivers what is there and what comes, until the tailer is closed or the thread interrupted. */
    public void follow(TailListener to) {
        follow(to, () -> {});
    }

    @Override
    public void follow(TailListener to, Runnable whenCaughtUp) {
        follow(to, whenCaughtUp, () -> {});
    }

    /**
     * Like {@link #follow(TailListener, Runnable)}.
     *
     * @param whenIdle run whenever there is nothing for now, every {@link #LONGEST_PAUSE_NS} or more often
     */
    void follow(TailListener to, Runnable whenCaughtUp, Runnable whenIdle) {
        startRunning();
        try {
            whenCaughtUp.run();
            followUntilClosed(to, whenCaughtUp, whenIdle);
        } catch (UncheckedIOException broken) {
            // an interrupt closes the file that is being read
            if (!(broken.getCause() instanceof ClosedByInterruptException)) {
                throw broken;
            }
        } finally {
            endRunning();
        }
    }

    private void followUntilClosed(TailListener to, Runnable whenCaughtUp, Runnable whenIdle) {
        long pauseNs = SHORTEST_PAUSE_NS;
        while (!closed && !Thread.currentThread().isInterrupted()) {
            int records = poll(to, RECORDS_PER_POLL);
            if (records > 0 && records < RECORDS_PER_POLL) {
                whenCaughtUp.run();
            }
            if (records > 0) {
                pauseNs = SHORTEST_PAUSE_NS;
            } else {
                whenIdle.run();
                LockSupport.parkNanos(this, pauseNs);
                pauseNs = Math.min(LONGEST_PAUSE_NS, pauseNs * 2);
            }
        }
    }

    private void onFault(Fault fault) {
        listener.onDamage(fault);
    }

    private void startRunning() {
        running = Thread.currentThread();
    }

    private void endRunning() {
        running = null;
        if (closed) {
            closeReader();
        }
    }

    /** Ends {@link #follow} and {@link #drain}, behind the record that is being delivered. Any thread. */
    @Override
    public void close() {
        closed = true;
        Thread thread = running;
        if (thread == null) {
            closeReader();
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void closeReader() {
        if (readerClosed.compareAndSet(false, true)) {
            reader.close();
        }
    }

    /** Cuts a record into rows. */
    private static final class RowDelivery {
        private final Post post = new Post();

        void deliver(JournalReader reader, TailListener listener) {
            switch (reader.decode(post)) {
                case POST -> deliver(listener);
                case NEWER_VERSION, UNKNOWN_KIND, DAMAGED_FRAME, DAMAGED_BODY -> {
                    // damage has been told; what a newer version wrote is passed over
                }
            }
            listener.onRecordEnd(reader.sequence());
        }

        private void deliver(TailListener listener) {
            RecordHead head = RecordHead.of(post);
            if (post.heartbeat()) {
                listener.onHeartbeat(Heartbeat.of(head, post));
            }
            Rows rows = post.rows();
            for (int row = 0; row < rows.size(); row++) {
                deliver(head, rows, row, listener);
            }
        }

        private static void deliver(RecordHead head, Rows rows, int row, TailListener listener) {
            switch (rows.kind(row)) {
                case COUNT -> listener.onCount(CountRow.of(head, rows, row));
                case GENDER, AGE, WORKCARD -> listener.onAttributes(AttributeRow.of(head, rows, row));
                case TOTALS -> listener.onTotals(TotalsRow.of(head, rows, row));
            }
        }
    }
}
