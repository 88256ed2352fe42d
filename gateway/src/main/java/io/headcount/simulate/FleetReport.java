package io.headcount.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What became of a run. Immutable; its histograms are its own. */
public final class FleetReport {
    private static final double US_PER_MS = 1000;
    private static final double MOST_DELAY_MS = 10;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final String[] PERCENTILE_NAMES = {"p50", "p90", "p99", "p99.9", "p99.99"};

    private final FleetSettings settings;
    private final double seconds;
    private final Tally tally;
    private final Times times;

    /**
     * A report.
     *
     * @param seconds from the start to the last answer
     */
    FleetReport(FleetSettings settings, double seconds, Tally tally, Times times) {
        this.settings = settings;
        this.seconds = seconds;
        this.tally = tally;
        this.times = times;
    }

    /** Whether there were posts, and all of them were answered 2xx in the end. */
    public boolean allAcknowledged() {
        return tally.posts > 0 && tally.acknowledged == tally.posts;
    }

    /** Posts that were due, heartbeats included. */
    public long posts() {
        return tally.posts;
    }

    /** Posts that were answered 2xx in the end. */
    public long acknowledged() {
        return tally.acknowledged;
    }

    /** Posts that were not. */
    public long failed() {
        return tally.failed;
    }

    /** How many answers there were of each status, retries included. */
    public Map<String, Long> answers() {
        Map<String, Long> answers = new TreeMap<>();
        for (int status = 0; status < tally.statusBound(); status++) {
            if (tally.answers(status) > 0) {
                answers.put(String.valueOf(status), tally.answers(status));
            }
        }
        return answers;
    }

    /** How many attempts came to nothing, by what happened. */
    public Map<String, Long> errors() {
        Map<String, Long> errors = new TreeMap<>();
        for (PostFailure failure : PostFailure.values()) {
            if (tally.failures(failure) > 0) {
                errors.put(failure.label(), tally.failures(failure));
            }
        }
        return errors;
    }

    /** What happened on purpose. */
    public Map<String, Long> misbehaviour() {
        Map<String, Long> misbehaviour = new TreeMap<>();
        misbehaviour.put("duplicates", tally.duplicates);
        misbehaviour.put("ties", tally.ties);
        misbehaviour.put("backlogs", tally.backlogs);
        misbehaviour.put("slow", tally.slow);
        misbehaviour.put("lost-answers", tally.lostAnswers);
        misbehaviour.put("retries", tally.retries);
        misbehaviour.values().removeIf(count -> count == 0);
        return misbehaviour;
    }

    /** The report for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(format("fleet    %s", fleet()));
        lines.add(format(
                "posts    %,d in %.1f s (%,.0f/s), %,d acknowledged, %,d failed",
                tally.posts, seconds, tally.posts / seconds, tally.acknowledged, tally.failed));
        lines.add("answers  " + counts(answers()));
        lines.add("errors   " + counts(errors()));
        if (!misbehaviour().isEmpty()) {
            lines.add("on purpose  " + counts(misbehaviour()));
        }
        if (tally.heartbeats > 0) {
            lines.add(format("heartbeats  %,d of the posts", tally.heartbeats));
        }
        lines.add("latency, from when a post was due to its answer, ms" + warmUp() + unanswered());
        lines.add("         " + percentiles(times.latency()));
        if (times.slow().getTotalCount() > 0) {
            lines.add("         " + percentiles(times.slow())
                    + "   of posts that trickled, or waited behind one that did");
        }
        if (times.refused().getTotalCount() > 0) {
            lines.add("         " + percentiles(times.refused()) + "   of posts that were refused in the end");
        }
        lines.add("delay, from when a post was due to when the simulator had time for it, ms");
        lines.add("         " + percentiles(times.delay()));
        if (behind()) {
            lines.add(
                    "BEHIND: the simulator was more than 10 ms late for 1 % of the posts; the latency is its own as well");
        }
        return lines;
    }

    /** Whether so many posts were late through the simulator's own fault that the latency says little of the gateway. */
    private boolean behind() {
        return percentileMs(times.delay(), 99) > MOST_DELAY_MS;
    }

