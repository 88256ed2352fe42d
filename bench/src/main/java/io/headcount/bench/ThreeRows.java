package io.headcount.bench;

import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;

/**
 * The vendor's interval post as the parser leaves it, without the parser: total, adults and children of one minute. One post,
 * used again for every camera and minute. Not thread-safe.
 */
final class ThreeRows {
    static final int ROWS = 3;
    static final int MINUTE_SEC = 60;

    private static final int FIRST_NUMBER = 10_000;
    private static final long FIRST_START = 1_667_806_020L;
    private static final int SENT_AFTER_SEC = 61;
    private static final int OFFSET_SEC = 8 * 3600;
    private static final int[] VALUES = {2, 1, 0, 0};

    private final String[] deviceIds;
    private final String[] serialNumbers;
    private final Post post = new Post();

    /** Posts of this many cameras. */
    ThreeRows(int devices) {
        deviceIds = new String[devices];
        serialNumbers = new String[devices];
        for (int i = 0; i < devices; i++) {
            deviceIds[i] = Integer.toString(FIRST_NUMBER + i);
            serialNumbers[i] = "2010000022091" + (FIRST_NUMBER + i);
        }
        post.siteId("siteId");
        post.siteName("siteName");
        post.deviceName("deviceName");
        post.mac("4c:bc:98:60:27:8a");
        post.utcOffsetSec(OFFSET_SEC);
        for (int type = 0; type < ROWS; type++) {
            int row = post.rows().add(RowKind.COUNT, RowSource.INTERVAL, null, "0", "count", type);
            post.rows().status(row, 0);
            for (int i = 0; i < VALUES.length; i++) {
                post.rows().value(row, i, VALUES[i]);
            }
        }
    }

    int devices() {
        return deviceIds.length;
    }

    /**
     * The post of this camera about this minute, sent and received a second after the minute's end.
     *
     * @param again how many times it was sent before: each is a newer version, a second later
     */
    Post of(int device, long minute, long again) {
        long start = FIRST_START + minute * MINUTE_SEC;
        long sent = start + SENT_AFTER_SEC + again;
        post.deviceId(deviceIds[device]);
        post.serialNumber(serialNumbers[device]);
        post.flags(0);
        post.transmitTime(sent);
        post.version(sent);
        post.receivedAtMs((start + SENT_AFTER_SEC) * 1000);
        for (int row = 0; row < ROWS; row++) {
            post.rows().window(row, start, MINUTE_SEC);
            post.rows().flags(row, 0);
        }
        return post;
    }

    /** Says of every row what the ledger says of a new one. */
    static void settleAsNew(Post post) {
        Rows rows = post.rows();
        for (int row = 0; row < rows.size(); row++) {
            rows.verdict(row, Verdict.NEW);
            rows.revision(row, 1);
            rows.hasDeltas(row, true);
            for (int i = 0; i < VALUES.length; i++) {
                rows.delta(row, i, rows.value(row, i));
            }
        }
    }
}
