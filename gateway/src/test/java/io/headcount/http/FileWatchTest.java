package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while the gateway runs. */
class FileWatchTest {
    @TempDir
    private Path dir;

    private final AtomicInteger changes = new AtomicInteger();
    private final FileWatch watch = new FileWatch();
    private Path file;

    @BeforeEach
    void watchAFile() throws IOException {
        file = Files.writeString(dir.resolve("file"), "old");
        watch.add(List.of(file, dir.resolve("other")), changes::incrementAndGet);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void shouldSayNothingOfFilesThatStay() {
        look(3);
        assertThat(changes).hasValue(0);
    }

    @Test
    void shouldTellOnceOfAChangeThatHasSettled() throws IOException {
        Files.writeString(file, "longer");
        look(1);
        assertThat(changes).hasValue(0);
        look(3);
        assertThat(changes).hasValue(1);
    }

    @Test
    void shouldWaitWhileFilesGoOnChanging() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(file, "x".repeat(10 + i));
            look(1);
        }
        assertThat(changes).hasValue(0);
        look(1);
        assertThat(changes).hasValue(1);
    }

    @Test
    void shouldTellOfASecondFileOfTheSet() throws IOException {
        Files.writeString(dir.resolve("other"), "appears");
        look(2);
        assertThat(changes).hasValue(1);
    }

    @Test
    void shouldSeeAFileOfTheSameSizeAndTimeThatTookTheOldOnesPlace() throws IOException {
        Path next = Files.writeString(dir.resolve("next"), "new");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        look(2);
        assertThat(changes).hasValue(1);
    }

    @Test
    void shouldFollowLinksThatAreTurnedRound() throws IOException {
        Path first = Files.createDirectory(dir.resolve("1"));
        Path second = Files.createDirectory(dir.resolve("2"));
        Files.writeString(first.resolve("key"), "a");
        Files.writeString(second.resolve("key"), "b");
        Path link = Files.createSymbolicLink(dir.resolve("current"), first);
        watch.add(List.of(link.resolve("key")), changes::incrementAndGet);
        Files.delete(link);
        Files.createSymbolicLink(link, second);
        look(2);
        assertThat(changes).hasValue(1);
    }

    @Test
    void shouldGoOnAfterAFaultInTheCall() throws IOException {
        FileWatch faulty = new FileWatch();
        faulty.add(List.of(file), () -> {
            changes.incrementAndGet();
            throw new IllegalStateException("of the test");
        });
        for (String text : List.of("one 1", "two 22")) {
            Files.writeString(file, text);
            faulty.look();
            faulty.look();
        }
        assertThat(changes).hasValue(2);
    }

    @Test
    void shouldLookByItself() throws IOException {
        watch.start();
        try (watch) {
            Files.writeString(file, "by itself");
            await().until(() -> changes.get() == 1);
        }
    }
}
