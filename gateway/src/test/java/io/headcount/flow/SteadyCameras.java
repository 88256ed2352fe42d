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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Good cameras on kept connections that together post at a fixed rate, whatever becomes of the posts before: an answer's latency
 * counts from the time at which its post was to be sent. One thread.
 */
final class SteadyCameras implements AutoCloseable {
    private static final int ACCEPTED = 200;
    private static final long LONGEST_TICK_MS = 1;
    private static final long NAP_NS = 50_000;

    /** One camera's connection; posts that are due wait for the answer to the one before. */
    private static final class Camera {
        private final int number;
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(4 * 1024);
        private final Deque<Long> dueNs = new ArrayDeque<>();
        private ByteBuffer request = ByteBuffer.allocate(0);
        private boolean waits;
        private int posts;

        private Camera(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }
    }

    private final int port;
    private final Camera[] cameras;
    private final long intervalNs;
    private final Selector selector = Selector.open();
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(3);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Thread thread = new Thread(this::run, "steady-cameras");
    private volatile boolean stopping;
    private volatile IOException broken;

    SteadyCameras(int port, int connections, int postsPerSec) throws IOException {
        this.port = port;
        this.cameras = new Camera[connections];
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / postsPerSec;
        for (int i = 0; i < connections; i++) {
            cameras[i] = open(i);
        }
    }

    private Camera open(int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        Camera camera = new Camera(number, channel);
        channel.register(selector, SelectionKey.OP_READ, camera);
        return camera;
    }

    void start() {
        thread.start();
    }

    /** Latencies in microseconds since the last call. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    long accepted() {
        return accepted.get();
    }

    /** Posts answered with something else than 200. */
    long refused() {
        return refused.get();
    }

    /** Posts that were due and have no answer yet. */
    long unanswered() {
        return unanswered.get();
    }

    /** No post becomes due any more; waits for the answers to those that are. */
    void stop(long waitMs) throws InterruptedException {
        stopping = true;
        thread.join(waitMs);
        if (broken != null) {
            throw new IllegalStateException("a camera's connection broke", broken);
        }
    }

    private void run() {
        long nextNs = System.nanoTime();
        long turn = 0;
        try {
            while (!stopping || unanswered.get() > 0) {
                long now = System.nanoTime();
                while (!stopping && nextNs - now <= 0) {
                    due(cameras[(int) (turn++ % cameras.length)], nextNs);
                    nextNs += intervalNs;
                }
                long waitMs = TimeUnit.NANOSECONDS.toMillis(nextNs - System.nanoTime());
                if (stopping || waitMs >= LONGEST_TICK_MS) {
                    selector.select(this::onReadable, LONGEST_TICK_MS);
                } else {
                    // not turning at full speed: the machine is the gateway's
                    LockSupport.parkNanos(NAP_NS);
                    selector.selectNow(this::onReadable);
                }
            }
        } catch (IOException connectionEnded) {
            broken = connectionEnded;
        }
    }

    private void due(Camera camera, long intendedNs) throws IOException {
        unanswered.incrementAndGet();
        camera.dueNs.add(intendedNs);
        if (!camera.waits) {
            send(camera);
        }
    }

    private static void send(Camera camera) throws IOException {
        long nowSec = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        CameraPost post = new CameraPost(camera.number, nowSec / 60 * 60, nowSec, ++camera.posts, 0);
        camera.request = ByteBuffer.wrap(PostClient.request(post.document()));
        camera.waits = true;
        while (camera.request.hasRemaining()) {
            camera.channel.write(camera.request); // a post is much smaller than the socket's buffer, which is empty
        }
    }

    private void onReadable(SelectionKey key) {
        Camera camera = (Camera) key.attachment();
        try {
            if (camera.channel.read(camera.answer) < 0) {
                throw new IOException("ended by the gateway");
            }
            int status = wholeAnswer(camera.answer);
            if (status > 0) {
                onAnswer(camera, status);
            }
        } catch (IOException ended) {
            key.cancel();
            broken = ended;
            stopping = true;
            unanswered.set(0);
        }
    }

    private void onAnswer(Camera camera, int status) throws IOException {
        camera.answer.clear();
        camera.waits = false;
        latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - camera.dueNs.remove()));
        (status == ACCEPTED ? accepted : refused).incrementAndGet();
        unanswered.decrementAndGet();
        if (!camera.dueNs.isEmpty()) {
            send(camera);
        }
    }

    /** The status when the answer is there with its last byte, else 0. */
    private static int wholeAnswer(ByteBuffer received) {
        String text =
                StandardCharsets.US_ASCII.decode(received.duplicate().flip()).toString();
        return text.endsWith("}") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        unanswered.set(0);
        for (Camera camera : cameras) {
            camera.channel.close();
        }
        selector.close();
    }
}
