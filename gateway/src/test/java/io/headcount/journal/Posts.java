package io.headcount.journal;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;
import java.util.List;
import java.util.Random;

/** Posts to journal, with the verdicts that the ledger would give. */
public final class Posts {
    private static final String[] TEXTS = {null, "0", "siteId", "入口二", "a \"quoted\", text", "🚪", "x".repeat(300)};

    private static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private Posts() {}

    /** The vendor's sample: three rows, as received within its own quarter of an hour. */
    public static Post vendor() {
        Post post = vendorHead();
        addCount(post, 0, 2, 1);
        addCount(post, 1, 2, 1);
        addCount(post, 2, 0, 0);
        return post;
    }

    /** The vendor's sample with its total alone. */
    public static Post vendorTotal() {
        Post post = vendorHead();
        addCount(post, 0, 2, 1);
        return post;
    }

    /** A total of the minute that began last, of this camera. */
    public static Post total(String deviceId, long receivedAtMs, int enters) {
        Post post = vendorHead();
        post.deviceId(deviceId);
        post.receivedAtMs(receivedAtMs);
        post.transmitTime(receivedAtMs / 1000);
        post.version(receivedAtMs / 1000);
        int row = addCount(post, 0, enters, 0);
        post.rows().window(row, receivedAtMs / 60_000 * 60 - 60, 60);
        return post;
    }

    /** The vendor's camera without rows: a sign of life with some properties. */
    public static Post heartbeat() {
        Post post = vendorHead();
        post.heartbeat(true);
        post.source(RowSource.REALTIME);
        post.property(DeviceProperty.VERSION, "1");
        post.property(DeviceProperty.HOST_NAME, "Cam-19773");
        post.property(DeviceProperty.TIMEZONE, "8");
        return post;
    }

    /** A reading of totals by the vendor's camera. */
    public static Post totals() {
        Post post = vendorHead();
        post.source(RowSource.REALTIME);
        Rows rows = post.rows();
        int row = rows.add(RowKind.TOTALS, RowSource.REALTIME, null, "0", "Door", 0);
        rows.window(row, 1667806920, 0);
        rows.value(row, 0, 120);
        rows.value(row, 1, 117);
        judge(rows, row, Verdict.NEW, 1);
        return post;
    }

    private static Post vendorHead() {
        Post post = new Post();
        post.siteId("siteId");
        post.siteName("siteName");
        post.deviceId("12345");
        post.deviceName("deviceName");
        post.serialNumber("201000002209190025");
        post.mac("4c:bc:98:60:27:8a");
        post.transmitTime(1667806920);
        post.version(1667806920);
        post.utcOffsetSec(28800);
        post.receivedAtMs(1667806920123L);
        return post;
    }

    private static int addCount(Post post, int objectType, int enters, int exits) {
        Rows rows = post.rows();
        int row = rows.add(RowKind.COUNT, RowSource.INTERVAL, null, "0", "count", objectType);
        rows.window(row, 1667806020, 60);
        rows.value(row, 0, enters);
        rows.value(row, 1, exits);
        rows.status(row, 0);
        judge(rows, row, Verdict.NEW, 1);
        return row;
    }

    private static void judge(Rows rows, int row, Verdict verdict, int revision) {
        rows.verdict(row, verdict);
        rows.revision(row, revision);
        rows.hasDeltas(row, verdict != Verdict.LATE);
        for (int i = 0; i < rows.kind(row).valueCount() && rows.hasDeltas(row); i++) {
            rows.delta(row, i, rows.value(row, i));
        }
    }

    /** A post with anything in it; every row has a verdict. */
    public static Post random(Random random) {
        Post post = new Post();
        post.source(RowSource.ofCode(random.nextInt(2)));
        post.heartbeat(random.nextInt(4) == 0);
        post.siteId(text(random));
        post.siteName(text(random));
        post.deviceId("device" + random.nextInt(10_000));
        post.deviceName(text(random));
        post.serialNumber(text(random));
        post.mac(text(random));
        post.receivedAtMs(random.nextLong());
        post.transmitTime(random.nextInt(3) == 0 ? Post.NO_TIME : random.nextLong());
        post.version(random.nextInt(3) == 0 ? post.transmitTime() : random.nextLong());
        post.utcOffsetSec(random.nextInt(3) == 0 ? Post.NO_OFFSET : random.nextInt(200_000) - 100_000);
        post.flags(random.nextInt());
        if (post.heartbeat()) {
            addProperties(post, random);
        }
        int rows = random.nextInt(40);
        for (int i = 0; i < rows; i++) {
            addRow(post.rows(), random);
        }
        return post;
    }

    /** What a replay tells of a post. */
    static Post withoutNames(Post post) {
        Post made = new Post();
        made.source(post.source());
        made.heartbeat(post.heartbeat());
        made.deviceId(post.deviceId());
        made.serialNumber(post.serialNumber());
        made.mac(post.mac());
        made.receivedAtMs(post.receivedAtMs());
        made.transmitTime(post.transmitTime());
        made.version(post.version());
        made.utcOffsetSec(post.utcOffsetSec());
        made.flags(post.flags());
        for (int row = 0; row < post.rows().size(); row++) {
            addWithoutName(made.rows(), post.rows(), row);
        }
        return made;
    }

    private static void addWithoutName(Rows into, Rows rows, int row) {
        int added = into.add(
                rows.kind(row),
                rows.source(row),
                rows.objectDeviceId(row),
                rows.objectId(row),
                null,
                rows.objectType(row));
        into.window(added, rows.start(row), rows.seconds(row));
        into.status(added, rows.status(row));
        into.flags(added, rows.flags(row));
        into.verdict(added, rows.verdict(row));
        into.revision(added, rows.revision(row));
        into.hasDeltas(added, rows.hasDeltas(row));
        for (int i = 0; i < RowKind.MAX_VALUES; i++) {
            into.value(added, i, rows.value(row, i));
            into.delta(added, i, rows.delta(row, i));
        }
    }

    private static void addProperties(Post post, Random random) {
        for (DeviceProperty property : DeviceProperty.values()) {
            post.property(property, text(random));
        }
    }

    private static void addRow(Rows rows, Random random) {
        RowKind kind = RowKind.ofCode(random.nextInt(RowKind.values().length));
        int row = rows.add(
                kind, RowSource.ofCode(random.nextInt(2)), text(random), text(random), text(random), random.nextInt(5));
        rows.window(row, random.nextLong(), random.nextInt());
        rows.status(row, random.nextInt(3) == 0 ? Rows.NO_STATUS : random.nextInt());
        rows.flags(row, random.nextInt(2) == 0 ? RowFlag.LATE.mask() : random.nextInt());
        for (int i = 0; i < kind.valueCount(); i++) {
            rows.value(row, i, random.nextInt(2) == 0 ? random.nextInt(100) : random.nextInt());
        }
        judge(rows, row, VERDICTS.get(random.nextInt(VERDICTS.size())), random.nextInt());
        if (rows.hasDeltas(row) && random.nextBoolean()) {
            rows.delta(row, 0, random.nextInt());
        }
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
