package io.headcount.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the {@code tail} command says is in a journal, as posts. */
record JournalTable(List<CameraPost> rows, List<Long> sequences) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static JournalTable read(java.nio.file.Path journal) throws IOException, InterruptedException {
        GatewayProcess.Output output = GatewayProcess.run("tail", "--journal", journal.toString(), "--from", "start");
        if (output.exitCode() != 0) {
            throw new AssertionError("tail: exit " + output.exitCode() + "\n" + output.errors());
        }
        List<CameraPost> rows = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        for (String line : output.lines()) {
            JsonNode row = JSON.readTree(line);
            sequences.add(row.get("seq").asLong());
            int device = Integer.parseInt(row.get("deviceId").asText().substring("cam-".length()));
            rows.add(new CameraPost(
                    device,
                    row.get("start").asLong(),
                    row.get("version").asLong(),
                    row.get("enters").asInt(),
                    row.get("exits").asInt()));
        }
        return new JournalTable(rows, sequences);
    }

    /** The reader's rule: per key the greatest row. */
    static Map<String, CameraPost> greatest(List<CameraPost> posts) {
        Map<String, CameraPost> table = new HashMap<>();
        for (CameraPost post : posts) {
            table.merge(post.key(), post, (held, next) -> next.replaces(held) ? next : held);
        }
        return table;
    }

    List<String> fingerprints() {
        return rows.stream().map(CameraPost::fingerprint).toList();
    }
}
