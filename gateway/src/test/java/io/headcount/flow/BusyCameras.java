package io.headcount.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Cameras that outlive gateways. Each posts its minute with growing counts, one post after the other over a kept connection, and sends
 * one that was not acknowledged again in the gateway's next life before it goes on. A thread for each.
 */
final class BusyCameras {
    private static final int ACCEPTED = 200;
    private static final long AFTER_REFUSAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final class Camera {
        private final int number;
        // written by its thread, read when that has ended
        private final List<CameraPost> acknowledged = new ArrayList<>();
        private CameraPost pending;
        private int counted;

        private Camera(int number) {
            this.number = number;
        }

        private CameraPost next() {
            if (pending == null) {
                long nowSec = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
                pending = new CameraPost(number, nowSec / 60 * 60, nowSec, ++counted, 0);
            }
            return pending;
        }
    }

    private final List<Camera> cameras = new ArrayList<>();
    private final long pauseNs;
    private final LongAdder answers = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder cutOff = new LongAdder();
    private List<Thread> threads = List.of();
    private volatile boolean stopping;
    private volatile boolean tooLate;

    /**
     * Cameras that are not posting yet.
     *
     * @param number how many
     * @param pauseNs of each between an answer and its next post
     */
    BusyCameras(int number, long pauseNs) {
        this.pauseNs = pauseNs;
        for (int i = 0; i < number; i++) {
            cameras.add(new Camera(i));
        }
    }

    /** Begins posting to the gateway at this port. */
    void start(int port) {
        stopping = false;
        tooLate = false;
        threads = cameras.stream()
                .map(camera -> new Thread(() -> post(camera, port), "camera-" + camera.number))
                .toList();
        threads.forEach(Thread::start);
    }

    /** The machine loses its power now: an answer that comes later is none. */
    void powerIsCut() {
        tooLate = true;
    }

    /** Ends posting; a camera waits for the answer that it is owed, or for the end of its connection. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void post(Camera camera, int port) {
        try (PostClient client = new PostClient(port)) {
            while (!stopping) {
                CameraPost post = camera.next();
                int status = client.post(post.document()).status();
                if (tooLate) {
                    return;
                }
                if (status == ACCEPTED) {
                    camera.acknowledged.add(post);
                    camera.pending = null;
                    answers.increment();
                } else {
                    refusals.increment();
                    LockSupport.parkNanos(AFTER_REFUSAL_NS);
                }
                if (pauseNs > 0) {
                    LockSupport.parkNanos(pauseNs);
                }
            }
        } catch (IOException gatewayIsGone) {
            cutOff.increment(); // what is pending is sent again in its next life
        }
    }

    /** Posts acknowledged so far, by any thread. */
    long answers() {
        return answers.sum();
    }

    /** Posts refused so far. */
    long refusals() {
        return refusals.sum();
    }

    /** Connections that ended while an answer was owed, or could not be made. */
    long cutOff() {
        return cutOff.sum();
    }

    /** Every acknowledged post; while nobody is posting. */
    void acknowledged(Consumer<CameraPost> to) {
        cameras.forEach(camera -> camera.acknowledged.forEach(to));
    }

    /** Posts that may or may not be in the journal; while nobody is posting. */
    void pending(Consumer<CameraPost> to) {
        cameras.stream()
                .map(camera -> camera.pending)
                .filter(post -> post != null)
                .forEach(to);
    }
}
