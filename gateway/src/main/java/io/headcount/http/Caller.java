package io.headcount.http;

import io.headcount.model.Post;
import io.headcount.model.RefusalReason;
import java.net.InetAddress;

/** The one at the other end of a connection, and what his current request may do. Event loop. path, Post -> reason, or null. */
final class Caller {
    private final Access access;
    private final InetAddress address;
    private final boolean welcome;
    private Grant grant; // of the current request; null: none

    Caller(Access access, InetAddress address) {
        this.access = access;
        this.address = address;
        this.welcome = access.welcome(address);
    }

    /** Why nothing is served to this address; null: it is. */
    RefusalReason mayAsk() {
        return welcome ? null : RefusalReason.ADDRESS;
    }

    /** Why a post to this path is not read; null: it is. */
    RefusalReason mayPost(String path) {
        grant = welcome ? access.grant(path) : null;
        if (grant != null) {
            return null;
        }
        return welcome ? access.withoutToken(address) : RefusalReason.ADDRESS;
    }

    /** Why the post that was read from the current request goes no further; null: it does. */
    RefusalReason mayDeliver(Post post) {
        if (!grant.allows(post)) {
            return RefusalReason.TOKEN_DEVICE;
        }
        return access.inTime(post) ? null : RefusalReason.DEVICE_RATE;
    }
}
