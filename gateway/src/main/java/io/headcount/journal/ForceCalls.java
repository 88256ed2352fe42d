package io.headcount.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The system calls that bring files to the disk; a test's may fail. */
interface ForceCalls {
    /** Those of the operating system. Chronicle's own {@code sync} is not used: it starts writing and does not wait, and swallows errors. */
    ForceCalls SYSTEM = new ForceCalls() {
        @Override
        public OpenFile open(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            return new OpenFile() {
                @Override
                public void force() throws IOException {
                    channel.force(false);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        public void forceDirectory(Path dir) throws IOException {
            try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    };

    /** A file that can be forced again and again. */
    interface OpenFile extends Closeable {
        /** Returns once the disk has the file's content, that written through memory maps included, and its length. */
        void force() throws IOException;
    }

    /** Opens a file, which exists. */
    OpenFile open(Path file) throws IOException;

    /** Returns once the disk has the names of the files in a directory. */
    void forceDirectory(Path dir) throws IOException;
}
