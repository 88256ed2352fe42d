package io.headcount.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many cameras on connections of their own, each post sent again until it is acknowledged or the gateway is gone. */
final class CameraFleet {
    private static final int MINUTES = 10;
    private static final int DEVICES = 500;
    private static final long DONE_WITHIN_SEC = 120;

    private final List<CameraPost> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<CameraPost> unanswered = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> otherStatuses = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();

    /**
     * Posts of the last minutes: every row several times with growing counts, some posts twice, some with the same
     * TransmitTime, all of them shuffled.
     */
    static List<CameraPost> posts(long seed, int count, long nowSec) {
        Random random = new Random(seed);
        long firstMinute = nowSec / 60 * 60 - MINUTES * 60L;
        List<CameraPost> posts = new ArrayList<>(count);
        while (posts.size() < count) {
            long start = firstMinute + random.nextInt(MINUTES) * 60L;
            int age = random.nextInt(60);
            posts.add(new CameraPost(
                    random.nextInt(DEVICES), start, start + age, age / 4 + random.nextInt(3), random.nextInt(4)));
            if (random.nextInt(10) == 0) {
                posts.add(posts.get(random.nextInt(posts.size())));
            }
        }
        Collections.shuffle(posts, random);
        return posts.subList(0, count);
    }

    /** Sends the posts over this many connections at once; returns when all are answered or their connections broken. */
    void send(List<CameraPost> posts, int connections, int port) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        for (int i = 0; i < connections; i++) {
            int first = i;
            threads.execute(() -> sendEvery(posts, first, connections, port));
        }
        threads.shutdown();
        if (!threads.awaitTermination(DONE_WITHIN_SEC, TimeUnit.SECONDS)) {
            threads.shutdownNow();
            throw new AssertionError(
                    "not answered within " + DONE_WITHIN_SEC + " s: " + answers.get() + " of " + posts.size());
        }
    }

    private void sendEvery(List<CameraPost> posts, int first, int step, int port) {
        int next = first;
        try (PostClient client = new PostClient(port)) {
            for (; next < posts.size(); next += step) {
                sendOne(posts.get(next), client);
            }
        } catch (IOException gatewayIsGone) {
            for (; next < posts.size(); next += step) {
                unanswered.add(posts.get(next));
            }
        }
    }

    private void sendOne(CameraPost post, PostClient client) throws IOException {
        int status = client.post(post.document()).status();
        answers.incrementAndGet();
        if (status == 200) {
            acknowledged.add(post);
        } else {
            otherStatuses.add(status);
            unanswered.add(post);
        }
    }

    List<CameraPost> acknowledged() {
        return List.copyOf(acknowledged);
    }

    List<CameraPost> unanswered() {
        return List.copyOf(unanswered);
    }

    List<Integer> otherStatuses() {
        return List.copyOf(otherStatuses);
    }

    int acknowledgedSoFar() {
        return acknowledged.size();
    }
}
