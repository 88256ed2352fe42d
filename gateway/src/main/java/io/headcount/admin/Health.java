package io.headcount.admin;

import java.util.Optional;

/** What the admin port tells about the gateway's state. Asked by hc-admin threads. */
public interface Health {
    /** Whether the process is worth keeping: false once it has failed and only waits for its end. */
    boolean live();

    /** Why posts are not accepted now, in a few words; empty when they are. */
    Optional<String> notReady();
}
