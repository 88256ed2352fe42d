package io.headcount.http;

import io.headcount.model.Post;
import java.util.Set;

/** Whose posts a token allows: those of some devices, of some sites, or all. Immutable. Post -> yes or no. */
final class Grant {
    /** Every post. */
    static final Grant ALL = new Grant(Set.of(), Set.of());

    private final Set<String> devices;
    private final Set<String> sites;

    /** Posts whose device or site is one of these, spelled exactly so. */
    Grant(Set<String> devices, Set<String> sites) {
        this.devices = Set.copyOf(devices);
        this.sites = Set.copyOf(sites);
    }

    /** Whether the post is one of those. */
    boolean allows(Post post) {
        return this == ALL
                || devices.contains(post.deviceId())
                || (post.siteId() != null && sites.contains(post.siteId()));
    }
}
