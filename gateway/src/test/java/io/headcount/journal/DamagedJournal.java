package io.headcount.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A journal of two files that a fuzzer's input damages, step by step. A step is four bytes: what, which file and where, how
 * far from there, and how much; overwriting takes its bytes from the input, too. Bytes are inserted and taken out by fours,
 * as records stand at offsets that 4 divides: nothing that keeps files moves what is in them by less.
 */
final class DamagedJournal {
    private static final int STEP_BYTES = 4;
    private static final int MAX_STEPS = 8;
    private static final int KINDS = 8;
    private static final int PAGE_BYTES = 4096;
    private static final int SECOND_FILE = 0x80;
    private static final int META_DATA = 0x4000_0000;

    /** One record as it was written: its document, header and all. */
    static final class Written {
        private final int file;
        private final int offset;
        private final long sequence;
        private final byte[] document;

        private Written(int file, int offset, long sequence, byte[] document) {
            this.file = file;
            this.offset = offset;
            this.sequence = sequence;
            this.document = document;
        }

        long sequence() {
            return sequence;
        }

        byte[] payload() {
            return Arrays.copyOfRange(document, RollFileScanner.HEADER_BYTES, document.length);
        }
    }

    private final List<String> names = new ArrayList<>();
    private final List<byte[]> originals = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private List<byte[]> files = new ArrayList<>();
    private boolean ordered;

    /** The good journal in this directory, with {@code room} zeros left behind the records of each file. */
    DamagedJournal(JournalFixture journal, int room) throws IOException {
        List<JournalFixture.Place> places = journal.places();
        for (Path file : journal.files()) {
            names.add(file.getFileName().toString());
            byte[] whole = Files.readAllBytes(file);
            originals.add(Arrays.copyOf(whole, Math.min(whole.length, lengthUsed(whole) + room)));
            places.stream().filter(place -> place.file().equals(file)).forEach(this::addWritten);
        }
    }

    private static int lengthUsed(byte[] file) {
        int used = file.length;
        while (file[used - 1] == 0) {
            used--;
        }
        return (used + 3) & ~3;
    }

    private void addWritten(JournalFixture.Place place) {
        int file = originals.size() - 1;
        int from = (int) place.offset();
        int length = RollFileScanner.HEADER_BYTES + RecordLayout.intAt(originals.get(file), from);
        byte[] document = Arrays.copyOfRange(originals.get(file), from, from + length);
        written.add(new Written(file, from, place.sequence(), document));
    }

    /** All records of the good journal, in order. */
    List<Written> written() {
        return written;
    }

    /** Begins with the good journal again and damages it. */
    void damage(byte[] input) {
        files = new ArrayList<>(originals);
        ordered = true;
        int at = 0;
        for (int step = 0; step < MAX_STEPS && at + STEP_BYTES <= input.length; step++) {
            int file = (input[at + 1] & SECOND_FILE) == 0 ? 0 : 1;
            int amount = input[at + 3] & 0xFF;
            int from = Math.min(files.get(file).length, place(input[at + 1] & 0x7F, file) + (input[at + 2] & 0xFF));
            byte[] more =
                    Arrays.copyOfRange(input, at + STEP_BYTES, Math.min(input.length, at + STEP_BYTES + amount % 16));
            int kind = (input[at] & 0xFF) % KINDS;
            files.set(file, damaged(kind, files.get(file).clone(), from, amount, more));
            at += STEP_BYTES + (kind == 2 || kind == 6 ? more.length : 0);
        }
    }

    /** Documents of records first, then the file's beginning, its index, and what is behind the last record. */
    private int place(int number, int file) {
        List<Written> here = written.stream().filter(each -> each.file == file).toList();
        int index = number % (here.size() + 3);
        if (index < here.size()) {
            return here.get(index).offset;
        }
        Written last = here.get(here.size() - 1);
        return switch (index - here.size()) {
            case 0 -> 0;
            case 1 -> here.get(0).offset / 2;
            default -> last.offset + (last.document.length + 3 & ~3);
        };
    }

