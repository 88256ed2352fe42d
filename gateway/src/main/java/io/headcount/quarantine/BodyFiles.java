package io.headcount.quarantine;

import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files of the quarantine: one a body, no more of them than {@code max-size} holds. Written by hc-quarantine, by nobody else;
 * commands may delete files meanwhile, which is noticed at the next {@link #look()}. body -> file.
 */
final class BodyFiles {
    private static final long BLOCK_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNERS_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?>[] NONE = {};

    private record StoredFile(Path path, long bytes) {}

    private final Path dir;
    private final long maxBytes;
    private final Telemetry telemetry;
    private final Deque<StoredFile> oldestFirst = new ArrayDeque<>();
    private int counter;

    // written by hc-quarantine, read by hc-admin
    private final AtomicLong bytes = new AtomicLong();

    BodyFiles(Path dir, long maxBytes, Telemetry telemetry) {
        this.dir = dir;
        this.maxBytes = maxBytes;
        this.telemetry = telemetry;
    }

    /** Makes the directory where it is missing. */
    void makeDirectory() throws IOException {
        Path parent = dir.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.isDirectory(dir)) {
            Files.createDirectory(dir, permissions(OWNERS_DIRECTORY));
        }
    }

    /** Deletes what a killed writer has left unfinished. */
    void deleteUnfinished() throws IOException {
        for (Path file : files()) {
            if (BodyNames.isUnfinished(nameOf(file))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Looks what files there are. */
    void look() throws IOException {
        List<StoredFile> found = new ArrayList<>();
        for (Path file : files()) {
            if (BodyNames.isKept(nameOf(file))) {
                found.add(new StoredFile(file, onDisk(file)));
            }
        }
        found.sort(Comparator.comparing(StoredFile::path));
        oldestFirst.clear();
        oldestFirst.addAll(found);
        bytes.set(found.stream().mapToLong(StoredFile::bytes).sum());
    }

    private List<Path> files() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(dir)) {
            List<Path> files = new ArrayList<>();
            all.forEach(files::add);
            return files;
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    private static long onDisk(Path file) {
        try {
            return blocks(Files.size(file));
        } catch (IOException deletedMeanwhile) {
            return 0;
        }
    }

    private static long blocks(long size) {
        return (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /** Writes one body; when this returns, its file is there whole and survives the end of the process. */
    void store(BodyHeader header, ByteBuffer body) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(header.bytes());
        long size = blocks((long) head.remaining() + body.remaining());
        makeRoom(size);
        String id = freeId(header);
        Path unfinished = dir.resolve(BodyNames.unfinishedOf(id));
        Path file = dir.resolve(BodyNames.fileOf(id));
        try {
            write(unfinished, head, body);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException broken) {
            deleteQuietly(unfinished);
            throw broken;
        }
        oldestFirst.addLast(new StoredFile(file, size));
        bytes.addAndGet(size);
    }

    private String freeId(BodyHeader header) {
        String id;
        do {
            id = BodyNames.id(header.receivedAt(), counter, header.reason());
            counter = (counter + 1) % BodyNames.COUNTERS;
        } while (Files.exists(dir.resolve(BodyNames.fileOf(id))));
        return id;
    }

    private void makeRoom(long size) throws IOException {
        while (bytes.get() + size > maxBytes && !oldestFirst.isEmpty()) {
            StoredFile oldest = oldestFirst.getFirst();
            if (Files.deleteIfExists(oldest.path())) {
                telemetry.count(Metric.QUARANTINE_EVICTED);
            }
            oldestFirst.removeFirst();
            bytes.addAndGet(-oldest.bytes());
        }
    }

    private static void write(Path file, ByteBuffer head, ByteBuffer body) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, permissions(OWNERS_FILE))) {
            while (head.hasRemaining() || body.hasRemaining()) {
                channel.write(new ByteBuffer[] {head, body});
            }
        }
    }

    private static FileAttribute<?>[] permissions(Set<PosixFilePermission> wanted) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)}
                : NONE;
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // is deleted at the next start
        }
    }

    /** Room that the files take on disk, in blocks. Any thread. */
    long bytes() {
        return bytes.get();
    }
}
