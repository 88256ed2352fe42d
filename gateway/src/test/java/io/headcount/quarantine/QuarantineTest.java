package io.headcount.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.headcount.config.QuarantineConfig;
import io.headcount.model.RefusalReason;
import io.headcount.model.RefusedBody;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the offer of a body to its file, at every bound, and on broken disks. */
class QuarantineTest {
    private static final int BLOCK = 4096;

    @TempDir
    private Path parent;

    private final Telemetry telemetry = new Telemetry();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000); // clocks may start anywhere
    private Quarantine quarantine;
    private int perSecond = 1_000;
    private long maxSize = 1 << 20;

    private Path dir() {
        return parent.resolve("data").resolve("quarantine");
    }

    private Quarantine open() throws IOException {
        QuarantineConfig config = new QuarantineConfig(
                Optional.of(dir()), maxSize, 1 << 16, 1 << 20, perSecond, QuarantineConfig.Reply.REFUSE);
        quarantine = Quarantine.open(dir(), config, telemetry, nanoTime::get);
        return quarantine;
    }

    @AfterEach
    void close() {
        if (quarantine != null) {
            quarantine.close();
        }
    }

    /** Offers a body and waits for what becomes of it. */
    private boolean keep(RefusedBody body) throws Exception {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        assertThat(quarantine.offer(body, outcome::complete)).isTrue();
        return outcome.get(30, TimeUnit.SECONDS);
    }

    private List<KeptBody> kept() throws IOException {
        return new KeptBodies(dir()).list();
    }

    private String textOf(KeptBody body) throws IOException {
        return new String(new KeptBodies(dir()).bytesOf(body), ISO_8859_1);
    }

    // files

    @Test
    void shouldKeepABodyWithWhatIsKnownOfIt() throws Exception {
        open();
        assertThat(keep(Bodies.of("<a/>"))).isTrue();

        assertThat(kept()).hasSize(1);
        KeptBody body = kept().get(0);
        assertThat(body.id()).isEqualTo("20221107T074200123Z-000000-missing");
        assertThat(Files.readString(body.file())).isEqualTo("""
                        headcount-quarantine: 1
                        received-at: 2022-11-07T07:42:00.123Z
                        peer: 10.0.0.7
                        status: 422
                        reason: missing
                        field: Count/@Enters
                        received: 4
                        kept: 4
                        body: whole
                        masked: no

                        <a/>""");
        assertThat(body.header().receivedBytes()).isEqualTo(OptionalLong.of(4));
        assertThat(telemetry.sum(Metric.QUARANTINE_KEPT)).isEqualTo(1);
        assertThat(telemetry.sum(Metric.QUARANTINE_CUT)).isZero();
        assertThat(quarantine.bytes()).isEqualTo(BLOCK);
    }

    @Test
    void shouldMaskBeforeItWrites() throws Exception {
        open();
        keep(Bodies.of("<a><WifiPassword>CANARY</WifiPassword></a>"));

        KeptBody body = kept().get(0);
        assertThat(textOf(body)).isEqualTo("<a><WifiPassword>***</WifiPassword></a>");
        assertThat(body.header().masked()).isEqualTo(Masking.VALUES);
        assertThat(body.header().replayable()).isTrue();
        assertThat(body.header().receivedBytes())
                .as("would tell the secret's length")
                .isEmpty();
    }

    @Test
    void shouldMaskTheRestOfABodyThatIsCut() throws Exception {
        open();
        byte[] body = "<a><WifiPassword>CANARY</WifiPassword><b>".getBytes(UTF_8);
        assertThat(keep(Bodies.of(RefusalReason.XML_BOUND, false, body)))
                .as("may be answered 200")
                .isFalse();

        KeptBody kept = kept().get(0);
        assertThat(textOf(kept)).isEqualTo("<a><WifiPassword***");
        assertThat(kept.header().part()).isEqualTo(KeptPart.CUT);
        assertThat(kept.header().masked()).isEqualTo(Masking.REST);
        assertThat(kept.header().replayable()).isFalse();
        assertThat(telemetry.sum(Metric.QUARANTINE_CUT)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ENCODING_UNKNOWN, UTF-8",
        "ENCODING_UNKNOWN, UTF-32LE",
        "NOT_WELL_FORMED, IBM037",
        "ENCODING_INVALID, IBM500",
        "NOT_WELL_FORMED, UTF-32BE"
    })
    void shouldLeaveOutABodyThatCannotBeRead(RefusalReason reason, String charset) throws Exception {
        open();
        byte[] body = "<?xml version='1.0'?><WifiPassword>CANARY</WifiPassword>".getBytes(Charset.forName(charset));
        assertThat(keep(Bodies.of(reason, true, body)))
                .as("may be answered 200")
                .isFalse();

        KeptBody kept = kept().get(0);
        assertThat(textOf(kept)).isEmpty();
        assertThat(kept.header().part()).isEqualTo(KeptPart.NONE);
        assertThat(kept.header().reason()).isEqualTo(reason.label());
        assertThat(kept.header().receivedBytes()).isEmpty();
        assertThat(kept.header().replayable()).isFalse();
    }

    @Test
    void shouldBeTheOwnersAlone() throws Exception {
        assumeThat(parent.getFileSystem().supportedFileAttributeViews()).contains("posix");
        open();
        keep(Bodies.of("<a/>"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(kept().get(0).file())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNameBodiesOfOneMillisecondApart() throws Exception {
        open();
        keep(Bodies.of("1"));
        keep(Bodies.of("2"));
        quarantine.close();
        open();
        keep(Bodies.of("3"));

        assertThat(kept()).extracting(this::textOrFail).containsExactly("1", "2", "3");
    }

    private String textOrFail(KeptBody body) {
        try {
            return textOf(body);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void shouldDeleteWhatAKilledWriterLeft() throws Exception {
        Files.createDirectories(dir());
        Path unfinished = Files.createFile(dir().resolve("20221107T074200123Z-000000-missing.part"));
        Path others = Files.createFile(dir().resolve("mine.part"));
        Path kept = Files.createFile(dir().resolve("20221107T074200123Z-000000-missing.body"));
        open();

        assertThat(unfinished).doesNotExist();
        assertThat(others).exists();
        assertThat(kept).exists();
    }

    // bounds

    @Test
    void shouldDeleteTheOldestWhenThereIsNoRoom() throws Exception {
        maxSize = 1 << 17; // 32 blocks
        open();
        Path others = Files.write(dir().resolve("others.xml"), new byte[1 << 18]);
        for (int i = 0; i < 40; i++) {
            assertThat(keep(Bodies.of("" + i))).isTrue();
            assertThat(quarantine.bytes()).isLessThanOrEqualTo(maxSize);
        }

        assertThat(kept()).hasSize(32);
        assertThat(textOf(kept().get(0))).isEqualTo("8");
        assertThat(others).exists();
        assertThat(telemetry.sum(Metric.QUARANTINE_EVICTED)).isEqualTo(8);
    }

    @Test
    void shouldMakeRoomForTheLargest() throws Exception {
        maxSize = 1 << 17;
        open();
        for (int i = 0; i < 32; i++) {
            keep(Bodies.of("" + i));
        }
        assertThat(keep(Bodies.of("x".repeat(1 << 16)))).isTrue();

        assertThat(kept()).hasSize(32 - 17 + 1);
        assertThat(quarantine.bytes()).isEqualTo(maxSize);
    }

    @Test
    void shouldCountWhatAnEarlierRunLeft() throws Exception {
        maxSize = 1 << 17;
        open();
        keep(Bodies.of("1"));
        keep(Bodies.of("x".repeat(BLOCK)));
        quarantine.close();
        open();
        assertThat(quarantine.bytes()).isEqualTo(3 * BLOCK);

        for (int i = 0; i < 30; i++) {
            keep(Bodies.of("" + i));
        }
        assertThat(telemetry.sum(Metric.QUARANTINE_EVICTED)).isEqualTo(1);
    }

    @Test
    void shouldNoticeFilesThatWereDeleted() throws Exception {
        open();
        keep(Bodies.of("1"));
        keep(Bodies.of("2"));
        Files.delete(kept().get(0).file());
        nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(2));
        keep(Bodies.of("3"));

        assertThat(quarantine.bytes()).isEqualTo(2 * BLOCK);
    }

    @Test
    void shouldKeepSoManyASecond() throws Exception {
        perSecond = 3;
        open();
        List<Boolean> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            taken.add(quarantine.offer(Bodies.of("" + i), kept -> {}));
        }
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        taken.add(quarantine.offer(Bodies.of("later"), kept -> {}));

        assertThat(taken).containsExactly(true, true, true, false, false, true);
        assertThat(telemetry.sum(Metric.QUARANTINE_DROPPED_RATE)).isEqualTo(2);
    }

    @Test
    void shouldNotQueueMoreThanItsMemory() throws Exception {
        open();
        CountDownLatch diskIsSlow = new CountDownLatch(1);
        quarantine.offer(Bodies.of("first"), kept -> awaitQuietly(diskIsSlow));
        int taken = 0;
        while (quarantine.offer(Bodies.of("x".repeat(1 << 16)), kept -> {})) {
            taken++;
        }
        diskIsSlow.countDown();
        quarantine.close();

        assertThat(taken).isEqualTo((1 << 19) / ((1 << 16) + 512));
        assertThat(kept()).hasSize(1 + taken);
        assertThat(telemetry.sum(Metric.QUARANTINE_DROPPED_QUEUE)).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldBoundTheNumberOfEmptyBodies() throws Exception {
        perSecond = 100_000;
        open();
        CountDownLatch diskIsSlow = new CountDownLatch(1);
        quarantine.offer(Bodies.of(""), kept -> awaitQuietly(diskIsSlow));
        int taken = 1;
        while (quarantine.offer(Bodies.of(""), kept -> {})) {
            taken++;
        }
        diskIsSlow.countDown();

        assertThat(taken).isBetween(1024, 1025); // whether or not the first has made room already
    }

    // faults

    @Test
    void shouldGoOnWhenTheDirectoryHasGone() throws Exception {
        open();
        keep(Bodies.of("1"));
        Files.delete(kept().get(0).file());
        Files.delete(dir().resolve("headcount.lock"));
        Files.delete(dir());
        assertThat(keep(Bodies.of("2"))).isFalse();
        assertThat(telemetry.sum(Metric.QUARANTINE_DROPPED_DISK)).isEqualTo(1);

        assertThat(keep(Bodies.of("3"))).isTrue();
        assertThat(kept()).extracting(this::textOrFail).containsExactly("3");
    }

    @Test
    void shouldStartAlthoughItsDirectoryCannotBeMade() throws Exception {
        Path file = Files.createFile(parent.resolve("data"));
        open();
        assertThat(keep(Bodies.of("1"))).isFalse();
        assertThat(telemetry.sum(Metric.QUARANTINE_DROPPED_DISK)).isEqualTo(1);

        Files.delete(file);
        assertThat(keep(Bodies.of("2"))).isTrue();
    }

    @Test
    void shouldLeaveNothingUnfinishedWhenWritingFails() throws Exception {
        open();
        Path unfinished = dir().resolve("20221107T074200123Z-000000-missing.part");
        Files.createFile(unfinished); // in its way
        assertThat(keep(Bodies.of("1"))).isFalse();
        assertThat(unfinished).doesNotExist();

        assertThat(keep(Bodies.of("2"))).isTrue();
        assertThat(kept()).extracting(this::textOrFail).containsExactly("2");
    }

    @Test
    void shouldOutliveAListenerThatFails() throws Exception {
        open();
        quarantine.offer(Bodies.of("1"), kept -> {
            throw new IllegalStateException("a connection's bug");
        });

        assertThat(keep(Bodies.of("2"))).isTrue();
    }

    @Test
    void shouldRefuseASecondGatewayOnTheSameDirectory() throws Exception {
        Quarantine first = open();
        assertThatIOException()
                .isThrownBy(this::open)
                .withMessage("journal.quarantine.dir: " + dir()
                        + " is in use by another gateway (expected: one gateway per directory)");
        first.close();
        open();
    }

    @Test
    void shouldKeepWhatWasOfferedBeforeItWasClosed() throws Exception {
        open();
        for (int i = 0; i < 50; i++) {
            quarantine.offer(Bodies.of("" + i), kept -> {});
        }
        quarantine.close();

        assertThat(kept()).hasSize(50);
        assertThat(quarantine.offer(Bodies.of("late"), kept -> {})).isFalse();
    }
}
