package io.headcount.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;

/** Seeded damage of a roll file: flipped bits, zeroed or garbled pages, a cut. */
final class Damage {
    private static final int USED_BYTES = 170_000;

    private Damage() {}

    static void random(Path path, long seed) throws IOException {
        Random random = new Random(seed);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            int at = random.nextInt(USED_BYTES);
            switch (random.nextInt(4)) {
                case 0 -> flip(file, at, random);
                case 1 -> overwrite(file, at & ~4095, new byte[4096]);
                case 2 -> garble(file, at & ~4095, random);
                default -> file.setLength(at);
            }
        }
    }

    private static void flip(RandomAccessFile file, int at, Random random) throws IOException {
        file.seek(at);
        int value = file.read();
        overwrite(file, at, new byte[] {(byte) (value ^ 1 << random.nextInt(8))});
    }

    private static void garble(RandomAccessFile file, int at, Random random) throws IOException {
        byte[] page = new byte[4096];
        random.nextBytes(page);
        overwrite(file, at, page);
    }

    private static void overwrite(RandomAccessFile file, int at, byte[] bytes) throws IOException {
        file.seek(at);
        file.write(bytes);
    }
}