    private String fleet() {
        Timing timing = settings.timing();
        return format(
                "%,d cameras, %s, %s, %s, seed %d",
                settings.cameras(),
                settings.mode().name().toLowerCase(Locale.ROOT),
                timing.aligned() ? format("aligned within %.0f ms", timing.burstNs() / 1e6) : "spread",
                connections(),
                settings.seed());
    }

    /** A percentile that leaves out those who waited in vain must not pass for one of all. */
    private String unanswered() {
        return tally.failed == 0
                ? ""
                : format("; those of the %,d failed posts that had no answer are not in it", tally.failed);
    }

    private String warmUp() {
        long warmUpNs = settings.timing().warmUpNs();
        return warmUpNs == 0 ? "" : format("; without posts of the first %.1f s", warmUpNs / 1e9);
    }

    private String connections() {
        Connections connections = settings.target().connections();
        if (!connections.kept()) {
            return "a connection per post";
        }
        return connections.shared() == 0 ? "kept connections" : connections.shared() + " shared connections";
    }

    private static String counts(Map<String, Long> counts) {
        List<String> words = new ArrayList<>();
        counts.forEach((name, count) -> words.add(format("%s: %,d", name, count)));
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static String percentiles(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PERCENTILES.length; i++) {
            text.append(format("%s %.2f  ", PERCENTILE_NAMES[i], percentileMs(histogram, PERCENTILES[i])));
        }
        return text.append(format("max %.2f", histogram.getMaxValue() / US_PER_MS))
                .toString();
    }

    private static double percentileMs(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / US_PER_MS;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The report for programs: one JSON object. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            writeRun(json);
            writeCounts(json, "answers", answers());
            writeCounts(json, "errors", errors());
            writeCounts(json, "misbehaviour", misbehaviour());
            writeHistogram(json, "latencyMs", times.latency());
            writeHistogram(json, "slowLatencyMs", times.slow());
            writeHistogram(json, "refusedLatencyMs", times.refused());
            writeHistogram(json, "delayMs", times.delay());
            json.writeBooleanField("behind", behind());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing is written but memory", impossible);
        }
        return text + "\n";
    }

    private void writeRun(JsonGenerator json) throws IOException {
        json.writeNumberField("cameras", settings.cameras());
        json.writeStringField("mode", settings.mode().name().toLowerCase(Locale.ROOT));
        json.writeStringField("connections", connections());
        json.writeStringField("target", settings.target().posts().listener());
        json.writeNumberField("seed", settings.seed());
        json.writeNumberField("intervalSec", settings.timing().intervalSec());
        json.writeNumberField("periodMs", settings.timing().periodNs() / 1e6);
        json.writeBooleanField("aligned", settings.timing().aligned());
        json.writeNumberField("warmUpMs", settings.timing().warmUpNs() / 1e6);
        json.writeNumberField("seconds", seconds);
        json.writeNumberField("posts", tally.posts);
        json.writeNumberField("heartbeats", tally.heartbeats);
        json.writeNumberField("requests", tally.requests);
        json.writeNumberField("acknowledged", tally.acknowledged);
        json.writeNumberField("failed", tally.failed);
        json.writeNumberField("postsPerSecond", tally.posts / seconds);
    }

    private static void writeCounts(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void writeHistogram(JsonGenerator json, String name, Histogram histogram) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", histogram.getTotalCount());
        json.writeNumberField("mean", histogram.getMean() / US_PER_MS);
        for (int i = 0; i < PERCENTILES.length; i++) {
            json.writeNumberField(PERCENTILE_NAMES[i], percentileMs(histogram, PERCENTILES[i]));
        }
        json.writeNumberField("max", histogram.getMaxValue() / US_PER_MS);
        json.writeEndObject();
    }
}
