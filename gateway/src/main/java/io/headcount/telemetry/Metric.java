package io.headcount.telemetry;

/**
 * Every counter of the gateway and what a rise of it tells an operator. Several may share a {@link #family()}, told apart by
 * one label. Refusals are counted apart, by {@link io.headcount.model.RefusalReason}.
 */
public enum Metric {
    /** Connections accepted since the start. Much more than posts: cameras connect without posting. */
    CONNECTIONS_OPENED("headcount_connections_opened", null, null, "Connections accepted"),
    /** Connections closed since the start; opened minus closed are open now. */
    CONNECTIONS_CLOSED("headcount_connections_closed", null, null, "Connections closed"),
    /** Connections turned away at {@code http.max-connections}. Raise the bound or add a gateway. */
    CONNECTIONS_OVER_TOTAL(
            "headcount_connections_refused",
            "bound",
            "total",
            "Connections closed at once, by the bound they were over"),
    /** Connections turned away at {@code http.max-connections-per-address}: many cameras behind one NAT, or an attacker. */
    CONNECTIONS_OVER_ADDRESS(
            "headcount_connections_refused",
            "bound",
            "address",
            "Connections closed at once, by the bound they were over"),
    /** Connections closed after {@code http.idle-timeout} without a request. Normal. */
    CONNECTIONS_IDLE("headcount_connections_idle_closed", null, null, "Connections closed for idleness"),
    /** Connections closed because the peer did not take its answers in time. Rare; a broken client or an attacker. */
    CONNECTIONS_UNREAD("headcount_connections_unread_closed", null, null, "Connections closed over unread answers"),
    /** Connections closed because they spoke TLS to the plain port: upload URLs that say https and name {@code http.port}. */
    CONNECTIONS_TLS_ON_PLAIN_PORT(
            "headcount_connections_tls_on_plain_port",
            null,
            null,
            "Connections closed for speaking TLS to the plain port"),
    /** Connections closed by an unexpected exception. Always a bug or a broken machine; the log says where. */
    CONNECTIONS_FAULTED("headcount_connections_faulted", null, null, "Connections closed by an unexpected exception"),
    /**
     * Connections of {@code http.proxies} closed because they did not begin with a PROXY protocol header in time. A load balancer
     * that is not set to send one; its cameras can't post.
     */
    CONNECTIONS_WITHOUT_PROXY_HEADER(
            "headcount_connections_without_proxy_header",
            null,
            null,
            "Connections of proxies closed for want of a PROXY protocol header"),
    /** Pauses of a second in accepting connections. Out of file descriptors: raise the limit of open files. */
    ACCEPT_PAUSES("headcount_accept_pauses", null, null, "Pauses in accepting connections after a failure"),

    /** TLS handshakes done. Many more than cameras: they connect anew for each post; kept connections cost less CPU. */
    TLS_HANDSHAKES("headcount_tls_handshakes", null, null, "TLS handshakes done"),
    /** Not done within {@code http.tls.handshake-timeout}: a very slow network, too little CPU, or an attacker. */
    TLS_FAILED_TIMEOUT("headcount_tls_handshakes_failed", "reason", "timeout", "TLS handshakes failed, by reason"),
    /** Clients without a certificate though {@code http.tls.client-ca} asks for one. */
    TLS_FAILED_NO_CERTIFICATE(
            "headcount_tls_handshakes_failed", "reason", "no-certificate", "TLS handshakes failed, by reason"),
    /** Clients whose certificate is expired, not for clients, or not signed by {@code http.tls.client-ca}. */
    TLS_FAILED_UNTRUSTED("headcount_tls_handshakes_failed", "reason", "untrusted", "TLS handshakes failed, by reason"),
    /** Clients that broke the handshake off with an alert. Mostly cameras that don't trust the gateway's certificate. */
    TLS_FAILED_REJECTED("headcount_tls_handshakes_failed", "reason", "rejected", "TLS handshakes failed, by reason"),
    /** Clients that know no TLS 1.2 or no cipher in common. {@code http.tls.ciphers} may help the latter. */
    TLS_FAILED_MISMATCH("headcount_tls_handshakes_failed", "reason", "mismatch", "TLS handshakes failed, by reason"),
    /** Something other than TLS, nearly always plain HTTP on the TLS port: an address without its s. */
    TLS_FAILED_NOT_TLS("headcount_tls_handshakes_failed", "reason", "not-tls", "TLS handshakes failed, by reason"),
    /** Clients that went away in the middle of a handshake. A bad network, or clients that wait less long than it takes. */
    TLS_FAILED_ENDED("headcount_tls_handshakes_failed", "reason", "ended", "TLS handshakes failed, by reason"),
    /** Handshakes failed for any other reason: broken or hostile clients. */
    TLS_FAILED_OTHER("headcount_tls_handshakes_failed", "reason", "other", "TLS handshakes failed, by reason"),
    /** TLS connections closed after the handshake over broken, empty or forbidden records. Broken or hostile clients. */
    TLS_BROKEN("headcount_tls_connections_broken", null, null, "TLS connections closed over the peer's records"),
    /** Changed TLS files that are in force now. */
    TLS_RELOADS_DONE("headcount_tls_reloads", "result", "done", "Readings of changed TLS files"),
    /** Changed TLS files that can't work: the certificate before stays in force. The log names file and fault. */
    TLS_RELOADS_FAILED("headcount_tls_reloads", "result", "failed", "Readings of changed TLS files"),

