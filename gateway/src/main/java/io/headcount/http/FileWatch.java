package io.headcount.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files once a second and tells when they have changed and then stayed the same for another look: whoever writes
 * two files, or one in pieces, is given the time. Looking rather than being notified, because links that are turned round and
 * mounted volumes send no notifications. Its thread is hc-files. files -> call.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long PERIOD_MS = 1000;

    private final List<Watched> watched = new ArrayList<>();
    private ScheduledExecutorService thread;

    /** Adds files that belong together; before {@link #start()}. */
    void add(List<Path> files, Runnable onChange) {
        watched.add(new Watched(files, onChange));
    }

    /** Begins to look; does nothing where there is nothing to look at. */
    void start() {
        if (!watched.isEmpty()) {
            thread = new ScheduledThreadPoolExecutor(1, task -> {
                Thread named = new Thread(task, "hc-files");
                named.setDaemon(true);
                return named;
            });
            thread.scheduleWithFixedDelay(this::lookOrDie, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** The executor would keep an error to itself, and never look again. */
    private void lookOrDie() {
        try {
            look();
        } catch (RuntimeException | Error bug) {
            Thread dying = Thread.currentThread();
            dying.getUncaughtExceptionHandler().uncaughtException(dying, bug);
            throw bug;
        }
    }

    /** One look at every file. */
    void look() {
        watched.forEach(Watched::look);
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private static final class Watched {
        private final List<Path> files;
        private final Runnable onChange;
        private List<String> told;
        private List<String> last;

        Watched(List<Path> files, Runnable onChange) {
            this.files = List.copyOf(files);
            this.onChange = onChange;
            this.told = states();
            this.last = told;
        }

        private void look() {
            List<String> now = states();
            boolean settled = now.equals(last);
            last = now;
            if (settled && !now.equals(told)) {
                told = now;
                tell();
            }
        }

        private void tell() {
            try {
                onChange.run();
            } catch (RuntimeException bug) { // the next change must be seen all the same
                LOG.error("Reading {} again failed by a fault of the gateway", files, bug);
            }
        }

        private List<String> states() {
            return files.stream().map(Watched::state).toList();
        }

        private static String state(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return now.fileKey() + "/" + now.size() + "/" + now.lastModifiedTime();
            } catch (IOException missing) {
                return "-";
            }
        }
    }
}
