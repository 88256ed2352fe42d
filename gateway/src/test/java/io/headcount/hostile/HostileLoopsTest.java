package io.headcount.hostile;

import static io.headcount.hostile.Case.CAMERA;
import static io.headcount.hostile.Documents.declared;
import static io.headcount.hostile.Documents.document;
import static io.headcount.hostile.Documents.packed;
import static io.headcount.hostile.Documents.post;
import static io.headcount.hostile.Documents.row;
import static io.headcount.hostile.Documents.sample;
import static io.headcount.hostile.Documents.with;
import static io.headcount.http.Requests.chunk;
import static io.headcount.http.Requests.chunked;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headcount.cli.RunningGateway;
import io.headcount.hostile.Run.Way;
import io.headcount.http.Peer;
import io.headcount.http.Requests;
import io.headcount.xml.PostText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the catalogue takes more than one connection, or many posts on it. */
class HostileLoopsTest {
    private static final int PEERS = 8;
    private static final int BYTEWISE_EVERY = 50;

    @TempDir
    private Path dir;

    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(dir, GroupH.NOW * 1000, "http.reply-timeout=500 ms", "admin.enabled=true");
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(gateway.metrics()).contains("headcount_connections_faulted_total 0.0");
        gateway.close();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port());
    }

    private Peer peer() throws IOException {
        return new Peer(address());
    }

    private long metric(String name) {
        try {
            return gateway.metrics().stream()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Sends all requests on one connection while it reads the answers. */
    private List<Integer> statuses(List<String> requests) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (Peer peer = peer()) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> requests.forEach(request -> {
                try {
                    peer.send(request);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }));
            for (int i = 0; i < requests.size(); i++) {
                statuses.add(peer.status());
            }
            sender.get();
        }
        return statuses;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vendor-interval-metrics", "vendor-realtime-rtmetrics", "vendor-heartbeat-diags"})
    void shouldRefuseASampleCutOffAnywhere(String name) throws Exception {
        String document = packed(sample(name).getBytes(StandardCharsets.UTF_8));
        int end = document.lastIndexOf('>');
        List<String> requests = new ArrayList<>();
        for (int length = 0; length <= end; length++) {
            String cut = document.substring(0, length);
            requests.add(length % BYTEWISE_EVERY == 0 ? chunked(bytewise(cut) + "0\r\n\r\n") : Requests.post(cut));
        }

        assertThat(statuses(requests)).hasSize(end + 1).containsOnly(400);
        assertThat(gateway.lines()).isEmpty();
        assertThat(statuses(List.of(post(document)))).containsExactly(200);
    }

    private static String bytewise(String text) {
        return text.chars().mapToObj(c -> chunk(Character.toString(c))).collect(Collectors.joining());
    }

    @Test
    void shouldFetchNothing() throws Exception {
        try (ServerSocketChannel bait = ServerSocketChannel.open()) {
            bait.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            String url = "http://127.0.0.1:" + ((InetSocketAddress) bait.getLocalAddress()).getPort() + "/";
            String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + url + "\">]><a>&x;</a>";
            String parameter = "<!DOCTYPE a [<!ENTITY % x SYSTEM \"" + url + "\">%x;]><a/>";
            for (String doctype : List.of("<!DOCTYPE a SYSTEM \"" + url + "\"><a/>", entity, parameter)) {
                assertThat(statuses(List.of(post(doctype)))).containsExactly(400);
            }
            PostText schema = with("@xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
                    .with("@xsi:noNamespaceSchemaLocation", url);
            PostText inclusion = row("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='" + url + "'/>");
            PostText style = declared("<?xml version='1.0'?><?xml-stylesheet href='" + url + "'?>");
            assertThat(statuses(List.of(post(schema), post(inclusion), post(style))))
                    .containsExactly(200, 200, 400);

            assertThat(bait.accept()).as("connections to the bait").isNull();
        }
    }

    @Test
    void shouldReadAMillionFreshNames() throws Exception {
        List<String> requests = new ArrayList<>();
        for (int post = 0; post < 10_000; post++) {
            int first = post * 100;
            String names = IntStream.range(first, first + 100)
                    .mapToObj(i -> "<n" + i + "/>")
                    .collect(Collectors.joining());
            requests.add(post(row(names)));
        }

        assertThat(statuses(requests)).hasSize(10_000).containsOnly(200);
        assertThat(metric("headcount_xml_unknown_names_total")).isEqualTo(1_000_000);
    }

    @Test
    void shouldWithstandAnAttackOnAllEventLoopsAtOnce() throws Exception {
        int number = 0;
        for (Case kind : GroupD.cases().toList()) {
            List<Callable<Outcome>> runs = new ArrayList<>();
            for (int i = 0; i < PEERS; i++) {
                Run run = new Run(kind, Way.WHOLE, ++number);
                runs.add(() -> run.send(address()));
            }
            assertThat(atOnce(runs))
                    .as(kind.toString())
                    .extracting(Outcome::statuses)
                    .containsOnly(new Run(kind, Way.WHOLE, 0).expectedStatuses());
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldJournalAPostOnceThatComesOnManyConnectionsAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String post = post(document()).replace(CAMERA, Case.deviceOf(round));
            Callable<List<Integer>> sending = () -> statuses(List.of(post, post));

            assertThat(atOnce(Stream.generate(() -> sending).limit(PEERS).toList()))
                    .containsOnly(List.of(200, 200));
            assertThat(gateway.lines()).hasSize(round + 1);
        }
    }

    @Test
    void shouldTakeAPostForADuplicateWhoseFirstAnswerWasLost() throws Exception {
        String post = post(document());
        try (Peer peer = peer()) {
            peer.send(post);
            await().until(() -> gateway.lines().size() == 1);
            peer.reset();
        }

        assertThat(statuses(List.of(post))).containsExactly(200);
        assertThat(gateway.lines()).hasSize(1);
        assertThat(metric("headcount_rows_total{verdict=\"duplicate\"}")).isEqualTo(1);
    }

    @Test
    void shouldForgetAPostThatIsResetInItsMiddle() throws Exception {
        String post = post(document());
        try (Peer peer = peer()) {
            peer.send(post.substring(0, post.length() - 1));
            await().until(() -> metric("headcount_connections_open") == 1);
            peer.reset();
        }
        await().until(() -> metric("headcount_connections_open") == 0);

        assertThat(gateway.lines()).isEmpty();
        assertThat(statuses(List.of(post))).containsExactly(200);
    }

    @Test
    void shouldKeepWhatItJournaledForAPeerThatNeverReads() throws Exception {
        try (Peer peer = new Peer(address(), 4 * 1024)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            peer.send(postOf(Case.deviceOf(i)));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().until(() -> metric("headcount_connections_open") == 0);

        assertThat(metric("headcount_connections_unread_closed_total")).isEqualTo(1);
        long accepted = metric("headcount_posts_accepted_total");
        long unanswered = metric("headcount_posts_unanswered_total");
        assertThat(gateway.lines()).hasSize((int) (accepted + unanswered)).hasSizeGreaterThan(100);
    }
}
