package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.ConfigException;
import io.headcount.xml.HostileDocuments;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostileCostTest {
    @Test
    void shouldRunInItsShortestForm() throws ConfigException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HostileCost(1, new PrintStream(out, true, StandardCharsets.UTF_8)).run();

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("before: a good post", "after: a good post");
        HostileDocuments.all().forEach(document -> assertThat(text).contains(document.name()));
    }
}
