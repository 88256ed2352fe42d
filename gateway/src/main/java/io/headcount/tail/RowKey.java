package io.headcount.tail;

import io.headcount.model.RowKind;

/**
 * What all versions of a row have in common; equal keys are the same row.
 *
 * @param deviceId the record's DeviceId
 * @param identity serial number, else MAC, else ""
 * @param objectDeviceId the object's DeviceId where it differs, else null
 * @param objectId the object's Id
 * @param objectType 0 total, 1 adults, 2 children, 3 attributes
 * @param kind what is counted
 * @param startSec start of the window, epoch s
 * @param seconds length of the window, 0 for totals
 */
public record RowKey(
        String deviceId,
        String identity,
        String objectDeviceId,
        String objectId,
        int objectType,
        RowKind kind,
        long startSec,
        int seconds) {
    static RowKey of(CountRow count) {
        return of(count.head(), count.row(), RowKind.COUNT);
    }

    static RowKey of(AttributeRow attributes) {
        return of(attributes.head(), attributes.row(), attributes.kind());
    }

    static RowKey of(TotalsRow totals) {
        return of(totals.head(), totals.row(), RowKind.TOTALS);
    }

    private static RowKey of(RecordHead head, RowHead row, RowKind kind) {
        return new RowKey(
                head.deviceId(),
                head.identity(),
                row.objectDeviceId(),
                row.objectId(),
                row.objectType(),
                kind,
                row.startSec(),
                row.seconds());
    }
}