    private byte[] damaged(int kind, byte[] file, int from, int amount, byte[] more) {
        switch (kind) {
            case 0 -> flip(file, from, amount % 8);
            case 1 -> fill(file, from, amount + 1);
            case 2 -> overwrite(file, from, more);
            case 3 -> {
                return Arrays.copyOf(file, from);
            }
            case 4 -> copyRecord(file, from, written.get(amount % written.size()).document);
            case 5 -> fill(file, from / PAGE_BYTES * PAGE_BYTES, PAGE_BYTES);
            case 6 -> {
                return spliced(file, from, 0, Arrays.copyOf(more, more.length & ~3));
            }
            default -> {
                return spliced(file, from, Math.min(amount, file.length - from) & ~3, new byte[0]);
            }
        }
        return file;
    }

    private static void flip(byte[] file, int at, int bit) {
        if (at < file.length) {
            file[at] ^= (byte) (1 << bit);
        }
    }

    private static void fill(byte[] file, int from, int bytes) {
        Arrays.fill(file, from, Math.min(file.length, from + bytes), (byte) 0);
    }

    private static void overwrite(byte[] file, int from, byte[] bytes) {
        System.arraycopy(bytes, 0, file, from, Math.min(bytes.length, file.length - from));
    }

    private void copyRecord(byte[] file, int from, byte[] document) {
        ordered = false;
        overwrite(file, from, document);
    }

    private static byte[] spliced(byte[] file, int at, int removed, byte[] inserted) {
        byte[] spliced = new byte[file.length - removed + inserted.length];
        System.arraycopy(file, 0, spliced, 0, at);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(file, at + removed, spliced, at + inserted.length, file.length - at - removed);
        return spliced;
    }

    /** Writes the damaged journal into a directory that holds nothing else afterwards. */
    void write(Path dir) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(dir)) {
            for (Path path : old) {
                Files.delete(path);
            }
        }
        for (int file = 0; file < files.size(); file++) {
            Files.write(dir.resolve(names.get(file)), files.get(file));
        }
    }

    /** Whether nothing was damaged. */
    boolean isWhole() {
        for (int file = 0; file < files.size(); file++) {
            if (!Arrays.equals(files.get(file), originals.get(file))) {
                return false;
            }
        }
        return true;
    }

    /** Whether no record was copied to another place. */
    boolean isOrdered() {
        return ordered;
    }

    /** Whether a file has become empty: it looks like one that was created a moment ago. */
    boolean hasEmptyFile() {
        return files.stream().anyMatch(file -> file.length == 0);
    }

    /** Whether a record stands where it was written, untouched. */
    boolean isInPlace(Written record) {
        byte[] file = files.get(record.file);
        int to = record.offset + record.document.length;
        return to <= file.length && Arrays.equals(file, record.offset, to, record.document, 0, record.document.length);
    }

    /** Whether a record stands where its file's first record was written: what was taken out before it left no trace. */
    boolean beginsItsFile(Written record) {
        Written first = written.stream()
                .filter(each -> each.file == record.file)
                .findFirst()
                .orElseThrow();
        byte[] file = files.get(record.file);
        int to = first.offset + record.document.length;
        return to <= file.length && Arrays.equals(file, first.offset, to, record.document, 0, record.document.length);
    }

    /** Whether a reader finds an unfinished document where this record stood, or a file that was only just created. */
    boolean isUnfinished(Written record) {
        byte[] file = files.get(record.file);
        return isUnfinished(file, 0) || isUnfinished(file, record.offset) || isLeftWithoutRecords(record.file);
    }

    /** None of its records is whole, and its beginning is damaged so that it may read as only just created. */
    private boolean isLeftWithoutRecords(int file) {
        List<Written> here = written.stream().filter(each -> each.file == file).toList();
        byte[] left = files.get(file);
        int beginning = Math.min(left.length, here.get(0).offset);
        return here.stream().noneMatch(this::isInPlace)
                && Arrays.mismatch(left, 0, beginning, originals.get(file), 0, beginning) >= 0;
    }

    private static boolean isUnfinished(byte[] file, int at) {
        if (at + RollFileScanner.HEADER_BYTES > file.length) {
            return false;
        }
        int header = RecordLayout.intAt(file, at);
        return header <= 0 || (at > 0 && (header & META_DATA) != 0); // or it begins with a document of Chronicle's
    }
}
