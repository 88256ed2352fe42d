package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A debugger throws an error into a thread of the gateway, wherever it is: the gateway stops and says so; none dies unnoticed. */
@Timeout(120)
final class DeadThreadsIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int MOST_MS = 2_000;
    private static final long WITHIN_SEC = 10; // on a machine that builds; else it takes a second

    @TempDir
    private Path dir;

    @ParameterizedTest
    @CsvSource({
        "hc-pipeline, java.lang.OutOfMemoryError",
        "hc-http-, java.lang.OutOfMemoryError",
        "hc-accept-0, java.lang.OutOfMemoryError",
        "hc-disk, java.lang.OutOfMemoryError",
        "hc-disk, java.lang.NullPointerException",
        "hc-retention, java.lang.OutOfMemoryError",
        "hc-files, java.lang.OutOfMemoryError",
        "hc-quarantine, java.lang.OutOfMemoryError",
        "HTTP-Dispatcher, java.lang.OutOfMemoryError",
    })
    void shouldStopWhenAThreadDies(String threads, String error) throws Exception {
        int port = PlacedHalts.freePort();
        Path tokens = Files.writeString(dir.resolve("tokens"), TOKEN + " *\n"); // so that there is hc-files
        try (GatewayProcess gateway = GatewayProcess.startDebuggable(port, dir, "http.tokens=" + tokens)) {
            post(gateway);
            ask(gateway);
            VirtualMachine machine = PlacedHalts.attach(port);
            long began = System.nanoTime();
            while (gateway.isAlive()) {
                assertThat(System.nanoTime() - began)
                        .as(gateway.log())
                        .isLessThan(TimeUnit.SECONDS.toNanos(WITHIN_SEC));
                throwIfItCan(machine, threads, error);
                postIfItCan(gateway); // wakes threads that wait for something to do
            }
            assertThat(gateway.awaitExit()).isEqualTo(1);
            // where the error meets a lock it becomes another one
            assertThat(gateway.log()).contains("nothing is acknowledged any more");
        }
    }

    /** Again and again: what is thrown into an event loop while it is at a connection may end that connection alone. */
    private static void throwIfItCan(VirtualMachine machine, String threads, String error) throws Exception {
        try {
            throwInto(machine, threads, error);
        } catch (VMDisconnectedException ended) {
            // as it should
        }
    }

    /** The virtual machine holds errors ready, so that one can be thrown without memory. */
    private static void throwInto(VirtualMachine machine, String threads, String error) throws Exception {
        ObjectReference ready = machine.classesByName(error).get(0).instances(1).get(0);
        machine.suspend();
        for (ThreadReference thread : machine.allThreads()) {
            if (thread.name().startsWith(threads)) {
                thread.stop(ready);
            }
        }
        machine.resume();
    }

    private static int post(GatewayProcess gateway) throws IOException {
        try (PostClient camera = new PostClient(gateway.httpPort())) {
            return camera.post(CameraFleet.posts(1, 1, Instant.now().getEpochSecond())
                            .get(0)
                            .document())
                    .status();
        }
    }

    /** Any answer will do, or none. */
    private static void ask(GatewayProcess gateway) throws IOException {
        URL page = new URL("http", "127.0.0.1", gateway.adminPort(), "/health/live");
        HttpURLConnection connection = (HttpURLConnection) page.openConnection();
        connection.setConnectTimeout(MOST_MS);
        connection.setReadTimeout(MOST_MS);
        connection.getResponseCode();
        connection.disconnect();
    }

    private static void postIfItCan(GatewayProcess gateway) throws InterruptedException {
        try {
            post(gateway);
            ask(gateway);
        } catch (IOException stopping) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
