package io.headcount.journal;

import io.headcount.model.Post;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Reads and decodes a journal's posts on a thread of its own, hc-replay, ahead of the thread that takes them: each half of the work
 * has a processor. Bounded: a few batches of posts, which go back and forth.
 */
final class ReadAhead implements AutoCloseable {
    private static final int BATCHES = 4;
    private static final int BATCH_POSTS = 256;
    // a batch of the largest posts would take hundreds of megabytes
    private static final int BATCH_ROWS = 8_192;

    /** Posts in the journal's order; the last one holds none. */
    static final class Batch {
        private final Post[] posts = new Post[BATCH_POSTS];
        private int size;
        private int rows;
        private RuntimeException broken;

        Batch() {
            for (int i = 0; i < BATCH_POSTS; i++) {
                posts[i] = new Post();
            }
        }

        int size() {
            return size;
        }

        Post post(int index) {
            return posts[index];
        }

        private boolean isFull() {
            return size == BATCH_POSTS || rows >= BATCH_ROWS;
        }

        private void clear() {
            for (int i = 0; i < size; i++) {
                posts[i].clear();
            }
            size = 0;
            rows = 0;
        }
    }

    private final JournalReader reader;
    private final Predicate<JournalReader> wanted;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Batch> filled = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread = new Thread(this::work, "hc-replay");
    // written by hc-replay, read when the last batch has been taken
    private long skipped;

    private ReadAhead(JournalReader reader, Predicate<JournalReader> wanted) {
        this.reader = reader;
        this.wanted = wanted;
    }

    /**
     * Begins reading; the reader is used by nobody else until {@link #close()}.
     *
     * @param wanted tells of the reader's current record whether it is to be decoded
     */
    static ReadAhead start(JournalReader reader, Predicate<JournalReader> wanted) {
        ReadAhead ahead = new ReadAhead(reader, wanted);
        for (int i = 0; i < BATCHES; i++) {
            ahead.free.add(new Batch());
        }
        ahead.thread.setDaemon(true);
        ahead.thread.start();
        return ahead;
    }

    /**
     * The next posts, to be given back with {@link #giveBack}; none at the journal's end; null when there are none yet after this time.
     *
     * @throws RuntimeException what the reader threw
     */
    Batch poll(long timeoutNs) {
        Batch batch = pollFilled(timeoutNs);
        if (batch != null && batch.broken != null) {
            throw batch.broken;
        }
        return batch;
    }

    void giveBack(Batch batch) {
        free.add(batch);
    }

    /** Whole records that are not for this version of the product; after the last batch. */
    long skipped() {
        return skipped;
    }

    private void work() {
        int size;
        do {
            Batch batch;
            try {
                batch = free.take();
            } catch (InterruptedException closed) {
                return;
            }
            try {
                fill(batch);
            } catch (RuntimeException broken) {
                batch.broken = broken;
            }
            size = batch.broken == null ? batch.size : 0;
            filled.add(batch);
        } while (size > 0);
    }

    private void fill(Batch batch) {
        batch.clear();
        while (!batch.isFull() && reader.nextBeforeEnd()) {
            if (wanted.test(reader)) {
                decodeInto(batch);
            }
        }
    }

    private void decodeInto(Batch batch) {
        Post post = batch.posts[batch.size];
        switch (reader.decodeKeys(post)) {
            case POST -> {
                batch.size++;
                batch.rows += post.rows().size();
            }
            case NEWER_VERSION, UNKNOWN_KIND -> skipped++;
            case DAMAGED_FRAME, DAMAGED_BODY -> {
                // told by the reader
            }
        }
    }

    private Batch pollFilled(long timeoutNs) {
        try {
            return filled.poll(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted while the journal was read back", interrupted);
        }
    }

    /** Ends the reading, wherever it is. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
