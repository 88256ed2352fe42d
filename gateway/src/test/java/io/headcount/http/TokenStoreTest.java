package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headcount.config.InvalidSetting;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The file of tokens, changed while it is in force. */
final class TokenStoreTest {
    private static final String OLD = "old-token-of-the-door";
    private static final String NEW = "new-token-of-the-door";

    @TempDir
    private Path dir;

    private final Logger logger = (Logger) LoggerFactory.getLogger(TokenStore.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Telemetry telemetry = new Telemetry();
    private final FileWatch watch = new FileWatch();
    private Path file;
    private TokenStore store;

    @BeforeEach
    void open() throws IOException {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
        file = Secrets.write(dir.resolve("tokens"), OLD + " *");
        store = TokenStore.open(file, telemetry, watch);
        lines.list.clear();
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private void change(String text) throws IOException {
        Files.writeString(file, text);
        look();
    }

    private void look() {
        watch.look();
        watch.look();
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private boolean inForce(String token) {
        return store.inForce().find(token) != null;
    }

    @Test
    void shouldHaveOldAndNewTokenInForceWhileBothStandInTheFile() throws IOException {
        change(OLD + " device=1\n" + NEW + " device=1");
        assertThat(inForce(OLD)).isTrue();
        assertThat(inForce(NEW)).isTrue();
        change(NEW + " device=1");
        assertThat(inForce(OLD)).isFalse();
        assertThat(inForce(NEW)).isTrue();
        assertThat(telemetry.sum(Metric.TOKENS_READ)).isEqualTo(2);
        assertThat(messages()).contains("http.tokens: " + file + " has changed, 1 tokens are in force now");
    }

    @Test
    void shouldKeepTheTokensBeforeWhenTheFileIsBroken() throws IOException {
        change(NEW + " *\nCANARY *");
        assertThat(inForce(OLD)).isTrue();
        assertThat(inForce(NEW)).isFalse();
        assertThat(telemetry.sum(Metric.TOKENS_BROKEN)).isEqualTo(1);
        assertThat(messages())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("http.tokens: " + file + ":2: the first word is no token (expected: ")
                        .endsWith("; the 1 tokens before stay in force")
                        .doesNotContain("CANARY"));
    }

    @Test
    void shouldTakeTheFileThatFollowsABrokenOne() throws IOException {
        change("");
        Files.delete(file);
        look();
        assertThat(inForce(OLD)).isTrue();
        change(NEW + " *");
        assertThat(inForce(NEW)).isTrue();
        assertThat(telemetry.sum(Metric.TOKENS_BROKEN)).isEqualTo(2);
    }

    @Test
    void shouldSeeAChangeRightAfterItsStart() throws IOException {
        FileWatch other = new FileWatch();
        TokenStore opened = TokenStore.open(file, telemetry, other);
        Files.writeString(file, NEW + " *");
        other.look();
        other.look();
        assertThat(opened.inForce().find(NEW)).isNotNull();
    }

    @Test
    void shouldNotOpenABrokenFile() throws IOException {
        Files.writeString(file, "CANARY");
        assertThatThrownBy(() -> TokenStore.open(file, telemetry, new FileWatch()))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("tokens:1: ");
    }
}
