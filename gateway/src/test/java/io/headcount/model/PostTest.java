package io.headcount.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A post is used again and again: nothing of one may show in the next. */
class PostTest {
    private final Post post = new Post();

    private int addRow(String objectId) {
        return post.rows().add(RowKind.COUNT, RowSource.REALTIME, "other", objectId, "name", 2);
    }

    @Test
    void shouldStartEmpty() {
        assertThat(post.source()).isEqualTo(RowSource.INTERVAL);
        assertThat(post.heartbeat()).isFalse();
        assertThat(post.deviceId()).isNull();
        assertThat(post.transmitTime()).isEqualTo(Post.NO_TIME);
        assertThat(post.utcOffsetSec()).isEqualTo(Post.NO_OFFSET);
        assertThat(post.rows().size()).isZero();
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        fill();
        post.clear();
        assertThat(post).usingRecursiveComparison().ignoringFields("rows").isEqualTo(new Post());
        assertThat(post.rows().size()).isZero();
    }

    private void fill() {
        post.source(RowSource.REALTIME);
        post.heartbeat(true);
        post.siteId("s");
        post.siteName("n");
        post.deviceId("d");
        post.deviceName("m");
        post.serialNumber("1");
        post.mac("2");
        post.transmitTime(3);
        post.version(4);
        post.utcOffsetSec(5);
        post.receivedAtMs(6);
        post.sequence(7);
        for (int code = 0; code < DeviceProperty.count(); code++) {
            post.property(DeviceProperty.ofCode(code), "p");
        }
        addRow("0");
        post.flag(RowFlag.LATE);
    }

    @Test
    void shouldGiveARowNothingOfTheOneThatWasThereBefore() {
        int row = addRow("0");
        Rows rows = post.rows();
        rows.window(row, 9, 9);
        rows.status(row, 9);
        rows.revision(row, 9);
        rows.hasDeltas(row, true);
        rows.verdict(row, Verdict.STALE);
        for (int i = 0; i < RowKind.MAX_VALUES; i++) {
            rows.value(row, i, 9);
            rows.delta(row, i, 9);
        }
        post.flag(RowFlag.LATE);
        post.clear();
        int again = addRow("0");
        Post fresh = new Post();
        fresh.rows().add(RowKind.COUNT, RowSource.REALTIME, "other", "0", "name", 2);
        assertThat(again).isZero();
        assertThat(post).usingRecursiveComparison().isEqualTo(fresh);
        assertThat(rows.verdict(0)).isNull();
    }

    @Test
    void shouldKeepItsRowsApartAsTheyGrow() {
        Rows rows = post.rows();
        for (int i = 0; i < 1000; i++) {
            int row = addRow("id" + i);
            rows.window(row, i, i);
            rows.value(row, RowKind.MAX_VALUES - 1, i);
            rows.delta(row, 0, -i);
        }
        assertThat(rows.size()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(rows.objectId(i)).isEqualTo("id" + i);
            assertThat(rows.start(i)).isEqualTo(i);
            assertThat(rows.value(i, RowKind.MAX_VALUES - 1)).isEqualTo(i);
            assertThat(rows.delta(i, 0)).isEqualTo(-i);
        }
    }

    @Test
    void shouldFlagThePostAndEachOfItsRows() {
        addRow("0");
        addRow("1");
        post.rows().flag(1, RowFlag.LATE);
        post.flag(RowFlag.IDENTITY_CONFLICT);
        assertThat(RowFlag.labels(post.flags())).containsExactly("identity-conflict");
        assertThat(RowFlag.labels(post.rows().flags(0))).containsExactly("identity-conflict");
        assertThat(RowFlag.labels(post.rows().flags(1))).containsExactly("late", "identity-conflict");
    }

    @Test
    void shouldTakeTheSerialNumberElseTheMacForItsIdentity() {
        assertThat(post.identity()).isEmpty();
        post.mac("mac");
        assertThat(post.identity()).isEqualTo("mac");
        post.serialNumber("serial");
        assertThat(post.identity()).isEqualTo("serial");
    }
}
