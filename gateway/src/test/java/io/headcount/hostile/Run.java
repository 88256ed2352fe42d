package io.headcount.hostile;

import static io.headcount.http.Requests.postOf;

import io.headcount.hostile.Case.Ending;
import io.headcount.hostile.Case.Fate;
import io.headcount.http.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One sending of an input.
 *
 * @param kind the input
 * @param way how it is sent
 * @param number the one that stands in the device
 */
record Run(Case kind, Way way, int number) {
    /** How an input is sent. */
    enum Way {
        /** In one piece. */
        WHOLE,
        /** One byte per segment; a long one in as many segments as are bytes in a short one. */
        BYTEWISE,
        /** In one piece, with a good post before it and another behind it. */
        PIPELINED
    }

    private static final int MOST_SEGMENTS = 16_000;
    private static final int MOST_ANSWERS = 20;

    String device() {
        return Case.deviceOf(number);
    }

    /** The device of the good post before. */
    String before() {
        return "before-" + device();
    }

    /** The device of the good post behind. */
    String after() {
        return "after-" + device();
    }

    /** Whether the good post behind is answered. */
    boolean goesOn() {
        return kind.fate() == Fate.KEPT;
    }

    /** All answers of the connection. */
    List<Integer> expectedStatuses() {
        List<Integer> expected = new ArrayList<>(kind.answers());
        if (way == Way.PIPELINED) {
            expected.add(0, 200);
        }
        if (goesOn()) {
            expected.add(200);
        }
        return expected;
    }

    /** Sends it over a connection of its own and waits for the end of that. */
    Outcome send(InetSocketAddress gateway) {
        List<String> answers = new ArrayList<>();
        try (Peer peer = new Peer(gateway)) {
            sendAll(peer, answers);
            while (answers.size() < MOST_ANSWERS) {
                String answer = peer.answer();
                if (answer.isEmpty()) {
                    return new Outcome(this, answers, Outcome.ENDED);
                }
                answers.add(answer);
            }
            return new Outcome(this, answers, "answers without end");
        } catch (SocketTimeoutException silence) {
            return new Outcome(this, answers, "neither answered nor ended");
        } catch (IOException reset) {
            return new Outcome(this, answers, Outcome.ENDED);
        }
    }

    private void sendAll(Peer peer, List<String> answers) throws IOException {
        String bytes = kind.bytesOfRun(number);
        try {
            if (way == Way.PIPELINED) {
                peer.send(postOf(before()) + bytes + (kind.ending() == Ending.NONE ? postOf(after()) : ""));
            } else {
                sendAlone(peer, bytes, answers);
            }
            if (goesOn() || kind.ending() == Ending.FIN) {
                peer.endOutput();
            }
        } catch (SocketTimeoutException silence) {
            throw silence;
        } catch (IOException endedByTheGateway) {
            // what it has answered can still be read
        }
    }

    private void sendAlone(Peer peer, String bytes, List<String> answers) throws IOException {
        if (way == Way.WHOLE) {
            peer.send(bytes);
        } else {
            int segment = 1 + bytes.length() / MOST_SEGMENTS;
            if (goesOn() || kind.answers().size() > 1) { // the first of several answers is no reason to stop
                peer.drip(bytes, segment);
            } else {
                peer.dripUntilAnswered(bytes, segment);
            }
        }
        if (goesOn()) {
            for (int i = 0; i < kind.answers().size(); i++) {
                answers.add(peer.answer());
            }
            peer.send(postOf(after()));
        }
    }

    @Override
    public String toString() {
        return kind + ", " + way.name().toLowerCase(Locale.ROOT);
    }
}
