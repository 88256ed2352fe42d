package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.JournalFixture;
import io.headcount.journal.JournalWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail --name} in processes of its own: killed and resumed, several at once, told to stop. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NamedTailKillTest {
    private static final Pattern SEQUENCE = Pattern.compile("\\{\"seq\":(\\d+),.*}");
    private static final int RECORDS = 9_000;

    @TempDir
    private Path dir;

    private Process tail(String name, String... more) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx128m", "-XX:TieredStopAtLevel=1"));
        Collections.addAll(command, "-cp", System.getProperty("java.class.path"), Main.class.getName());
        Collections.addAll(command, "tail", "--journal", dir.toString(), "--name", name);
        Collections.addAll(command, more);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long sequence(String line) {
        Matcher matcher = SEQUENCE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static List<Long> read(BufferedReader out, int lines) throws IOException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            sequences.add(sequence(out.readLine()));
        }
        return sequences;
    }

    @Test
    void shouldMissNothingWhenItIsKilled() throws Exception {
        new JournalFixture(dir, Roll.MINUTELY).write(3, RECORDS / 3);
        TreeSet<Long> seen = new TreeSet<>();
        for (int kill = 0; kill < 3; kill++) {
            Process process = tail("billing", "--follow");
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                List<Long> read = read(out, 2_000);
                assertThat(read.get(0)).isLessThanOrEqualTo(seen.isEmpty() ? 1 : seen.last() + 1);
                seen.addAll(read);
                kill(process);
                // what is in the pipe has been printed; its last line may be cut off
                out.lines().filter(line -> line.endsWith("}")).forEach(line -> seen.add(sequence(line)));
            }
        }
        Process last = tail("billing");
        try (BufferedReader out = last.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(line -> seen.add(sequence(line)));
        }
        assertThat(last.waitFor()).isZero();
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, RECORDS).boxed().toList());
    }

    @Test
    void shouldServeSeveralNamesAtOnceAndStopBehindWhatWasPrinted() throws Exception {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(1, 100);
        Process first = tail("a", "--follow");
        Process second = tail("b", "--follow", "--from", "end");
        try (BufferedReader a = first.inputReader(StandardCharsets.UTF_8);
                BufferedReader b = second.inputReader(StandardCharsets.UTF_8)) {
            assertThat(read(a, 100)).hasSize(100);
            Process third = tail("a");
            assertThat(third.waitFor()).isEqualTo(1);
            try (JournalWriter writer = journal.open()) {
                journal.append(writer, 50);
            }
            assertThat(read(a, 50)).endsWith(150L);
            first.toHandle().destroy();
            assertThat(first.waitFor()).isZero();
            List<Long> ofB = read(b, 1);
            assertThat(ofB.get(0)).isBetween(101L, 150L);
        } finally {
            first.destroyForcibly();
            second.destroyForcibly().waitFor();
        }
        assertThat(run("a")).isEmpty();
    }

    /** kill -9; what is in the pipe stays there, other than with {@link Process#destroyForcibly}. */
    private static void kill(Process process) throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    private List<String> run(String name) throws Exception {
        Process process = tail(name);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines().toList();
        }
    }
}
