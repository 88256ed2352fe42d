package io.headcount.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of an input that was sent once.
 *
 * @param sent what, how, and under which number
 * @param answers all that came, up to the end of the connection
 * @param end how the connection ended, or what kept the peer from seeing it
 */
record Outcome(Run sent, List<String> answers, String end) {
    /** The connection was ended in good order or reset. */
    static final String ENDED = "ended";

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        for (String answer : answers) {
            Matcher matcher = STATUS_LINE.matcher(answer);
            statuses.add(matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0);
        }
        return statuses;
    }
}
