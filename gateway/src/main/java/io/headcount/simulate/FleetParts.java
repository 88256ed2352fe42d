package io.headcount.simulate;

/**
 * What event loops share.
 *
 * @param chance what happens to whom
 * @param names what cameras are called
 * @param posts where counts go
 * @param postHead what their requests begin with
 * @param heartbeats where heartbeats go, the same object where that is the same listener; null: there are none
 * @param heartbeatHead what their requests begin with
 * @param ackLog where posts and acknowledgements are written; null: nowhere
 */
record FleetParts(
        Chance chance,
        CameraNames names,
        Destination posts,
        RequestHead postHead,
        Destination heartbeats,
        RequestHead heartbeatHead,
        AckLog ackLog) {}
