package io.headcount.simulate;

/** One post from when it is due until it is settled: what it says, and how far it has come. Its event loop. */
final class FleetPost {
    /** What it is. */
    enum Kind {
        METRICS("Metrics"),
        RT_METRICS("RTMetrics"),
        DIAGS("Diags");

        private final String root;

        Kind(String root) {
            this.root = root;
        }

        String root() {
            return root;
        }
    }

    /** Why it was sent besides the usual. */
    enum Extra {
        NONE,
        DUPLICATE,
        TIE
    }

    private final Camera camera;
    private final Kind kind;
    private final Extra extra;
    private final long transmitSec;
    private final long startSec;
    private final int[] people;
    private final long dueNs;

    private boolean slow;
    private boolean behindSlow;
    private boolean losingAnswer;
    private int attempts;
    private long wakeNs;
    private long attemptNs;
    private long logNumber;

    // the link's queue
    FleetPost behind;

    // attempts under way, oldest first
    FleetPost older;
    FleetPost younger;

    /**
     * A post.
     *
     * @param startSec start of its first window
     * @param people how many had passed, window by window; none in a heartbeat
     * @param dueNs when it is to be sent, from the run's start
     */
    FleetPost(Camera camera, Kind kind, Extra extra, long transmitSec, long startSec, int[] people, long dueNs) {
        this.camera = camera;
        this.kind = kind;
        this.extra = extra;
        this.transmitSec = transmitSec;
        this.startSec = startSec;
        this.people = people;
        this.dueNs = dueNs;
        this.wakeNs = dueNs;
    }

    /** The same document again. */
    FleetPost duplicate(long laterNs) {
        return new FleetPost(camera, kind, Extra.DUPLICATE, transmitSec, startSec, people, dueNs + laterNs);
    }

    /** Another document with the same TransmitTime: one more, or one less, has passed in the last window. */
    FleetPost tie(int more, long laterNs) {
        int[] others = people.clone();
        others[others.length - 1] += more;
        return new FleetPost(camera, kind, Extra.TIE, transmitSec, startSec, others, dueNs + laterNs);
    }

    Camera camera() {
        return camera;
    }

    Kind kind() {
        return kind;
    }

    Extra extra() {
        return extra;
    }

    long transmitSec() {
        return transmitSec;
    }

    long startSec() {
        return startSec;
    }

    int windows() {
        return people.length;
    }

    int people(int window) {
        return people[window];
    }

    long dueNs() {
        return dueNs;
    }

    void trickle() {
        slow = true;
    }

    boolean slow() {
        return slow;
    }

    /** It waits in its connection for one whose time says nothing of the gateway. */
    void waitBehindSlow() {
        behindSlow = true;
    }

    /** Whether its latency is the simulator's own doing. */
    boolean toldApart() {
        return slow || behindSlow;
    }

    void loseAnswer() {
        losingAnswer = true;
    }

    /** Whether the answer of this attempt is to be lost. */
    boolean losingAnswer() {
        return losingAnswer && attempts == 1;
    }

    void attempt(long nowNs) {
        attempts++;
        attemptNs = nowNs;
    }

    int attempts() {
        return attempts;
    }

    /** When the attempt under way began, from the run's start. */
    long attemptNs() {
        return attemptNs;
    }

    /** When it is to be sent, the first time or again. */
    long wakeNs() {
        return wakeNs;
    }

    void wakeAt(long ns) {
        wakeNs = ns;
    }

    /** Its number in the acknowledgement log. */
    long logNumber() {
        return logNumber;
    }

    void logNumber(long number) {
        logNumber = number;
    }
}
