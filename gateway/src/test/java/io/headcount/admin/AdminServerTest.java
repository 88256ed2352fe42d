package io.headcount.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headcount.config.AdminConfig;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdminServerTest {
    private static final int MOST_MS = 10_000;

    private final OutOfMemoryError error = new OutOfMemoryError("of a test");
    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
    private UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, end) -> uncaught.set(end));
    }

    @AfterEach
    void stopListening() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private final class Broken implements Health {
        @Override
        public boolean live() {
            throw error;
        }

        @Override
        public Optional<String> notReady() {
            throw error;
        }
    }

    private static int ask(InetSocketAddress server) throws IOException {
        URL page = new URL("http", "127.0.0.1", server.getPort(), "/health/live");
        HttpURLConnection connection = (HttpURLConnection) page.openConnection();
        connection.setConnectTimeout(MOST_MS);
        connection.setReadTimeout(MOST_MS / 10);
        return connection.getResponseCode();
    }

    @Test
    void shouldNotSwallowAnErrorOfARequest() throws IOException {
        AdminConfig config = new AdminConfig(true, "127.0.0.1", 0);
        try (AdminServer server = new AdminServer(config, new Broken(), new Telemetry(), List.of())) {
            server.start();
            assertThatThrownBy(() -> ask(server.address())).isInstanceOf(IOException.class);
            await().until(() -> uncaught.get() == error);
        }
    }
}
