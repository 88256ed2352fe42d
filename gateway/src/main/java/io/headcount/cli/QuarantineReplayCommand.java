package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.quarantine.BodyHeader;
import io.headcount.quarantine.KeptBodies;
import io.headcount.quarantine.KeptBody;
import io.headcount.quarantine.KeptPart;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quarantine replay}: posts kept bodies again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Posts kept bodies to a running gateway again, oldest first, and deletes those that are accepted. A body that"
                        + " is not whole is skipped. Exit 1 when one is refused again or the gateway does not answer.")
final class QuarantineReplayCommand implements Callable<Integer> {
    private static final int BODIES_PER_PROGRESS_LINE = 100;

    @Mixin
    private QuarantineOptions options;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Which, as `headcount quarantine list` tells them.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/",
            description = "Where the gateway takes posts. Default: ${DEFAULT-VALUE}")
    private String url;

    @Option(
            names = "--dry-run",
            description =
                    "Only tell what would become of them, by the parser of this jar; nothing is posted or deleted.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    private int accepted;
    private int refused;
    private int skipped;

    @Override
    public Integer call() throws ConfigException, IOException, InterruptedException {
        checkUsage();
        KeptBodies bodies = options.bodies();
        List<KeptBody> chosen = chosen(bodies);
        ReplayTarget target = dryRun
                ? new LocalParser(options.config().xml(), System::currentTimeMillis)
                : new RunningTarget(webUrl());
        try {
            for (int i = 0; i < chosen.size(); i++) {
                tell(chosen.get(i), replay(bodies, chosen.get(i), target));
                tellProgress(i + 1, chosen.size());
            }
        } finally {
            out().printf(
                            "%d accepted, %d refused again, %d skipped, of %d%n",
                            accepted, refused, skipped, chosen.size());
            out().flush();
        }
        return refused > 0 ? HeadcountCommand.FAILED : HeadcountCommand.DONE;
    }

    private void checkUsage() {
        if (all == !ids.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Expected: either IDs or --all");
        }
        webUrl();
    }

    /** The text may hold a token: neither it nor the parser's words go into a message. */
    private URI webUrl() {
        try {
            URI parsed = new URI(url);
            boolean web = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            if (web && parsed.getHost() != null) {
                return parsed;
            }
        } catch (URISyntaxException notOne) {
            // told below
        }
        throw new ParameterException(spec.commandLine(), "--url: expected: http://HOST:PORT/PATH, or https");
    }

    private List<KeptBody> chosen(KeptBodies bodies) throws IOException {
        if (all) {
            return bodies.list();
        }
        List<KeptBody> found = new ArrayList<>();
        for (String id : ids) {
            found.add(bodies.find(id));
        }
        return found;
    }

    private String replay(KeptBodies bodies, KeptBody body, ReplayTarget target)
            throws IOException, InterruptedException {
        String obstacle = obstacle(body.header());
        byte[] bytes = null;
        if (obstacle == null) {
            try {
                bytes = bodies.bytesOf(body);
            } catch (NoSuchFileException gone) {
                obstacle = "it was deleted meanwhile";
            } catch (IOException damaged) {
                obstacle = "its file is damaged";
            }
        }
        if (obstacle != null) {
            skipped++;
            return "skipped: " + obstacle;
        }
        ReplayTarget.Outcome outcome = target.replay(bytes);
        if (outcome.accepted()) {
            accepted++;
            if (!dryRun) {
                bodies.delete(body);
            }
        } else {
            refused++;
        }
        return outcome.words();
    }

    /** Why a body can't be replayed, or null. */
    private static String obstacle(BodyHeader header) {
        if (header == null) {
            return "its file is damaged";
        }
        if (header.replayable()) {
            return null;
        }
        if (header.part() == KeptPart.NONE) {
            return "its body was not kept";
        }
        return header.part() == KeptPart.CUT
                ? "only its beginning was kept"
                : "more than the values of secrets is masked";
    }

    private void tell(KeptBody body, String words) {
        out().println(body.id() + " " + words);
    }

    private void tellProgress(int done, int of) {
        if (done % BODIES_PER_PROGRESS_LINE == 0) {
            out().flush();
            PrintWriter err = spec.commandLine().getErr();
            err.println("headcount quarantine replay: " + done + " of " + of);
            err.flush();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
