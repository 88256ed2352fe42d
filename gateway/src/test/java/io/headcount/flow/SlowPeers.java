package io.headcount.flow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Attackers, so many of each kind at any time: one that is gone is followed by the next while the attack goes on. Those whom the
 * gateway has told to go stay a while before they close their socket, and do not come back at once. One thread.
 */
final class SlowPeers implements AutoCloseable {
    private static final String THREAD = "slow-peers";
    private static final long TICK_MS = 10;
    /** 500 a second: slow peers are strangers to each other, and not a flood of connections in step. */
    private static final int OPENED_IN_A_TICK = 5;

    private static final long STAYS_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;

    /** What became of the attackers of one kind. */
    static final class Fate {
        // written by the attackers' thread, read when it has ended
        private final SlowKind kind;
        private final long toleranceMs;
        private final byte[] opening;
        private final byte[] drip;
        private long opened;
        private long gone;
        private long late;
        private long longestMs;

        Fate(SlowKind kind, long toleranceMs) {
            this.kind = kind;
            this.toleranceMs = toleranceMs;
            this.opening = kind.opening().getBytes(StandardCharsets.ISO_8859_1);
            this.drip = kind.drip().getBytes(StandardCharsets.ISO_8859_1);
        }

        private void onGone(long lifeMs) {
            gone++;
            longestMs = Math.max(longestMs, lifeMs);
            late += lifeMs > kind.goneWithinMs() + toleranceMs ? 1 : 0;
        }

        SlowKind kind() {
            return kind;
        }

        long opened() {
            return opened;
        }

        long gone() {
            return gone;
        }

        long late() {
            return late;
        }

        long longestMs() {
            return longestMs;
        }
    }

    /** One attacker. */
    private static final class Line {
        private final Fate fate;
        private final SocketChannel channel;
        private final long openedNs;
        private ByteBuffer toSend;
        private long nextDripNs;
        private long closesNs;

        private Line(Fate fate, SocketChannel channel, long nowNs) {
            this.fate = fate;
            this.channel = channel;
            this.openedNs = nowNs;
            this.toSend = ByteBuffer.wrap(fate.opening);
        }
    }

    private final int each;
    private final long comesEveryNs;
    private final Map<SlowKind, Fate> fates = new LinkedHashMap<>();
    private final Selector selector = Selector.open();
    private final List<Line> lines = new ArrayList<>();
    private final Deque<Fate> coming = new ArrayDeque<>();
    private final Deque<Line> leaving = new ArrayDeque<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(16 * 1024);
    private final Thread thread = new Thread(this::run, THREAD);
    private volatile boolean attacking = true;
    private volatile boolean ended;
    private volatile IOException broken;

    SlowPeers(List<SlowKind> kinds, int each, long comesEveryMs, long toleranceMs) throws IOException {
        this.each = each;
        this.comesEveryNs = TimeUnit.MILLISECONDS.toNanos(comesEveryMs);
        kinds.forEach(kind -> fates.put(kind, new Fate(kind, toleranceMs)));
    }

    void start() {
        thread.start();
    }

    /** Nobody comes any more; waits until all are gone, or so long. */
    List<Fate> stop(long waitMs) throws InterruptedException {
        attacking = false;
        thread.join(waitMs);
        ended = true;
        thread.join();
        if (broken != null) {
            throw new IllegalStateException("the attack broke off", broken);
        }
        return List.copyOf(fates.values());
    }

    private void run() {
        giveWay();
        try {
            for (int i = 0; i < each; i++) {
                coming.addAll(fates.values());
            }
            while (!ended && !(coming.isEmpty() && lines.isEmpty() && leaving.isEmpty())) {
                selector.select(this::onReadable, TICK_MS);
                tick(System.nanoTime());
            }
        } catch (IOException cannotConnect) {
            broken = cannotConnect;
        }
    }

    /** Attackers bring their own machines: what they need of this one must not be taken from the gateway. Best effort, Linux. */
    private static void giveWay() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).strip().equals(THREAD)) {
                    new ProcessBuilder(
                                    "renice",
                                    "-n",
                                    "19",
                                    "-p",
                                    task.getFileName().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                }
            }
        } catch (IOException notLinux) {
            // then they compete with it
        }
    }

    private void open(Fate fate) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fate.kind.port()));
        channel.configureBlocking(false);
        Line line = new Line(fate, channel, System.nanoTime());
        if (fate.kind.reads()) {
            channel.register(selector, SelectionKey.OP_READ, line);
        }
        fate.opened++;
        lines.add(line);
    }

    private void onReadable(SelectionKey key) {
        Line line = (Line) key.attachment();
        try {
            scratch.clear();
            if (line.channel.read(scratch) < 0) {
                key.cancel();
                onTold(line);
            }
        } catch (IOException reset) {
            key.cancel();
            onTold(line);
        }
    }

    /** The gateway has ended the connection. */
    private void onTold(Line line) {
        if (line.closesNs == 0) {
            long now = System.nanoTime();
            line.closesNs = Math.max(now + STAYS_NS, line.openedNs + comesEveryNs);
            line.fate.onGone(TimeUnit.NANOSECONDS.toMillis(now - line.openedNs));
        }
    }

    private void tick(long now) throws IOException {
        List<Line> told = new ArrayList<>();
        for (Line line : lines) {
            send(line, now);
            if (line.closesNs != 0) {
                told.add(line);
            }
        }
        lines.removeAll(new HashSet<>(told));
        leaving.addAll(told);
        for (Line line :
                leaving.stream().filter(each -> each.closesNs - now <= 0).toList()) {
            leaving.remove(line);
            line.channel.close();
            coming.add(line.fate);
        }
        if (!attacking) {
            coming.clear();
        }
        for (int i = 0; i < OPENED_IN_A_TICK && !coming.isEmpty(); i++) {
            open(coming.remove());
        }
    }

    private void send(Line line, long now) {
        if (line.closesNs != 0) {
            return;
        }
        try {
            SlowKind kind = line.fate.kind;
            if (line.toSend.hasRemaining()) {
                line.channel.write(line.toSend);
                if (!line.toSend.hasRemaining() && kind.ends()) {
                    line.channel.shutdownOutput();
                }
                line.nextDripNs = now + TimeUnit.MILLISECONDS.toNanos(kind.dripMs());
            } else if (line.nextDripNs - now <= 0 && line.fate.drip.length > 0) {
                line.toSend = ByteBuffer.wrap(line.fate.drip);
                line.channel.write(line.toSend);
                line.nextDripNs = now + TimeUnit.MILLISECONDS.toNanos(kind.dripMs());
            }
        } catch (IOException reset) {
            onTold(line);
        }
    }

    @Override
    public void close() throws IOException {
        attacking = false;
        ended = true;
        for (Line line : lines) {
            line.channel.close();
        }
        for (Line line : leaving) {
            line.channel.close();
        }
        selector.close();
    }
}
