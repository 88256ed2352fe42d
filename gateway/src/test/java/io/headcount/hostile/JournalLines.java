package io.headcount.hostile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the journals hold, by the device that stands in a line. */
final class JournalLines {
    private static final Pattern DEVICE = Pattern.compile("((before|after)-)?cam-\\d{7}");
    private static final Pattern SEQUENCE = Pattern.compile("^\\{\"seq\":(\\d+),");

    private final Map<String, List<String>> byDevice = new HashMap<>();
    private final List<String> others = new ArrayList<>();

    void add(String line) {
        Matcher device = DEVICE.matcher(line);
        if (device.find()) {
            byDevice.computeIfAbsent(device.group(), none -> new ArrayList<>()).add(line);
        } else {
            others.add(line);
        }
    }

    List<String> of(String device) {
        return byDevice.getOrDefault(device, List.of());
    }

    long records(String device) {
        return of(device).stream().map(JournalLines::sequence).distinct().count();
    }

    private static String sequence(String line) {
        Matcher sequence = SEQUENCE.matcher(line);
        if (!sequence.find()) {
            throw new AssertionError(line);
        }
        return sequence.group(1);
    }

    /** Without what differs from one sending to the next. */
    List<String> comparable(Run run) {
        return of(run.device()).stream()
                .map(line -> SEQUENCE.matcher(line).replaceFirst("{").replace(run.device(), Case.CAMERA))
                .toList();
    }

    /** Lines of devices that nobody has sent. */
    List<String> others() {
        return others;
    }

    Iterable<List<String>> all() {
        return byDevice.values();
    }
}
