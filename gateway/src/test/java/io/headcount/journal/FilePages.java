package io.headcount.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A file as pages of 4 KiB, those of zeros left out. */
record FilePages(long length, Map<Integer, byte[]> pages) {
    static final FilePages EMPTY = new FilePages(0, Map.of());

    private static final int PAGE_BYTES = 4096;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    static FilePages of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Map<Integer, byte[]> pages = new TreeMap<>();
        for (int from = 0; from < bytes.length; from += PAGE_BYTES) {
            int to = Math.min(bytes.length, from + PAGE_BYTES);
            if (!Arrays.equals(bytes, from, to, ZEROS, 0, to - from)) {
                pages.put(from / PAGE_BYTES, Arrays.copyOfRange(bytes, from, from + PAGE_BYTES));
            }
        }
        return new FilePages(bytes.length, pages);
    }

    static Map<String, FilePages> ofAll(Path dir) throws IOException {
        Map<String, FilePages> all = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
            for (Path file : files) {
                all.put(file.getFileName().toString(), of(file));
            }
        }
        return all;
    }

    /** This file, where each page and the length is a later state's with the probability {@code share}. */
    FilePages mixedWith(FilePages later, Random random, double share) {
        Map<Integer, byte[]> mixed = new TreeMap<>();
        TreeSet<Integer> numbers = new TreeSet<>(pages.keySet());
        numbers.addAll(later.pages.keySet());
        for (int number : numbers) {
            byte[] page = (random.nextDouble() < share ? later : this).pages.get(number);
            if (page != null) {
                mixed.put(number, page);
            }
        }
        return new FilePages(random.nextDouble() < share ? later.length : length, mixed);
    }

    /** Writes the file, sparsely; pages behind its length are left out. */
    void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            if (length > 0) {
                channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
            for (Map.Entry<Integer, byte[]> page : pages.entrySet()) {
                long from = (long) page.getKey() * PAGE_BYTES;
                int size = (int) Math.min(PAGE_BYTES, length - from);
                if (size > 0) {
                    channel.write(ByteBuffer.wrap(page.getValue(), 0, size), from);
                }
            }
        }
    }
}
