package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.DamagedJournal.Written;
import io.headcount.model.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Roll files with any damage: whatever is delivered was written, and whatever is missing is told. FUZZING.md says what is
 * asserted and how to run it as a fuzzer.
 */
final class JournalFuzzTest {
    private static final int FILES = 2;
    private static final int RECORDS_PER_FILE = 6;
    private static final int ROOM_BYTES = 8192;
    private static final Logger END_LOG = (Logger) LoggerFactory.getLogger(JournalEnd.class);

    @TempDir
    static Path good;

    @TempDir
    static Path dir;

    private static DamagedJournal journal;

    private final List<Fault> faults = new ArrayList<>();

    @BeforeAll
    static void writeJournal() throws IOException {
        JournalFixture fixture = new JournalFixture(good, Roll.MINUTELY);
        fixture.write(FILES, RECORDS_PER_FILE);
        journal = new DamagedJournal(fixture, ROOM_BYTES);
        // damage is its daily bread here
        END_LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        END_LOG.setLevel(null);
    }

    @FuzzTest(maxDuration = "20m")
    void shouldDeliverWhatIsProvenAndTellWhatIsMissing(byte[] input) throws IOException {
        faults.clear();
        journal.damage(input);
        journal.write(dir);

        List<Long> delivered = deliveredFrom(Long.MIN_VALUE);
        assertNothingGoodIsLeftOut(delivered);
        assertMissingIsTold(delivered);
        assertVerifyAgrees(delivered);
        if (journal.isOrdered()) {
            assertThat(delivered).isSorted().doesNotHaveDuplicates();
            assertSeekFinds(delivered, input.length == 0 ? 0 : input[0] & 0xF);
            assertWriterGoesOnBehind(delivered);
        }
    }

    /** How many faults the reader told of, the last time. */
    int faultsTold() {
        return faults.size();
    }

    /** Sequences from this one on, having compared every record with what was written. */
    private List<Long> deliveredFrom(long sequence) {
        Map<Long, byte[]> written = new LinkedHashMap<>();
        journal.written().forEach(each -> written.put(each.sequence(), each.payload()));
        RecordEncoder encoder = new RecordEncoder();
        Post post = new Post();
        List<Long> delivered = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(dir, faults::add)) {
            if (sequence != Long.MIN_VALUE) {
                reader.seek(sequence);
            }
            while (reader.nextBeforeEnd()) {
                delivered.add(reader.sequence());
                assertThat(reader.decode(post)).isEqualTo(Decoded.POST);
                byte[] record = written.get(reader.sequence());
                long newestStart = RecordLayout.longAt(record, RecordLayout.NEWEST_START);
                int length = encoder.encode(post, reader.sequence(), newestStart);
                assertThat(Arrays.copyOf(encoder.bytes(), length)).isEqualTo(record);
            }
        }
        return delivered;
    }

    private static void assertNothingGoodIsLeftOut(List<Long> delivered) {
        for (Written each : journal.written()) {
            if (journal.isInPlace(each)) {
                assertThat(delivered).contains(each.sequence());
            }
        }
    }

    private void assertMissingIsTold(List<Long> delivered) {
        if (journal.isWhole()) {
            assertThat(faults).isEmpty();
        }
        boolean untold = journal.written().stream()
                .anyMatch(each -> !delivered.contains(each.sequence()) && !looksUnfinished(each, delivered));
        if (untold && !journal.hasEmptyFile()) {
            assertThat(faults).isNotEmpty();
        }
    }

    /**
     * An unfinished document that no record follows is what a kill leaves behind, and no fault; and what stood before the
     * oldest record may have been deleted by age. Where copies stand, nobody can say where reading ended.
     */
    private static boolean looksUnfinished(Written missing, List<Long> delivered) {
        if (!journal.isOrdered()) {
            return true;
        }
        List<Written> all = journal.written();
        long oldest = delivered.stream().min(Long::compare).orElse(Long.MAX_VALUE);
        long newest = delivered.stream().max(Long::compare).orElse(0L);
        if (missing.sequence() < oldest) {
            return journal.isUnfinished(all.get(0))
                    || (!delivered.isEmpty() && journal.beginsItsFile(all.get((int) oldest - 1)));
        }
        return missing.sequence() > newest && journal.isUnfinished(all.get((int) newest));
    }

    private void assertVerifyAgrees(List<Long> delivered) {
        VerifyReport report = Verify.run(dir);
        assertThat(report.records()).isEqualTo(delivered.size());
        assertThat(report.faults()).isEqualTo(faults);
    }

    private void assertSeekFinds(List<Long> delivered, long sequence) {
        assertThat(deliveredFrom(sequence))
                .isEqualTo(delivered.stream().filter(each -> each >= sequence).toList());
    }

    /** A number that was given is never given again, and what is set aside is still read. */
    private void assertWriterGoesOnBehind(List<Long> delivered) {
        JournalEnd end = JournalEnd.find(dir);
        assertThat(end.sequence()).isEqualTo(delivered.isEmpty() ? 0 : delivered.get(delivered.size() - 1));
        assertThat(deliveredFrom(Long.MIN_VALUE)).isEqualTo(delivered);
    }
}
