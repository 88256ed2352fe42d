package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.journal.DiskWatch.Sights;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiskWatchTest {
    private long freeBytes = 100;
    private String writeFault;
    private String roomFault;
    private String fileFault;
    private int lost;

    private DiskWatch watch() {
        Sights sights = new Sights(() -> freeBytes, () -> writeFault, () -> roomFault, () -> fileFault);
        return new DiskWatch(Path.of("journal"), 100, sights, () -> 0, () -> lost++);
    }

    @Test
    void shouldRefuseBelowTheWatermarkAndRecoverByItself() {
        DiskWatch watch = watch();
        assertThat(watch.refusal()).isEmpty();

        freeBytes = 99;
        watch.look();
        assertThat(watch.refusal().orElseThrow()).contains("journal.min-free");

        freeBytes = 100;
        watch.look();
        assertThat(watch.refusal()).isEmpty();
    }

    @Test
    void shouldRefuseWhileNoFileCanBeCreatedAndRecoverByItself() {
        DiskWatch watch = watch();

        writeFault = "Read-only file system";
        watch.look();
        assertThat(watch.refusal().orElseThrow()).contains("journal.dir").contains("Read-only file system");

        writeFault = null;
        watch.look();
        assertThat(watch.refusal()).isEmpty();
    }

    @Test
    void shouldRefuseWhileNoRoomCanBeTakenAheadAndRecoverByItself() {
        DiskWatch watch = watch();

        roomFault = "No space left on device";
        watch.look();
        assertThat(watch.refusal().orElseThrow()).contains("journal.reserve").contains("No space left on device");

        roomFault = null;
        watch.look();
        assertThat(watch.refusal()).isEmpty();
    }

    @Test
    void shouldKnowTheDiskFromTheStart() {
        freeBytes = 0;
        assertThat(watch().refusal()).isPresent();
    }

    @Test
    void shouldTellOnceThatTheFileIsLost() {
        DiskWatch watch = watch();
        assertThat(lost).isZero();

        fileFault = "gone";
        watch.look();
        watch.look();
        assertThat(lost).isEqualTo(1);
    }
}
