package io.headcount.tail;

/** Delivers a journal's rows to a listener, on the caller's thread. One thread at a time, except {@link #close()}. */
public interface Tailer extends AutoCloseable {
    /**
     * Delivers what is there, without waiting.
     *
     * @param maxRecords the most records to deliver
     * @return how many records were delivered; 0: there is nothing for now
     */
    int poll(TailListener to, int maxRecords);

    /**
     * Delivers all that there is.
     *
     * @return how many records that was
     */
    long drain(TailListener to);

    /**
     * Delivers what is there and what comes, until the tailer is closed or the thread interrupted.
     *
     * @param whenCaughtUp run when all that is there has been delivered, before waiting for more
     */
    void follow(TailListener to, Runnable whenCaughtUp);

    /** Ends {@link #follow} and {@link #drain}, behind the record that is being delivered. Any thread. */
    @Override
    void close();
}
