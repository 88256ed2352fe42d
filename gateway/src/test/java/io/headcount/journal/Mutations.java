package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;

/**
 * Seeded damage to a closed journal: bits flipped, ranges zeroed, overwritten, inserted, taken out, cut off, records copied. What is
 * asserted of each is what the fuzz target asserts ({@link JournalFuzzTest}).
 *
 * <pre>
 * mvn package -DskipTests
 * java OPENINGS -cp CLASSPATH io.headcount.journal.Mutations [SEED [MUTATIONS]]  # 1 5000
 * </pre>
 *
 * OPENINGS are those of {@code ClockJumps}; CLASSPATH needs the test libraries: JOURNAL.md has the command.
 */
final class Mutations {
    private static final int MOST_INPUT_BYTES = 40;
    private static final int LEAST_INPUT_BYTES = 4;

    private Mutations() {}

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int mutations = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        System.out.printf("seed %d, %d mutations%n", seed, mutations);
        Outcome outcome = run(Files.createTempDirectory("headcount-mutations"), seed, mutations);
        System.out.println(outcome);
        System.exit(outcome.broken() == 0 ? 0 : 1);
    }

    /**
     * What came out.
     *
     * @param withFaults damaged journals of which the reader told a fault
     * @param faults faults told in all
     * @param broken damaged journals with which a promise was broken; each is printed
     */
    record Outcome(int mutations, int withFaults, long faults, int broken) {}

    static Outcome run(Path dir, long seed, int mutations) throws IOException {
        JournalFuzzTest.good = Files.createDirectory(dir.resolve("good"));
        JournalFuzzTest.dir = Files.createDirectory(dir.resolve("damaged"));
        JournalFuzzTest.writeJournal();
        Random random = new Random(seed);
        JournalFuzzTest target = new JournalFuzzTest();
        int withFaults = 0;
        long faults = 0;
        int broken = 0;
        for (int mutation = 0; mutation < mutations; mutation++) {
            byte[] input = new byte[LEAST_INPUT_BYTES + random.nextInt(MOST_INPUT_BYTES - LEAST_INPUT_BYTES)];
            random.nextBytes(input);
            try {
                target.shouldDeliverWhatIsProvenAndTellWhatIsMissing(input);
            } catch (AssertionError promise) {
                broken++;
                System.out.printf(
                        "mutation %d, input %s: %s%n", mutation, HexFormat.of().formatHex(input), promise);
            }
            withFaults += target.faultsTold() > 0 ? 1 : 0;
            faults += target.faultsTold();
        }
        JournalFuzzTest.logAgain();
        return new Outcome(mutations, withFaults, faults, broken);
    }
}
