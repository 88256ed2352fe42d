package io.headcount.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that remembers what it was asked to take, and fails on demand. */
final class FakeForce implements ForceCalls {
    final List<String> calls = new ArrayList<>();
    boolean broken;

    @Override
    public OpenFile open(Path file) {
        String name = file.getFileName().toString();
        return new OpenFile() {
            @Override
            public void force() throws IOException {
                take("force " + name);
            }

            @Override
            public void close() {
                calls.add("close " + name);
            }
        };
    }

    @Override
    public void forceDirectory(Path dir) throws IOException {
        take("names");
    }

    private void take(String call) throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
        calls.add(call);
    }
}
