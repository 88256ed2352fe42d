package io.headcount.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends posts over many connections to a server on this machine, and takes its answers: as fast as they come back, or at a rate, each
 * at its intended time, whatever became of those before. One thread, which does not sleep while it sends at a rate: it wants a core for itself.
 *
 * <p>Design note: plain NIO and one template instead of a HTTP client, because the load must cost less than what is measured.
 */
final class LoadGenerator implements AutoCloseable {
    private static final int READ_BYTES = 64 * 1024;
    private static final int PORTS_PER_ADDRESS = 20_000;
    private static final int CONNECTS_AT_ONCE = 512;
    private static final long CONNECT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_LATENCY_NS = TimeUnit.MINUTES.toNanos(2);
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int LOOPBACK = 127;

    /** One connection; with {@code keepAlive} off, the place of one after the other. */
    private static final class Connection {
        private final int number;
        private SocketChannel channel;
        private SelectionKey key;
        private ByteBuffer rest; // of a request that did not fit into the socket
        private ByteBuffer begun; // of an answer
        private boolean busy;
        private long intendedNs;

        Connection(int number) {
            this.number = number;
        }
    }

    private final InetSocketAddress server;
    private final PostBytes posts;
    private final boolean keepAlive;
    private final Selector selector = Selector.open();
    private final Connection[] connections;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final Answers answers = new Answers();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    // of the phase
    private final Map<Integer, Long> byStatus = new HashMap<>();
    private Histogram latencies = newHistogram();
    private long periodNs; // 0: as fast as it goes
    private long nextNs;
    private long endNs;
    private long sent;
    private long broken;
    private final int network = ThreadLocalRandom.current().nextInt(1, 255);

    /**
     * A load that has no connections yet.
     *
     * @param server where to
     * @param posts what is sent
     * @param connections posts under way at a time, at most
     * @param keepAlive whether a connection serves one post after the other, or one only
     */
    LoadGenerator(InetSocketAddress server, PostBytes posts, int connections, boolean keepAlive) throws IOException {
        this.server = server;
        this.posts = posts;
        this.keepAlive = keepAlive;
        this.connections = new Connection[connections];
        this.out = ByteBuffer.allocateDirect(posts.length());
        for (int i = 0; i < connections; i++) {
            this.connections[i] = new Connection(i);
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_LATENCY_NS, SIGNIFICANT_DIGITS);
    }

    /** Opens the connections, where they are kept. */
    void connect() throws IOException {
        for (Connection connection : connections) {
            if (keepAlive) {
                open(connection);
                if (connection.number % CONNECTS_AT_ONCE == CONNECTS_AT_ONCE - 1) {
                    LockSupport.parkNanos(CONNECT_PAUSE_NS); // the server's backlog is bounded
                }
            }
            idle.add(connection);
        }
    }

