package io.headcount.simulate;

import io.netty.buffer.ByteBuf;

/**
 * Reads answers to posts as they come in and keeps none of their bytes: status, what becomes of the connection, when to try
 * again. Knows Content-Length, chunks, bodies that end with the connection, and answers that go before (1xx). One connection.
 *
 * <pre>
 *  STATUS ─▶ NAME ◀─▶ VALUE ─▶ … empty line ─▶ BODY │ SIZE ◀─▶ CHUNK … TRAILER │ TO_THE_END ─▶ DONE
 *    ▲                                  └ 1xx ┐
 *    └────────────────────────────────────────┘
 * </pre>
 */
final class AnswerDecoder {
    /** What is known of the answer. */
    enum Progress {
        INCOMPLETE,
        COMPLETE,
        MALFORMED
    }

    private enum State {
        STATUS,
        NAME,
        VALUE,
        BODY,
        SIZE,
        SIZE_END,
        CHUNK,
        CHUNK_END,
        TRAILER,
        TO_THE_END,
        DONE
    }

    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final long MAX_BODY_BYTES = 1L << 30;
    private static final byte[] PROTOCOL = {'H', 'T', 'T', 'P', '/', '1', '.'};
    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;
    private static final int OK_NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    // names and values are compared by a hash of their lower-case letters, so that none has to be kept
    private static final long CONTENT_LENGTH = hash("content-length");
    private static final long TRANSFER_ENCODING = hash("transfer-encoding");
    private static final long CONNECTION = hash("connection");
    private static final long RETRY_AFTER = hash("retry-after");
    private static final long CLOSE = hash("close");
    private static final long KEEP_ALIVE = hash("keep-alive");
    private static final long CHUNKED = hash("chunked");
    private static final long EMPTY = 0xCBF2_9CE4_8422_2325L;

    private State state = State.STATUS;
    private int column;
    private int headBytes;
    private long hash;
    private long name;
    private long number;

    private int status;
    private boolean keptAlive;
    private boolean chunked;
    private long length;
    private int retryAfterSec;
    private long left;

    AnswerDecoder() {
        begin();
    }

