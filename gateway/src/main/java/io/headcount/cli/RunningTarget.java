package io.headcount.cli;

import io.headcount.http.RefusedBodies;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts bodies to a running gateway, one after the other. */
final class RunningTarget implements ReplayTarget {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 4096;
    private static final int MAX_WORDS = 200;
    private static final int OK = 200;
    private static final Pattern MESSAGE = Pattern.compile("\"msg\":\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI url;

    /** The gateway at this URL, http or https. */
    RunningTarget(URI url) {
        this.url = url;
    }

    @Override
    public Outcome replay(byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/xml")
                // refused again it is not to be kept a second time, nor answered 200 for being kept
                .header(RefusedBodies.REPLAY_HEADER, "1")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            return outcome(answer.statusCode(), textOf(answer));
        } catch (IOException unreachable) {
            // of the URL only what holds no token
            throw new IOException("no answer from " + url.getHost() + ":" + portOf(url) + " (" + unreachable + ")");
        }
    }

    private static Outcome outcome(int status, String text) {
        if (status == OK) {
            return new Outcome(true, "accepted");
        }
        Matcher message = MESSAGE.matcher(text);
        return new Outcome(false, "refused again: " + status + " " + (message.find() ? message.group(1) : text));
    }

    /** Its beginning, without anything that a terminal would obey. */
    private static String textOf(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            String text = new String(body.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
            String printable = text.replaceAll("\\p{Cntrl}", "?");
            return printable.substring(0, Math.min(MAX_WORDS, printable.length()));
        }
    }

    private static int portOf(URI url) {
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    }
}
