package io.headcount.journal;

import io.headcount.journal.ForceCalls.OpenFile;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Brings the records of a batch to the disk, with one force for each roll file it touched: nearly always one. While it waits for the
 * disk, the next batch gathers in the ring. hc-pipeline.
 *
 * <p>A force that failed is not tried again: the operating system may have dropped what it could not write, and the next force would
 * succeed without it.
 */
final class ForceBarrier implements BatchBarrier {
    private final Path dir;
    private final ForceCalls calls;
    private final Telemetry telemetry;
    private File current;
    private OpenFile open;
    private boolean dirty;
    private boolean named; // the directory's entry of the current file is on the disk

    ForceBarrier(Path dir, ForceCalls calls, Telemetry telemetry) {
        this.dir = dir;
        this.calls = calls;
        this.telemetry = telemetry;
    }

    @Override
    public void onAppend(File file) {
        if (!file.equals(current)) {
            goTo(file);
        }
        dirty = true;
    }

    private void goTo(File file) {
        settle();
        close();
        try {
            open = calls.open(file.toPath());
        } catch (IOException broken) {
            throw notForced(file.toPath(), broken);
        }
        current = file;
        named = false;
    }

    @Override
    public void settle() {
        if (!dirty) {
            return;
        }
        long began = System.nanoTime();
        try {
            open.force();
        } catch (IOException broken) {
            throw notForced(current.toPath(), broken);
        }
        if (!named) {
            forceName();
        }
        dirty = false;
        telemetry.count(Metric.JOURNAL_FORCES);
        telemetry.count(Metric.JOURNAL_FORCE_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
    }

    private void forceName() {
        try {
            calls.forceDirectory(dir);
        } catch (IOException broken) {
            throw notForced(dir, broken);
        }
        named = true;
    }

    static JournalException notForced(Path file, IOException broken) {
        return new JournalException(
                "journal: the disk did not take " + file + " (" + broken.getMessage()
                        + "): nothing is acknowledged any more; check the disk before the gateway is started again",
                broken);
    }

    @Override
    public void close() {
        if (open != null) {
            try {
                open.close();
            } catch (IOException broken) {
                throw notForced(current.toPath(), broken);
            }
            open = null;
        }
    }
}
