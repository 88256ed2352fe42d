package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TailerRegistrationTest {
    @TempDir
    private Path dir;

    private void save(String name, long next) {
        try (TailerRegistration registration = TailerRegistration.take(dir, name)) {
            registration.save(next);
        }
    }

    private Path file() {
        return dir.resolve("tailers/billing.position");
    }

    @Test
    void shouldRememberThePosition() {
        save("billing", 5);
        save("billing", Long.MAX_VALUE);
        try (TailerRegistration registration = TailerRegistration.take(dir, "billing")) {
            assertThat(registration.next()).hasValue(Long.MAX_VALUE);
        }
        try (TailerRegistration registration = TailerRegistration.take(dir, "other")) {
            assertThat(registration.next()).isEmpty();
        }
        assertThat(TailerRegistry.list(dir)).containsExactly(new TailerPosition("billing", Long.MAX_VALUE));
    }

    @Test
    void shouldLetNobodyElseUseTheName() {
        try (TailerRegistration first = TailerRegistration.take(dir, "billing")) {
            first.save(7);
            assertThatThrownBy(() -> TailerRegistration.take(dir, "billing"))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("tailer billing is in use by process "
                            + ProcessHandle.current().pid() + ": one process per name");
            assertThatThrownBy(() -> TailerRegistry.forget(dir, "billing")).isInstanceOf(JournalException.class);
        }
        save("billing", 8);
        assertThat(TailerRegistry.forget(dir, "billing")).isTrue();
    }

    @Test
    void shouldNoticeEveryFlippedBitAndEveryCut() throws IOException {
        save("billing", 1_234_567);
        byte[] good = Files.readAllBytes(file());
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            requireDamaged(bad);
        }
        for (int length = 0; length < good.length; length++) {
            requireDamaged(Arrays.copyOf(good, length));
        }
        requireDamaged("headcount-tailer 2 1234567 00000000\n".getBytes(StandardCharsets.US_ASCII));
        requireDamaged("headcount-tailer 1 9999999999999999999 00000000\n".getBytes(StandardCharsets.US_ASCII));
        requireDamaged(new byte[1 << 20]);
    }

    private void requireDamaged(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        try (TailerRegistration registration = TailerRegistration.take(dir, "billing")) {
            assertThatThrownBy(registration::next)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("billing.position is damaged; set a new one: --from");
        }
        assertThat(TailerRegistry.list(dir)).containsExactly(new TailerPosition("billing", TailerPosition.UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "ä", "a\n", "..\u0000"})
    void shouldRefuseOtherNames(String name) {
        assertThatThrownBy(() -> TailerRegistration.take(dir, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name: ")
                .hasMessageEndingWith(" (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "-x", "a.position", "a.lock", "A_1"})
    void shouldTakeOddNames(String name) {
        save(name, 3);
        assertThat(TailerRegistry.list(dir)).containsExactly(new TailerPosition(name, 3));
    }

    @Test
    void shouldBoundNamesInLengthAndNumber() {
        assertThatThrownBy(() -> TailerRegistration.take(dir, "x".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < TailerRegistry.MAX_TAILERS; i++) {
            save("x".repeat(61) + i, 1);
        }
        assertThatThrownBy(() -> save("one-more", 1))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("there are 100 already");
        save("x".repeat(61) + 7, 2);
    }

    @Test
    void shouldNotMakeAJournal() {
        assertThatThrownBy(() -> TailerRegistration.take(dir.resolve("none"), "billing"))
                .isInstanceOf(JournalException.class)
                .hasMessageEndingWith("no such directory");
        assertThat(dir.resolve("none")).doesNotExist();
    }
}