    /** Posts cut off by the peer in the middle. A bad network, or cameras with a shorter time-out than the post takes. */
    POSTS_CUT_OFF("headcount_posts_cut_off", null, null, "Posts whose connection ended before their last byte"),
    /** Posts answered 200 after their record became durable, or because they changed nothing. */
    POSTS_ACCEPTED("headcount_posts_accepted", null, null, "Posts answered 200"),
    /** Whole posts whose connection ended before their answer. Cameras that wait less long than the journal takes. */
    POSTS_UNANSWERED("headcount_posts_unanswered", null, null, "Posts whose connection ended before the answer"),
    /** Posts that found the ring full and waited. A rise: the journal's disk or the CPU is at its limit. */
    POSTS_WAITED("headcount_posts_waited", null, null, "Posts that waited for room in the ring"),
    /** Answers to GET /UTCTime: cameras that set their clocks by the gateway's. */
    TIME_ANSWERS("headcount_time_answers", null, null, "Answers to GET /UTCTime"),
    /** Files of {@code http.tokens} that changed and are in force now. */
    TOKENS_READ("headcount_token_files", "outcome", "in-force", "Changed files of tokens, by what became of them"),
    /** Files of {@code http.tokens} that changed and can't be used: the tokens before stay in force; the log says why. */
    TOKENS_BROKEN("headcount_token_files", "outcome", "broken", "Changed files of tokens, by what became of them"),
    /** Devices that {@code http.device-rate} forgot to make room for others; each may begin a new burst. */
    DEVICE_RATES_FORGOTTEN(
            "headcount_device_rates_forgotten", null, null, "Devices whose rate was forgotten to make room for others"),
    /** Bytes of request bodies read. */
    BODY_BYTES("headcount_body_bytes", null, null, "Bytes of request bodies"),

    /**
     * Documents that had no known form and were read by the XML parser. Each new kind of camera or firmware is one; a steady rise beside
     * few other posts costs processor time: backlog, or documents with comments, references or prefixes.
     */
    XML_PARSED("headcount_xml_parsed", null, null, "Documents whose form was not known"),
    /** Elements and attributes that the protocol does not know. A rise after a firmware update: look at its posts. */
    XML_UNKNOWN_NAMES("headcount_xml_unknown_names", null, null, "Unknown elements and attributes, ignored"),
    /** Text between elements where none belongs. */
    XML_STRAY_TEXT("headcount_xml_stray_text", null, null, "Pieces of text around elements, ignored"),

    /** Rows that the ledger saw for the first time. */
    ROWS_NEW("headcount_rows", "verdict", "new", "Rows by the ledger's verdict"),
    /** Rows that replaced an older version. */
    ROWS_NEWER("headcount_rows", "verdict", "newer", "Rows by the ledger's verdict"),
    /** Rows that were there already: cameras that send again. A lasting rise: answers do not reach the cameras. */
    ROWS_DUPLICATE("headcount_rows", "verdict", "duplicate", "Rows by the ledger's verdict"),
    /** Rows older than the version held: posts overtook each other on the way. */
    ROWS_STALE("headcount_rows", "verdict", "stale", "Rows by the ledger's verdict"),
    /** First versions beyond the ledger's window: backlog of a camera that was cut off. */
    ROWS_LATE("headcount_rows", "verdict", "late", "Rows by the ledger's verdict"),
    /** Rows let go early at {@code ledger.max-rows}. Raise it: backlog of these windows will be flagged late. */
    LEDGER_EVICTED("headcount_ledger_evicted_rows", null, null, "Ledger rows let go before their time"),

