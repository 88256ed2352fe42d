package io.headcount.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.example.OccupancyConsumer.Flow;
import io.headcount.journal.JournalFixture;
import io.headcount.journal.JournalWriter;
import io.headcount.journal.Posts;
import io.headcount.model.Post;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OccupancyConsumerTest {
    private final OccupancyConsumer consumer = new OccupancyConsumer();

    @TempDir
    private Path dir;

    @Test
    void shouldCountANewerVersionOnceAndResumeWhereItWas() {
        JournalFixture journal = new JournalFixture(dir, Roll.HOURLY);
        try (JournalWriter writer = journal.open()) {
            writer.onPost(Posts.vendor());
            consumer.catchUp(dir);
            assertThat(consumer.flows()).containsOnlyKeys("siteId").containsValue(new Flow(2, 1));

            Post newer = Posts.vendor();
            newer.version(newer.version() + 60);
            newer.rows().value(0, 0, 5);
            writer.onPost(newer);
            consumer.catchUp(dir);
        }
        assertThat(consumer.flows()).containsValue(new Flow(5, 1));
        assertThat(consumer.sequence()).isEqualTo(2);
        assertThat(printed()).isEqualTo("siteId: 5 in, 1 out\n");
    }

    private String printed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        consumer.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
