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
    /** Connections closed by an unexpected exception. Always a bug or a broken machine; the log says where. */
    CONNECTIONS_FAULTED("headcount_connections_faulted", null, null, "Connections closed by an unexpected exception"),
    /** Pauses of a second in accepting connections. Out of file descriptors: raise the limit of open files. */
    ACCEPT_PAUSES("headcount_accept_pauses", null, null, "Pauses in accepting connections after a failure"),
    /** Posts cut off by the peer in the middle. A bad network, or cameras with a shorter time-out than the post takes. */
    POSTS_CUT_OFF("headcount_posts_cut_off", null, null, "Posts whose connection ended before their last byte"),
    /** Posts answered 200 after their record became durable, or because they changed nothing. */
    POSTS_ACCEPTED("headcount_posts_accepted", null, null, "Posts answered 200"),
    /** Whole posts whose connection ended before their answer. Cameras that wait less long than the journal takes. */
    POSTS_UNANSWERED("headcount_posts_unanswered", null, null, "Posts whose connection ended before the answer"),
    /** Posts that found the ring full and waited. A rise: the journal's disk or the CPU is at its limit. */
    POSTS_WAITED("headcount_posts_waited", null, null, "Posts that waited for room in the ring"),
    /** Bytes of request bodies read. */
    BODY_BYTES("headcount_body_bytes", null, null, "Bytes of request bodies"),

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