    /** Records appended to the journal. */
    JOURNAL_APPENDS("headcount_journal_appends", null, null, "Records appended to the journal"),
    /** Bytes of the records appended. */
    JOURNAL_BYTES("headcount_journal_bytes", null, null, "Bytes of records appended to the journal"),
    /** Posts that changed nothing and were answered without a record. */
    JOURNAL_SKIPS("headcount_journal_skips", null, null, "Posts that needed no record"),
    /** Forces of the journal to the disk, under {@code journal.durability = power}. Posts per force tell how many share one. */
    JOURNAL_FORCES("headcount_journal_forces", null, null, "Forces of the journal to the disk"),
    /** Microseconds spent in them; divided by their number, what an answer waits for. A rise: the disk is slow. */
    JOURNAL_FORCE_MICROS(
            "headcount_journal_force_microseconds",
            null,
            null,
            "Microseconds spent in forcing the journal to the disk"),
    /** Damaged places of the journal met while it was read back at start. What they cost: {@code headcount verify --repair-report}. */
    JOURNAL_DAMAGED_PLACES(
            "headcount_journal_damaged_places", null, null, "Damaged places of the journal met at start"),
    /** Roll files deleted by {@code journal.retention} or {@code journal.max-size}. Normal. */
    JOURNAL_FILES_DELETED("headcount_journal_files_deleted", null, null, "Roll files deleted by retention"),
    /** Records deleted that a named tailer still had to read, because of {@code journal.min-free}. Data lost to that tailer. */
    JOURNAL_UNREAD_DELETED(
            "headcount_journal_unread_deleted",
            null,
            null,
            "Records deleted before a named tailer had read them, once per tailer"),
    /**
     * Roll files older than the newest that others deleted, replaced or cut off while the gateway ran: acknowledged records are gone. The log
     * names each file and its records; keep everything but the journal's own tools out of its directory.
     */
    JOURNAL_FILES_LOST(
            "headcount_journal_files_lost", null, null, "Older roll files that others deleted, replaced or cut off"),
    /** Rounds of retention that failed. The journal's directory can't be read or written; the disk will fill. */
    JOURNAL_RETENTION_FAILED("headcount_journal_retention_failed", null, null, "Rounds of retention that failed"),
    /** Batches that the pipeline settled; records per batch tell how well the load is spread over disk work. */
    PIPELINE_BATCHES("headcount_pipeline_batches", null, null, "Batches settled by the pipeline"),

    /** Bodies of refused posts written to the quarantine. Look at them: {@code headcount quarantine list}. */
    QUARANTINE_KEPT("headcount_quarantine_kept", null, null, "Refused bodies kept"),
    /** Those of them whose end was left out. Not all of a post can be seen: raise {@code journal.quarantine.max-body}. */
    QUARANTINE_CUT("headcount_quarantine_cut", null, null, "Refused bodies of which only the beginning was kept"),
    /** Bodies let go at {@code max-per-second}. Many cameras are refused at once; those kept tell why. */
    QUARANTINE_DROPPED_RATE(
            "headcount_quarantine_dropped",
            "reason",
            "rate",
            "Refused bodies that were not kept, by what stood against it"),
    /** Bodies let go because too many waited to be written. The quarantine's disk is slow. */
    QUARANTINE_DROPPED_QUEUE(
            "headcount_quarantine_dropped",
            "reason",
            "queue",
            "Refused bodies that were not kept, by what stood against it"),
    /** Bodies let go at {@code max-memory} while they came in. Many slow large posts at once: a bad network or an attack. */
    QUARANTINE_DROPPED_MEMORY(
            "headcount_quarantine_dropped",
            "reason",
            "memory",
            "Refused bodies that were not kept, by what stood against it"),
    /** Bodies that could not be written. The quarantine's disk is full or broken; the log says how. */
    QUARANTINE_DROPPED_DISK(
            "headcount_quarantine_dropped",
            "reason",
            "disk",
            "Refused bodies that were not kept, by what stood against it"),
    /** Bodies deleted at {@code max-size} to make room for newer ones. Normal, unless they were to be replayed. */
    QUARANTINE_EVICTED("headcount_quarantine_evicted", null, null, "Refused bodies deleted to make room"),
    /** Refused posts answered 200, under {@code reply = accept}. Each is missing in the journal until it is replayed. */
    QUARANTINE_ACCEPTED(
            "headcount_quarantine_accepted", null, null, "Refused posts answered 200 because their body is kept"),

    /** Log lines held back by the limit of lines per second. */
    LOG_LINES_SUPPRESSED("headcount_log_lines_suppressed", null, null, "Log lines held back by the limit per second");

    private final String family;
    private final String labelName;
    private final String labelValue;
    private final String help;

    Metric(String family, String labelName, String labelValue, String help) {
        this.family = family;
        this.labelName = labelName;
        this.labelValue = labelValue;
        this.help = help;
    }

    /** Name of the Prometheus family, without the suffix {@code _total}. */
    public String family() {
        return family;
    }

    /** The label's name, or null. */
    public String labelName() {
        return labelName;
    }

    /** The label's value, or null. */
    public String labelValue() {
        return labelValue;
    }

    /** One line of help; the same for all of a family. */
    public String help() {
        return help;
    }
}