    /**
     * Sends for a while and waits for the last answers, no longer than {@code patienceMs}.
     *
     * @param ratePerSec posts a second, at even distances; 0: as fast as answers come
     */
    LoadResult run(long durationMs, double ratePerSec, long patienceMs) throws IOException {
        byStatus.clear();
        latencies = newHistogram();
        sent = 0;
        broken = 0;
        periodNs = ratePerSec == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / ratePerSec);
        long begunNs = System.nanoTime();
        nextNs = begunNs;
        endNs = begunNs + TimeUnit.MILLISECONDS.toNanos(durationMs);
        sendDue(begunNs);
        long now = begunNs;
        while (now < endNs) {
            turn(now);
            now = System.nanoTime();
        }
        long elapsedNs = now - begunNs;
        long due = periodNs == 0 ? 0 : (Math.min(now, endNs) - nextNs) / periodNs;
        Map<Integer, Long> inTime = Map.copyOf(byStatus);
        awaitLast(now + TimeUnit.MILLISECONDS.toNanos(patienceMs));
        // those who were waited for belong to the times, or a stall at the end would not be seen
        return new LoadResult(
                elapsedNs, ratePerSec, sent, Math.max(0, due), inTime, byStatus, broken, latencies.copy());
    }

    private void turn(long now) throws IOException {
        if (periodNs == 0) {
            selector.select(this::onReady, 1);
        } else {
            selector.selectNow(this::onReady);
        }
        sendDue(now);
    }

    private void awaitLast(long untilNs) throws IOException {
        while (idle.size() < connections.length && System.nanoTime() < untilNs) {
            selector.select(this::onReady, 1);
        }
    }

    private void sendDue(long now) throws IOException {
        while (!idle.isEmpty() && nextNs <= now && now < endNs) {
            send(idle.poll(), periodNs == 0 ? System.nanoTime() : nextNs);
            nextNs += periodNs;
        }
    }

    private void send(Connection connection, long intendedNs) throws IOException {
        connection.intendedNs = intendedNs;
        connection.busy = true;
        if (connection.channel == null) {
            open(connection);
        }
        out.clear();
        posts.next(out);
        out.flip();
        sent++;
        if (connection.channel.isConnected()) {
            write(connection, out);
        } else {
            keepRest(connection, out); // until it is connected
        }
    }

    private void open(Connection connection) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(new InetSocketAddress(source(connection.number), 0));
        channel.configureBlocking(false);
        channel.connect(server);
        connection.channel = channel;
        connection.key = channel.register(
                selector, channel.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, connection);
    }

    /** Ports of one address run out: a closed connection keeps its port for a minute, also against the next run's load. */
    private InetAddress source(int number) throws UnknownHostException {
        int host = keepAlive ? number / PORTS_PER_ADDRESS : (int) (sent % 250);
        return InetAddress.getByAddress(new byte[] {LOOPBACK, 0, (byte) network, (byte) (host + 1)});
    }

    private void write(Connection connection, ByteBuffer bytes) {
        try {
            connection.channel.write(bytes);
            if (!bytes.hasRemaining()) {
                connection.rest = null;
                connection.key.interestOps(SelectionKey.OP_READ);
            } else if (connection.rest == null) {
                keepRest(connection, bytes);
                connection.key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
            }
        } catch (IOException reset) {
            onBroken(connection);
        }
    }

    private static void keepRest(Connection connection, ByteBuffer bytes) {
        connection.rest = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private void onReady(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            if (connection.rest != null && connection.channel.isConnected()) {
                write(connection, connection.rest);
            }
            if (key.isValid() && key.isReadable()) {
                read(connection);
            }
        } catch (IOException reset) {
            onBroken(connection);
        }
    }

    private void read(Connection connection) throws IOException {
        in.clear();
        int length = connection.channel.read(in);
        if (length < 0) {
            onEnd(connection);
            return;
        }
        in.flip();
        ByteBuffer bytes = connection.begun == null ? in : joined(connection.begun, in);
        int status = answers.status(bytes);
        if (status == Answers.INCOMPLETE) {
            connection.begun = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        } else if (status == Answers.GARBAGE || !connection.busy) {
            onBroken(connection);
        } else {
            onAnswer(connection, status);
        }
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private void onAnswer(Connection connection, int status) throws IOException {
        long now = System.nanoTime();
        connection.busy = false;
        connection.begun = null;
        byStatus.merge(status, 1L, Long::sum);
        latencies.recordValue(Math.min(LONGEST_LATENCY_NS, now - connection.intendedNs));
        if (!keepAlive) {
            close(connection);
        }
        if (periodNs == 0 && now < endNs) {
            send(connection, now);
        } else {
            idle.add(connection);
        }
    }

    /** The server has closed: after an answer that said so, or one without keep-alive, that is in order. */
    private void onEnd(Connection connection) throws IOException {
        boolean wasBusy = connection.busy;
        if (wasBusy) {
            onBroken(connection);
            return;
        }
        close(connection);
        open(connection);
    }

    private void onBroken(Connection connection) {
        broken++;
        connection.busy = false;
        connection.begun = null;
        connection.rest = null;
        close(connection);
        idle.add(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.channel.close();
        } catch (IOException gone) {
            // it is closed all the same
        }
        connection.channel = null;
        connection.key = null;
    }

    /** Closes all connections. */
    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            if (connection.channel != null) {
                connection.channel.close();
            }
        }
        selector.close();
    }
}
