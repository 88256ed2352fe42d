package io.headcount.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures whether the time of a refusal tells how much of a wrong token was right: {@code main} tries tokens that are wrong
 * from their first, their middle and their last character on, in random order, against the file's look-up alone and over a socket,
 * and prints what each took. Twice the first kind shows how much difference chance makes.
 */
final class TokenTiming {
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz012345";
    private static final List<String> NAMES = List.of("first", "first again", "middle", "last");
    private static final List<String> GUESSES =
            List.of(wrongAt(0), wrongAt(0), wrongAt(TOKEN.length() / 2), wrongAt(TOKEN.length() - 1));
    private static final int SAMPLES = 100_000;
    private static final int WARM_UP = 20_000;

    private TokenTiming() {}

    /** One try of a token. */
    private interface Trial {
        void run(String token) throws IOException;
    }

    private static String wrongAt(int index) {
        return TOKEN.substring(0, index) + '_' + TOKEN.substring(index + 1);
    }

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("tokens", "");
        try {
            Secrets.write(file, TOKEN + " *\n");
            Tokens tokens = TokenFile.read(file);
            measure("look-up", tokens::find);
            measureOverSocket(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void measureOverSocket(Path file) throws IOException {
        HttpSettings settings = new HttpSettings();
        settings.access = AccessTest.withTokens(file);
        try (SocketIntake intake = new SocketIntake(settings);
                Peer peer = intake.connect()) {
            measure(
                    "over a socket",
                    token -> peer.send("POST /t/" + token + " HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\n\r\n")
                            .answer());
        }
    }

    private static void measure(String what, Trial trial) throws IOException {
        long[][] ns = new long[GUESSES.size()][SAMPLES];
        int[] taken = new int[GUESSES.size()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < WARM_UP; i++) {
            trial.run(GUESSES.get(random.nextInt(GUESSES.size())));
        }
        for (int left = SAMPLES * GUESSES.size(); left > 0; ) {
            int kind = random.nextInt(GUESSES.size());
            if (taken[kind] < SAMPLES) {
                long start = System.nanoTime();
                trial.run(GUESSES.get(kind));
                ns[kind][taken[kind]++] = System.nanoTime() - start;
                left--;
            }
        }
        for (int kind = 0; kind < ns.length; kind++) {
            print(what, NAMES.get(kind), ns[kind]);
        }
    }

    private static void print(String what, String name, long[] ns) {
        Arrays.sort(ns);
        double middle =
                Arrays.stream(ns, SAMPLES / 10, SAMPLES * 9 / 10).average().orElseThrow();
        System.out.printf(
                "%-14s wrong at the %-12s n=%d  p25 %d ns  p50 %d ns  p75 %d ns  mean of the middle 80%% %.1f ns%n",
                what, name, SAMPLES, ns[SAMPLES / 4], ns[SAMPLES / 2], ns[SAMPLES * 3 / 4], middle);
    }
}
