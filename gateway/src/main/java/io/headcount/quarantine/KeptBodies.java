package io.headcount.quarantine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bodies in a quarantine directory, for commands; a gateway may write to it meanwhile. Files that are not the quarantine's
 * are not looked at.
 */
public final class KeptBodies {
    private final Path dir;

    /** The bodies in this directory. */
    public KeptBodies(Path dir) {
        this.dir = dir;
    }

    /**
     * All of them, oldest first; those deleted meanwhile are left out.
     *
     * @throws IOException when the directory can't be read; the message names it
     */
    public List<KeptBody> list() throws IOException {
        List<KeptBody> bodies = new ArrayList<>();
        for (String name : names()) {
            try {
                bodies.add(read(dir.resolve(name)));
            } catch (NoSuchFileException deletedMeanwhile) {
                // what is gone is not listed
            }
        }
        return bodies;
    }

    /** Names of the kept bodies' files, oldest first. */
    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        } catch (NoSuchFileException missing) {
            throw new IOException(dir + ": no such directory", missing);
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        names.removeIf(name -> !BodyNames.isKept(name));
        names.sort(null);
        return names;
    }

    private static KeptBody read(Path file) throws NoSuchFileException {
        String id = BodyNames.idOf(file.getFileName().toString());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new KeptBody(id, file, BodyHeader.read(in));
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException damaged) {
            return new KeptBody(id, file, null);
        }
    }

    /**
     * One of them.
     *
     * @param id as {@link #list()} tells it
     * @throws IOException when there is none of this id; the message says so
     */
    public KeptBody find(String id) throws IOException {
        String name = BodyNames.fileOf(id);
        if (!BodyNames.isKept(name)) {
            throw new IOException(id + ": not an id (expected: one that `headcount quarantine list` tells)");
        }
        try {
            return read(dir.resolve(name));
        } catch (NoSuchFileException missing) {
            throw new IOException(id + ": no such body in " + dir, missing);
        }
    }

    /**
     * The bytes of a body whose head is intact.
     *
     * @throws IOException when it can't be read or is shorter than its head tells
     */
    public byte[] bytesOf(KeptBody body) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(body.file()))) {
            BodyHeader header = BodyHeader.read(in);
            byte[] bytes = in.readNBytes(header.keptBytes());
            if (bytes.length < header.keptBytes()) {
                throw new IOException(body.id() + ": cut off in the middle");
            }
            return bytes;
        }
    }

    /** Deletes a body, if it is still there. */
    public void delete(KeptBody body) throws IOException {
        Files.deleteIfExists(body.file());
    }
}