    private static long hash(String text) {
        long hash = 0xCBF2_9CE4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            hash = hash(hash, text.charAt(i));
        }
        return hash;
    }

    private static long hash(long hash, int octet) {
        int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
        return (hash ^ lower) * 0x100_0000_01B3L;
    }

    /** Expects the next answer. */
    void begin() {
        state = State.STATUS;
        column = 0;
        headBytes = 0;
        status = 0;
        keptAlive = true;
        chunked = false;
        length = -1;
        retryAfterSec = 0;
        hash = EMPTY;
    }

    /** Reads up to the end of the answer; what is behind it stays in the buffer. */
    Progress feed(ByteBuf in) {
        Progress progress = Progress.INCOMPLETE;
        while (progress == Progress.INCOMPLETE && in.isReadable()) {
            progress = hasBulk() ? skip(in) : step(in.readUnsignedByte());
        }
        return progress;
    }

    /** The peer has ended the connection. */
    Progress end() {
        return state == State.TO_THE_END ? Progress.COMPLETE : Progress.INCOMPLETE;
    }

    /** Whether anything of an answer has come. */
    boolean begun() {
        return state != State.STATUS || column > 0;
    }

    int status() {
        return status;
    }

    /** Whether the connection can be used again. */
    boolean keptAlive() {
        return keptAlive && state != State.TO_THE_END;
    }

    /** 0: nothing was said. */
    int retryAfterSec() {
        return retryAfterSec;
    }

    private boolean hasBulk() {
        return state == State.BODY || state == State.CHUNK || state == State.TO_THE_END;
    }

    private Progress skip(ByteBuf in) {
        if (state == State.TO_THE_END) {
            in.skipBytes(in.readableBytes());
            return Progress.INCOMPLETE;
        }
        int bytes = (int) Math.min(left, in.readableBytes());
        in.skipBytes(bytes);
        left -= bytes;
        if (left > 0) {
            return Progress.INCOMPLETE;
        }
        return state == State.BODY ? done() : enter(State.CHUNK_END);
    }

    private Progress step(int octet) {
        headBytes++;
        if (headBytes > MAX_HEAD_BYTES) {
            return Progress.MALFORMED;
        }
        return switch (state) {
            case STATUS -> stepStatus(octet);
            case NAME -> stepName(octet);
            case VALUE -> stepValue(octet);
            case SIZE -> stepSize(octet);
            case SIZE_END -> octet == '\n' ? endSize() : Progress.INCOMPLETE;
            case CHUNK_END -> octet == '\n' ? enterSize() : Progress.INCOMPLETE;
            case TRAILER -> stepTrailer(octet);
            default -> Progress.MALFORMED;
        };
    }

    private Progress enter(State next) {
        state = next;
        return Progress.INCOMPLETE;
    }

    private Progress done() {
        state = State.DONE;
        return Progress.COMPLETE;
    }

    // HTTP/1.1 200 OK
    private Progress stepStatus(int octet) {
        int at = column++;
        if (at < PROTOCOL.length) {
            return octet == PROTOCOL[at] ? Progress.INCOMPLETE : Progress.MALFORMED;
        }
        if (at == PROTOCOL.length) {
            keptAlive = octet != '0';
        } else if (at >= STATUS_AT && at < STATUS_END) {
            status = status * 10 + (octet - '0');
            return octet >= '0' && octet <= '9' ? Progress.INCOMPLETE : Progress.MALFORMED;
        } else if (octet == '\n') {
            return at > STATUS_END ? enterName() : Progress.MALFORMED;
        }
        return Progress.INCOMPLETE;
    }

    private Progress enterName() {
        hash = EMPTY;
        column = 0;
        return enter(State.NAME);
    }

    private Progress stepName(int octet) {
        if (octet == '\n') {
            return column == 0 ? endHead() : Progress.MALFORMED;
        }
        if (octet == ':') {
            name = hash;
            hash = EMPTY;
            number = -1;
            return enter(State.VALUE);
        }
        if (octet != '\r') {
            hash = hash(hash, octet);
            column++;
        }
        return Progress.INCOMPLETE;
    }

    private Progress stepValue(int octet) {
        if (octet == '\n') {
            endToken();
            return endValue();
        }
        if (octet == ' ' || octet == ',' || octet == '\r' || octet == '\t') {
            endToken();
            return Progress.INCOMPLETE;
        }
        hash = hash(hash, octet);
        boolean digit = octet >= '0' && octet <= '9';
        if (digit && number < MAX_BODY_BYTES) {
            number = Math.max(0, number) * 10 + (octet - '0');
        }
        return Progress.INCOMPLETE;
    }

    private void endToken() {
        if (name == CONNECTION && hash == CLOSE) {
            keptAlive = false;
        } else if (name == CONNECTION && hash == KEEP_ALIVE) {
            keptAlive = true;
        } else if (name == TRANSFER_ENCODING && hash == CHUNKED) {
            chunked = true;
        }
        hash = EMPTY;
    }

    private Progress endValue() {
        if (name == CONTENT_LENGTH) {
            length = number;
            if (number < 0 || number >= MAX_BODY_BYTES) {
                return Progress.MALFORMED;
            }
        } else if (name == RETRY_AFTER) {
            retryAfterSec = (int) Math.max(0, Math.min(number, Integer.MAX_VALUE));
        }
        return enterName();
    }

    private Progress endHead() {
        if (status < 200) {
            begin();
            return Progress.INCOMPLETE;
        }
        if (status == OK_NO_CONTENT || status == NOT_MODIFIED) {
            return done();
        }
        if (chunked) {
            return enterSize();
        }
        left = length;
        return length == 0 ? done() : enter(length < 0 ? State.TO_THE_END : State.BODY);
    }

    private Progress enterSize() {
        left = 0;
        column = 0;
        return enter(State.SIZE);
    }

    private Progress stepSize(int octet) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0 && left < MAX_BODY_BYTES) {
            left = left * 16 + digit;
            column++;
            return Progress.INCOMPLETE;
        }
        if (digit >= 0 || column == 0) {
            return Progress.MALFORMED;
        }
        return octet == '\n' ? endSize() : enter(State.SIZE_END);
    }

    private Progress endSize() {
        // a long body has many sizes
        headBytes = 0;
        column = 0;
        return enter(left == 0 ? State.TRAILER : State.CHUNK);
    }

    private Progress stepTrailer(int octet) {
        if (octet == '\n') {
            boolean empty = column == 0;
            column = 0;
            return empty ? done() : Progress.INCOMPLETE;
        }
        column += octet == '\r' ? 0 : 1;
        return Progress.INCOMPLETE;
    }
}
