package io.headcount.http;

import io.headcount.config.AccessConfig;
import io.headcount.config.AddressRange;
import io.headcount.model.Post;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Telemetry;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.util.List;

/**
 * Who may post: addresses, tokens, and how often. What of it concerns one connection is its {@link Caller}. Any event loop.
 * address, path, post -> reason, or null.
 */
final class Access {
    private final List<AddressRange> allow;
    private final TokenStore tokens; // null: posts need none
    private final Guessing guessing;
    private final DeviceRates rates;

    /**
     * Reads what the settings name.
     *
     * @param files told of files to watch
     * @throws io.headcount.config.InvalidSetting when a file can't be used
     */
    Access(AccessConfig config, Telemetry telemetry, Ticker ticker, FileWatch files) {
        this.allow = config.allow();
        this.tokens = config.tokens()
                .map(file -> TokenStore.open(file, telemetry, files))
                .orElse(null);
        this.guessing = new Guessing(ticker);
        this.rates = new DeviceRates(config, telemetry, ticker);
    }

    /** Who is at the other end of this connection; once it is known whom it comes from. */
    Caller caller(Channel connection) {
        return new Caller(this, PeerAddress.ipOf(connection));
    }

    /** Whether requests from there are served at all. */
    boolean welcome(InetAddress address) {
        return allow.isEmpty() || (address != null && AddressRange.anyContains(allow, address));
    }

    /** What a request to this path may post; null: nothing. */
    Grant grant(String path) {
        return tokens == null ? Grant.ALL : tokens.inForce().find(TokenPath.token(path));
    }

    /** Why a request without a valid token is refused. */
    RefusalReason withoutToken(InetAddress address) {
        return guessing.tooMany(address) ? RefusalReason.TOKEN_GUESSING : RefusalReason.TOKEN;
    }

    /** Whether its device may post now. */
    boolean inTime(Post post) {
        return rates.admits(post);
    }
}
