package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.LoadedConfig;
import io.headcount.http.TlsCheck;
import io.headcount.http.TokenFile;
import io.headcount.journal.ChronicleSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** {@code serve}: runs the gateway until SIGTERM, SIGINT or a failure. */
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final ConfigOptions.Plain options = new ConfigOptions.Plain();
    private final CommandSpec spec = options.addTo(PlainCommand.of(
            this,
            "serve",
            "Runs the gateway. Prints one line on stdout once it is ready; logs go to stderr. SIGTERM drains and"
                    + " exits 0, a second one exits at once."));

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigException, IOException, InterruptedException {
        ChronicleSettings.prepare();
        LoadedConfig loaded = options.load();
        loaded.warnings().forEach(LOG::warn);
        loaded.render().forEach(line -> LOG.info("{}", line));
        // before the journal is touched; the intake reads them again
        TlsCheck.of(loaded.gateway().http().tls(), Instant.now());
        loaded.gateway().http().access().tokens().ifPresent(TokenFile::read);
        MemoryEnd memory = MemoryEnd.ofProcess();
        GatewayState state = new GatewayState(memory);
        MemoryFilter.install(state::faulted);
        stopOnSignals(state);
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> onThreadEnd(state, thread, bug));
        StopLimit.start(state, memory, loaded.gateway().stopTimeoutMs());
        Gateway gateway = new Gateway(loaded.gateway(), state, Clock.systemUTC());
        if (gateway.start()) {
            announce(gateway);
            state.awaitEnd();
            LOG.info(state.failed() ? "Stopping after a failure" : "Stopping: finishing what is in flight");
            gateway.close();
            LOG.info("Stopped");
        } else {
            LOG.info("Stopped before the journal had been read back; nothing was accepted");
        }
        return state.failed() ? HeadcountCommand.FAILED : HeadcountCommand.DONE;
    }

    private void announce(Gateway gateway) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(gateway.readyLine());
        out.flush();
    }

    /** No thread of ours may die unnoticed; a request to the admin port may fail alone. */
    private static void onThreadEnd(GatewayState state, Thread thread, Throwable bug) {
        state.faulted(bug); // first: if memory has run out nothing else will go
        boolean vital = thread.getName().startsWith("hc-") && !thread.getName().startsWith("hc-admin");
        if (vital) {
            state.broken(bug);
        }
        LOG.error("Thread {} has ended by an exception", thread.getName(), bug);
    }

    private static void stopOnSignals(GatewayState state) {
        AtomicInteger signals = new AtomicInteger();
        Signals.onTermination(() -> {
            if (signals.incrementAndGet() == 1) {
                state.drain();
            } else {
                Runtime.getRuntime().halt(HeadcountCommand.FAILED);
            }
        });
    }
}
