package io.headcount.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A part of a file in memory, which moves over it with plain reads. One thread. file -> bytes.
 *
 * <p>A page that the disk does not give is tried once more and then passed for zeros, and {@link #firstUnreadable} tells of it: a disk that has
 * lost one page has not lost the file.
 */
final class FileWindow implements Closeable {
    /** Reads a file; a test's may fail. */
    @FunctionalInterface
    interface ReadCall {
        /** The system's. */
        ReadCall SYSTEM = FileChannel::read;

        /** As {@link FileChannel#read(ByteBuffer, long)}. */
        int read(FileChannel file, ByteBuffer into, long at) throws IOException;
    }

    private static final int PAGE_BYTES = 4096;
    private static final int WINDOW_BYTES = 128 << 10;

    private final FileChannel channel;
    private final ReadCall call;
    private byte[] bytes = new byte[WINDOW_BYTES];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private long start;
    private int size;
    private final BitSet unreadablePages = new BitSet();
    private IOException readFault;

    /** Opens the file; nothing is read yet. */
    FileWindow(Path file, ReadCall call) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.call = call;
    }

    /** Holds what {@link #load} or {@link #fill} read last, from {@link #index} on. */
    byte[] bytes() {
        return bytes;
    }

    /** Where a place of the file is in {@link #bytes()}. */
    int index(long at) {
        return (int) (at - start);
    }

    /** How many bytes are there from a place on. */
    int sizeFrom(long at) {
        return size - index(at);
    }

    /** The file's length now. */
    long fileSize() throws IOException {
        return channel.size();
    }

    /** Makes so many bytes from here on be there; false where the file has fewer. */
    boolean load(long from, int count) throws IOException {
        if (from >= start && from + count <= start + size) {
            return true;
        }
        if (count > bytes.length) {
            bytes = new byte[Math.max(count, WINDOW_BYTES)];
            buffer = ByteBuffer.wrap(bytes);
        }
        fill(from);
        return count <= size;
    }

    /** Reads from here on, also what is there already. */
    void fill(long from) throws IOException {
        start = from;
        size = 0;
        while (size < bytes.length) {
            int read = readAt(from + size);
            if (read <= 0) {
                return;
            }
            size += read;
        }
    }

    private int readAt(long at) throws IOException {
        if (isUnreadable(at)) {
            return zeros(at);
        }
        try {
            return read(at, bytes.length - size);
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException perhapsOnlyFurtherOn) {
            return readPage(at);
        }
    }

    private int readPage(long at) throws IOException {
        try {
            return read(at, inPage(at));
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException broken) {
            readFault = readFault == null ? broken : readFault;
            unreadablePages.set(page(at));
            return zeros(at);
        }
    }

    private int read(long at, int count) throws IOException {
        return call.read(channel, buffer.limit(size + count).position(size), at);
    }

    private int zeros(long at) throws IOException {
        int count = (int) Math.min(inPage(at), channel.size() - at);
        if (count > 0) {
            Arrays.fill(bytes, size, size + count, (byte) 0);
        }
        return count;
    }

    /** How much of the page, and of the window, is behind a place. */
    private int inPage(long at) {
        return Math.min(PAGE_BYTES - (int) (at % PAGE_BYTES), bytes.length - size);
    }

    private static int page(long at) {
        return (int) (at / PAGE_BYTES);
    }

    private boolean isUnreadable(long at) {
        return readFault != null && unreadablePages.get(page(at));
    }

    /** The first place in {@code [from, to)} that could not be read and is zeros instead, of those that were asked for; or -1. */
    long firstUnreadable(long from, long to) {
        if (readFault == null || from >= to) {
            return -1;
        }
        int page = unreadablePages.nextSetBit(page(from));
        long at = Math.max(from, (long) page * PAGE_BYTES);
        return page >= 0 && at < to ? at : -1;
    }

    /** Why reading failed first, null when it never did. */
    IOException readFault() {
        return readFault;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
