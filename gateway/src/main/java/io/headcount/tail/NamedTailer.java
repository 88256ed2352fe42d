package io.headcount.tail;

import io.headcount.journal.Fault;
import io.headcount.journal.FaultKind;
import io.headcount.journal.JournalExtent;
import io.headcount.journal.TailerRegistration;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/**
 * Tails a journal under a name and remembers where it stands: at least once. The position moves only behind records that the
 * listener has taken without an exception; after a kill or an exception those since the last move are delivered again. One
 * process per name, one thread at a time, except {@link #close()}.
 *
 * <p>Retention keeps what a name has still to read. The position is a file in the journal's directory, in {@code tailers}; nothing
 * else there is changed.
 *
 * <pre>
 *  try (NamedTailer tailer = NamedTailer.open(dir, "billing", StartAt.start())) {
 *      tailer.follow(listener, () -> {});
 *  }
 * </pre>
 */
public final class NamedTailer implements Tailer {
    // delivered again after a kill, at most; a move costs an fsync
    private static final int RECORDS_PER_MOVE = 1024;
    private static final long MOVE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Path dir;
    private final String name;
    private final boolean skipMissed;
    private final TailerRegistration registration;
    private final JournalTailer tailer;
    private final AtomicBoolean inUse = new AtomicBoolean();
    private volatile boolean closed;

    // where the position stands, and how far the listener is
    private long saved;
    private long next;
    private long savedNs = System.nanoTime();
    private boolean failed;

    private NamedTailer(Path dir, String name, boolean skipMissed, TailerRegistration registration, long position) {
        this.dir = dir;
        this.name = name;
        this.skipMissed = skipMissed;
        this.registration = registration;
        this.tailer = JournalTailer.open(dir, StartAt.sequence(position));
        this.saved = position;
        this.next = position;
    }

    /**
     * Opens a tailer at its position.
     *
     * @param journalDir the gateway's {@code journal.dir}, which exists
     * @param name 1 to 64 of {@code A-Z a-z 0-9 . _ -}
     * @param firstTime where to begin when nothing is registered under the name
     * @throws MissedRecordsException when records at its position were deleted by retention
     * @throws io.headcount.journal.JournalException when another process uses the name, its position is damaged, too many are
     *     registered, or the directory can't be written
     * @throws IllegalStateException when its position is behind the journal's end
     * @throws IllegalArgumentException when that is no name
     */
    public static NamedTailer open(Path journalDir, String name, StartAt firstTime) {
        return open(journalDir, name, firstTime, false, false);
    }

    /** Like {@link #open}, but deleted records are told as damage, a gap, and passed over. */
    public static NamedTailer openSkippingMissed(Path journalDir, String name, StartAt firstTime) {
        return open(journalDir, name, firstTime, false, true);
    }

    /** Like {@link #open}, but moves the position first, wherever it was. */
    public static NamedTailer openAt(Path journalDir, String name, StartAt start) {
        return open(journalDir, name, start, true, false);
    }

    private static NamedTailer open(Path journalDir, String name, StartAt start, boolean anew, boolean skipMissed) {
        TailerRegistration registration = TailerRegistration.take(journalDir, name);
        boolean opened = false;
        try {
            JournalExtent extent = JournalExtent.of(journalDir);
            OptionalLong known = anew ? OptionalLong.empty() : registration.next();
            long position = known.orElseGet(() -> position(start, extent));
            requireWithin(extent, name, position, skipMissed);
            if (known.isEmpty()) {
                registration.save(position);
            }
            NamedTailer tailer = new NamedTailer(journalDir, name, skipMissed, registration, position);
            opened = true;
            return tailer;
        } finally {
            if (!opened) {
                registration.close();
            }
        }
    }

    private static long position(StartAt start, JournalExtent extent) {
        if (start.isSequence()) {
            return start.sequence();
        }
        return start.isEnd() ? extent.last() + 1 : Math.max(1, extent.first());
    }

