package io.headcount.journal;

import io.headcount.config.GatewayConfig;
import io.headcount.config.RetentionConfig;
import io.headcount.journal.RetentionPlan.Circumstances;
import io.headcount.journal.RetentionPlan.Deletion;
import io.headcount.journal.RetentionPlan.Loss;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes roll files by {@code journal.retention} and {@code journal.max-size}. One thread; any number of processes at once,
 * the gateway among them, because all of them delete in the same order and none the file that is written.
 *
 * <p>Never deleted are: the newest file that has a record, from which sequence numbers go on, and what is behind it; files
 * that a start reads back into the ledger; and files that a named tailer has still to read, unless the disk has less room
 * than {@code journal.min-free}.
 *
 * <p>What others take away between two looks is told and counted.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final int MOST_TOLD = 10;

    private final Path dir;
    private final RetentionConfig config;
    private final long replayMs;
    private final long minFreeBytes;
    private final ToLongFunction<JournalInfo> nowMs;
    private final LongSupplier freeBytes;
    private final Telemetry telemetry;
    private final JournalSurvey survey;
    private String toldHeld = "";
    private boolean marked;
    private boolean toldUnmarked;

    /**
     * Retention of the gateway's journal.
     *
     * @param nowMs the time by which files age, epoch ms; may depend on what the journal's records say of the clock
     */
    public Retention(GatewayConfig config, ToLongFunction<JournalInfo> nowMs, Telemetry telemetry) {
        this(
                config.journal().dir(),
                config.retention(),
                config.ledger().windowMs(),
                config.journal().minFreeBytes(),
                nowMs,
                () -> freeBytes(config.journal().dir()),
                telemetry);
    }

    Retention(
            Path dir,
            RetentionConfig config,
            long ledgerWindowMs,
            long minFreeBytes,
            ToLongFunction<JournalInfo> nowMs,
            LongSupplier freeBytes,
            Telemetry telemetry) {
        this.dir = dir;
        this.config = config;
        this.replayMs = ledgerWindowMs + Replay.MOST_BEFORE_WINDOW_MS;
        this.minFreeBytes = minFreeBytes;
        this.nowMs = nowMs;
        this.freeBytes = freeBytes;
        this.telemetry = telemetry;
        this.survey = new JournalSurvey(dir);
    }

    private static long freeBytes(Path dir) {
        try {
            return Files.getFileStore(dir).getUsableSpace();
        } catch (IOException unknown) {
            // unread files go for a reason that is known, or not at all
            return Long.MAX_VALUE;
        }
    }

    /** The journal as it is now. Files that others took away since the last look are logged and counted. */
    public JournalInfo look() {
        JournalInfo journal = survey.look();
        tellTaken(survey.taken());
        return journal;
    }

    private void tellTaken(List<TakenRecords> taken) {
        telemetry.count(Metric.JOURNAL_FILES_LOST, taken.size());
        taken.stream().limit(MOST_TOLD).map(TakenRecords::message).forEach(LOG::error);
        if (taken.size() > MOST_TOLD) {
            LOG.error(
                    "journal: {} files more, with records up to {}, were taken away or cut off",
                    taken.size() - MOST_TOLD,
                    taken.get(taken.size() - 1).last());
        }
    }

    /** What {@link #run} would do now. */
    public RetentionPlan plan() {
        return plan(look());
    }

    private RetentionPlan plan(JournalInfo journal) {
        Circumstances now =
                new Circumstances(nowMs.applyAsLong(journal), replayMs, freeBytes.getAsLong(), minFreeBytes);
        return RetentionPlan.of(journal, config, now);
    }

    /**
     * Deletes what is due.
     *
     * @return what was deleted
     * @throws JournalException when the journal can't be read or a file can't be deleted; those before it are gone then
     */
    public RetentionPlan run() {
        JournalInfo journal = look();
        beginMark(journal);
        RetentionPlan plan = plan(journal);
        plan.deletions().forEach(deletion -> delete(deletion, journal));
        tellHeld(plan);
        return plan;
    }

    // journals of earlier versions have none
    private void beginMark(JournalInfo journal) {
        if (marked) {
            return;
        }
        marked = true;
        try {
            if (journal.firstSequence() == 0) {
                DeletedMark.reset(dir);
            } else if (DeletedMark.read(dir) == DeletedMark.UNKNOWN) {
                DeletedMark.raise(dir, journal.firstSequence() - 1);
            }
        } catch (IOException broken) {
            tellUnmarked(broken);
        }
    }

    // room is worth more than a false alarm
    private void raiseMark(JournalFile file, JournalInfo journal) {
        try {
            DeletedMark.raise(dir, lastIn(file, journal.firstSequenceBehind(file)));
            toldUnmarked = false;
        } catch (IOException broken) {
            tellUnmarked(broken);
        }
    }

    /** What a file held up to, damaged records at its end included: those go with it. */
    private static long lastIn(JournalFile file, long firstBehind) {
        boolean gap = firstBehind > file.lastSequence() + 1;
        try {
            return gap && !file.endsWhole() ? firstBehind - 1 : file.lastSequence();
        } catch (IOException deletedMeanwhile) {
            return file.lastSequence();
        }
    }

    private void tellUnmarked(IOException broken) {
        if (toldUnmarked) {
            return;
        }
        toldUnmarked = true;
        LOG.warn(
                "journal {}: {} can't be written ({}); until it can, headcount verify may tell what retention deletes as lost:"
                        + " move it away, or give it to the user that the gateway runs as",
                dir,
                DeletedMark.FILE,
                broken.toString());
    }

    private void delete(Deletion deletion, JournalInfo journal) {
        Path file = deletion.file().path();
        tellLosses(file, deletion.losses());
        raiseMark(deletion.file(), journal);
        try {
            if (!Files.deleteIfExists(file)) {
                return;
            }
            survey.deleted(file);
        } catch (IOException broken) {
            throw new JournalException("journal: " + file + " can't be deleted: " + broken, broken);
        }
        telemetry.count(Metric.JOURNAL_FILES_DELETED);
        LOG.info(
                "journal: {} deleted, {}, {}",
                file,
                deletion.file().extent(),
                deletion.reason() == RetentionPlan.Reason.AGE ? "over journal.retention" : "over journal.max-size");
    }

    private void tellLosses(Path file, List<Loss> losses) {
        for (Loss loss : losses) {
            telemetry.count(Metric.JOURNAL_UNREAD_DELETED, loss.records());
            LOG.error(
                    "journal: {} goes because the disk has less room than journal.min-free; tailer {} loses records {} to {}",
                    file,
                    loss.tailer(),
                    loss.first(),
                    loss.last());
        }
    }

    // when it begins and when others hold
    private void tellHeld(RetentionPlan plan) {
        String holders = String.join(", ", plan.holders());
        if (!holders.equals(toldHeld) && plan.held() != null) {
            LOG.warn(
                    "journal: files from {} on ({}) stay beyond retention until they are read by: {};"
                            + " for one that never will: headcount journal forget NAME",
                    plan.held().path().getFileName(),
                    Instant.ofEpochMilli(plan.held().newestMs()),
                    holders);
        }
        toldHeld = holders;
    }
}
