package io.headcount.tail;

import io.headcount.journal.Fault;
import io.headcount.journal.FaultListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Prints a journal as lines: what the command {@code tail} does. One thread, used once; {@link #close()} from any.
 */
public final class LineTail implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Tailer tailer;
    private final boolean follow;
    private final Set<LineType> types;
    private final LineWriter lines;
    private final FaultListener faults;
    private boolean damaged;

    private LineTail(Tailer tailer, boolean follow, Set<LineType> types, LineWriter lines, FaultListener faults) {
        this.tailer = tailer;
        this.follow = follow;
        this.types = EnumSet.copyOf(types);
        this.lines = lines;
        this.faults = faults;
    }

    /**
     * Opens the journal.
     *
     * @param journalDir its directory; with {@code follow} it need not exist yet
     * @param start where to begin
     * @param follow whether to wait for more at the end
     * @param format of the lines
     * @param types which lines to print
     * @param out where to; stays the caller's
     * @param faults is told of damage, which is gone around
     * @throws NotDirectoryException when there is no such directory and it is not to be waited for
     */
    public static LineTail open(
            Path journalDir,
            StartAt start,
            boolean follow,
            LineFormat format,
            Set<LineType> types,
            OutputStream out,
            FaultListener faults)
            throws IOException {
        if (!follow && !Files.isDirectory(journalDir)) {
            throw new NotDirectoryException("journal " + journalDir + ": no such directory");
        }
        return of(JournalTailer.open(journalDir, start), follow, format, types, out, faults);
    }

    /**
     * Prints what a tailer reads; a named one's position moves once the lines have been handed on.
     *
     * @param tailer closed together with this
     */
    public static LineTail of(
            Tailer tailer,
            boolean follow,
            LineFormat format,
            Set<LineType> types,
            OutputStream out,
            FaultListener faults)
            throws IOException {
        LineWriter lines = format.writer(new BufferedOutputStream(out, BUFFER_BYTES));
        return new LineTail(tailer, follow, types, lines, faults);
    }

    /**
     * Prints what there is and, when following, what comes, until closed or interrupted.
     *
     * @return whether damage was met
     * @throws IOException when the output can't be written, for one because its reader has gone
     */
    public boolean run() throws IOException {
        Printer printer = new Printer();
        try {
            if (follow) {
                tailer.follow(printer, printer::flush);
            } else {
                tailer.drain(printer);
            }
            lines.flush();
            return damaged;
        } catch (OutputBroken broken) {
            throw broken.getCause();
        }
    }

    /** Ends {@link #run()}. */
    @Override
    public void close() {
        tailer.close();
    }

    /** A listener can't throw an IOException, hence the wrapping. */
    private final class Printer implements TailListener {
        @Override
        public void onCount(CountRow row) {
            if (types.contains(LineType.COUNT)) {
                print(() -> lines.write(row));
            }
        }

        @Override
        public void onAttributes(AttributeRow row) {
            if (types.contains(LineType.ATTRIBUTES)) {
                print(() -> lines.write(row));
            }
        }

        @Override
        public void onTotals(TotalsRow row) {
            if (types.contains(LineType.TOTALS)) {
                print(() -> lines.write(row));
            }
        }

        @Override
        public void onHeartbeat(Heartbeat heartbeat) {
            if (types.contains(LineType.HEARTBEAT)) {
                print(() -> lines.write(heartbeat));
            }
        }

        @Override
        public void onDamage(Fault fault) {
            damaged = true;
            faults.onFault(fault);
        }

        @Override
        public void onBatchEnd() {
            flush();
        }

        void flush() {
            print(lines::flush);
        }

        private void print(Printing printing) {
            try {
                printing.run();
            } catch (IOException broken) {
                throw new OutputBroken(broken);
            }
        }
    }

    /** Carries an IOException of the output through the tailer, apart from those of the journal. */
    private static final class OutputBroken extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        OutputBroken(IOException cause) {
            super(cause);
        }
    }

    /** Something that writes. */
    @FunctionalInterface
    private interface Printing {
        void run() throws IOException;
    }
}