    private static void requireWithin(JournalExtent extent, String name, long position, boolean skipMissed) {
        if (position < extent.first() && !skipMissed) {
            throw new MissedRecordsException(name, position, extent.first() - 1);
        }
        if (position > extent.last() + 1) {
            throw new IllegalStateException(
                    "tailer " + name + " is to go on at record " + position
                            + ", but the journal's last one is " + extent.last()
                            + ": it is another journal, or has lost its end; set a new position: --from start, end or a number");
        }
    }

    /** Sequence number of the record at which a restart would go on. */
    public long position() {
        return saved;
    }

    /**
     * Delivers what is there, without waiting, and moves the position.
     *
     * @param maxRecords the most records to deliver
     * @return how many records were delivered; 0: there is nothing for now
     */
    @Override
    public int poll(TailListener to, int maxRecords) {
        return (int) use(to, moving -> tailer.poll(moving, maxRecords));
    }

    @Override
    public long drain(TailListener to) {
        return use(to, tailer::drain);
    }

    @Override
    public void follow(TailListener to, Runnable whenCaughtUp) {
        use(to, moving -> {
            tailer.follow(moving, whenCaughtUp, moving::moveWhenDue);
            return 0;
        });
    }

    private long use(TailListener to, ToLongFunction<Moving> reading) {
        if (!inUse.compareAndSet(false, true)) {
            throw new IllegalStateException("tailer " + name + " is closed, or used by another thread");
        }
        try {
            goBackAfterFailure();
            failed = true;
            Moving moving = new Moving(to);
            long records = reading.applyAsLong(moving);
            moving.move();
            failed = false;
            return records;
        } finally {
            inUse.set(false);
            if (closed) {
                giveUpName();
            }
        }
    }

    private void goBackAfterFailure() {
        if (failed) {
            next = saved;
            tailer.seek(saved);
        }
    }

    /** Ends {@link #follow} and {@link #drain} behind the record that is being delivered; the position moves before they return. */
    @Override
    public void close() {
        closed = true;
        tailer.close();
        giveUpName();
    }

    /** Unless somebody is still reading, who then does so himself. */
    private void giveUpName() {
        if (inUse.compareAndSet(false, true)) {
            registration.close();
        }
    }

    /** Moves the position along behind the listener. */
    private final class Moving implements TailListener {
        private final TailListener to;

        Moving(TailListener to) {
            this.to = to;
        }

        @Override
        public void onCount(CountRow row) {
            to.onCount(row);
        }

        @Override
        public void onAttributes(AttributeRow row) {
            to.onAttributes(row);
        }

        @Override
        public void onTotals(TotalsRow row) {
            to.onTotals(row);
        }

        @Override
        public void onHeartbeat(Heartbeat heartbeat) {
            to.onHeartbeat(heartbeat);
        }

        @Override
        public void onDamage(Fault fault) {
            if (fault.kind() == FaultKind.GAP && !skipMissed) {
                requireKept(fault.expected());
            }
            to.onDamage(fault);
        }

        /** A gap in front of the oldest record is retention's, any other is damage. */
        private void requireKept(long sequence) {
            long oldest = JournalExtent.of(dir).first();
            if (sequence < oldest) {
                move();
                throw new MissedRecordsException(name, sequence, oldest - 1);
            }
        }

        @Override
        public void onRecordEnd(long sequence) {
            to.onRecordEnd(sequence);
            next = sequence + 1;
            if (next - saved >= RECORDS_PER_MOVE) {
                move();
            } else {
                moveWhenDue();
            }
        }

        void moveWhenDue() {
            if (next != saved && System.nanoTime() - savedNs >= MOVE_NS) {
                move();
            }
        }

        void move() {
            if (next != saved) {
                to.onBatchEnd();
                registration.save(next);
                saved = next;
                savedNs = System.nanoTime();
            }
        }
    }
}
