package io.headcount.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A named tailer that can't go on where it stands.
 *
 * @param tailer the tailer
 * @param first sequence number of the oldest record kept, 0 when there is none
 * @param last the last one's, 0 when there is none
 */
public record TailerFault(TailerPosition tailer, long first, long last) {
    /**
     * Compares positions with a journal that was read in between; the gateway, tailers and retention may be at work.
     *
     * @param before the positions before it was read: what tailers had read by then was there to be read
     * @param after the positions after it was read: what they had still to read was kept
     */
    static List<TailerFault> find(List<TailerPosition> before, List<TailerPosition> after, long first, long last) {
        Map<String, TailerPosition> stillThere = new HashMap<>();
        after.forEach(tailer -> stillThere.put(tailer.name(), tailer));
        List<TailerFault> faults = new ArrayList<>();
        for (TailerPosition tailer : before) {
            TailerPosition now = stillThere.get(tailer.name());
            if (now == null) {
                continue;
            }
            if (!now.readable() || now.next() < first) {
                faults.add(new TailerFault(now, first, last));
            } else if (tailer.next() > last + 1) {
                faults.add(new TailerFault(tailer, first, last));
            }
        }
        return List.copyOf(faults);
    }

    /** One line: {@code tailer billing: goes on at record 5, but the oldest one kept is 11: …}. */
    public String message() {
        String head = "tailer " + tailer.name() + ": ";
        if (!tailer.readable()) {
            return head + "its position is damaged; set a new one: headcount tail --name " + tailer.name()
                    + " --from start, end or a number";
        }
        if (tailer.next() < first) {
            return head + "goes on at record " + tailer.next() + ", but the oldest one kept is " + first
                    + ": it has missed those before; headcount tail --skip-missed goes on behind them";
        }
        return head + "has read up to record " + (tailer.next() - 1) + ", but the last one here is " + last
                + ": the journal has lost its end, or is another one; a gateway numbers new records from "
                + tailer.next() + " on";
    }
}
