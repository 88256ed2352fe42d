package io.headcount.flow;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * kill -9 where it hurts: a debugger halts the gateway at a chosen place of a post's way, while cameras post, and it is killed there.
 * Afterwards every acknowledged post must be readable, once. A place that is never met is a failure of this campaign.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.PlacedHalts [SEED [ROUNDS_PER_PLACE [process|power]]]   # 1 5 process
 * </pre>
 */
final class PlacedHalts {
    private static final int CAMERAS = 32;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MOST_PASSES = 300;
    private static final int MEET_WITHIN_SEC = 90;
    private static final long LAST_LIFE_MS = 500;

    /** Where to halt: at the beginning of a method, after it was passed some times or, where it is rare, at once. */
    private record Place(String what, String className, String method, boolean rare) {}

    private static final List<Place> PLACES = List.of(
            new Place("record encoded next", "io.headcount.journal.RecordEncoder", "encode", false),
            new Place("before the append", "io.headcount.journal.JournalQueue", "append", false),
            new Place("header reserved, no payload", "net.openhft.chronicle.wire.AbstractWire", "updateHeader", false),
            new Place("appended, not told", "io.headcount.journal.JournalQueue", "currentFile", false),
            new Place("before the batch is settled", "io.headcount.journal.JournalWriter", "onBatchEnd", false),
            new Place("before the answer", "io.headcount.http.PostHandler", "onSettled", false),
            new Place(
                    "end mark of a file",
                    "net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore",
                    "writeEOF",
                    true),
            new Place("next file", "io.headcount.journal.FileGuard$Appending", "<init>", true));

    private final Path dir;
    private final Random random;
    private final String durability;
    private final BusyCameras cameras = new BusyCameras(CAMERAS, PAUSE_NS);

    private PlacedHalts(Path dir, Random random, String durability) {
        this.dir = dir;
        this.random = random;
        this.durability = durability;
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        String durability = arguments.length > 2 ? arguments[2] : "process";
        Path dir = Files.createTempDirectory("headcount-halts");
        System.out.printf("seed %d, %d halts at each of %d places, %s%n", seed, rounds, PLACES.size(), durability);
        Outcome outcome = run(dir, new Random(seed), rounds, durability, true);
        System.out.println(outcome);
        System.exit(outcome.holds() ? 0 : 1);
    }

    /** What came out; {@code missed} counts the lives in which a place was not met. */
    record Outcome(int halts, int missed, JournalOracle journal) {
        boolean holds() {
            return missed == 0 && journal.holds();
        }
    }

    /**
     * Kills so often at each place, on one journal, then looks.
     *
     * @param rarePlaces whether those that are met once a minute are among them
     */
    static Outcome run(Path dir, Random random, int rounds, String durability, boolean rarePlaces) throws Exception {
        PlacedHalts campaign = new PlacedHalts(dir, random, durability);
        int halts = 0;
        int missed = 0;
        for (Place place : PLACES) {
            if (!place.rare() || rarePlaces) {
                int met = 0;
                for (int round = 0; round < rounds; round++) {
                    met += campaign.killAt(place) ? 1 : 0;
                }
                halts += met;
                missed += rounds - met;
                System.out.printf("%-28s killed there %d times of %d%n", place.what(), met, rounds);
            }
        }
        campaign.lastLife();
        return new Outcome(halts, missed, JournalOracle.compare(dir.resolve("journal"), campaign.cameras));
    }

    /** A life that ends at this place; whether it was met. */
    private boolean killAt(Place place) throws Exception {
        int port = freePort();
        try (GatewayProcess gateway = GatewayProcess.startDebuggable(
                port, dir, "journal.durability=" + durability, "journal.roll=minutely")) {
            cameras.start(gateway.httpPort());
            awaitAnswers();
            VirtualMachine machine = attach(port);
            halt(machine, place);
            boolean met = awaitHalt(machine);
            gateway.kill();
            cameras.stop();
            return met;
        }
    }

    private void lastLife() throws Exception {
        try (GatewayProcess gateway =
                GatewayProcess.start(dir, "journal.durability=" + durability, "journal.roll=minutely")) {
            cameras.start(gateway.httpPort());
            awaitAnswers();
            TimeUnit.MILLISECONDS.sleep(LAST_LIFE_MS);
            cameras.stop();
            gateway.terminate();
            gateway.awaitExit();
        }
    }

    // so that what is on a post's way has been loaded
    private void awaitAnswers() throws InterruptedException {
        long answers = cameras.answers() + CAMERAS;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEET_WITHIN_SEC);
        while (cameras.answers() < answers) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("no answers");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    static VirtualMachine attach(int port) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        return connector.attach(arguments);
    }

    private void halt(VirtualMachine machine, Place place) {
        List<ReferenceType> types = machine.classesByName(place.className());
        if (types.isEmpty()) {
            throw new AssertionError(place.className() + " is not loaded: has it been renamed?");
        }
        int passes = place.rare() ? 1 : 1 + random.nextInt(MOST_PASSES);
        for (Method method : types.get(0).methodsByName(place.method())) {
            if (!method.isAbstract() && !method.isNative()) {
                BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(method.location());
                request.addCountFilter(passes);
                request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                request.enable();
            }
        }
    }

    private static boolean awaitHalt(VirtualMachine machine) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEET_WITHIN_SEC);
        while (System.nanoTime() - until < 0) {
            EventSet events = machine.eventQueue().remove(TimeUnit.SECONDS.toMillis(1));
            if (events != null) {
                for (Event event : events) {
                    if (event instanceof BreakpointEvent) {
                        return true;
                    }
                }
                events.resume();
            }
        }
        return false;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
