package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.registry.admission.Admission;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(240)
class WatchOverHttpTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /** Every namespace also gets a map with the authority's certificate, at its own time. */
    private static final String OURS = "fieldSelector=metadata.name!%3Dkube-root-ca.crt";

    /** Short only where idleness is what is tested: on a busy machine, a new connection may be idle for as long. */
    private static final Duration IDLE = Duration.ofMillis(300);

    private static final int TRIES = 10;

    private ServedCluster served = new ServedCluster(ApiServer.onPort(0));

    @AfterEach
    void close() {
        served.close();
    }

    private void idleAfter(Duration idle) {
        served.close();
        served = new ServedCluster(ApiServer.onPort(0).idleTimeout(idle));
    }

    private BufferedReader watch(HttpClient http, String query) {
        HttpRequest request =
                served.to(MAPS + "?" + OURS + "&watch=true" + query).build();
        HttpResponse<InputStream> answer =
                ServedCluster.exchange(http, request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** On a connection that was used: it may be closed as idle before a busy machine asks for anything on it, and then another is. */
    private BufferedReader watchOnAUsedConnection(HttpClient.Version version) {
        UncheckedIOException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return watch(served.usedHttp(version), "");
            } catch (UncheckedIOException e) {
                last = e;
            }
        }
        throw new AssertionError("no connection stays open for as long as a request takes", last);
    }

    private static JsonNode next(BufferedReader events) throws IOException {
        String line = events.readLine();
        assertThat(line).as("another event").isNotNull();
        return ServedCluster.JSON.readTree(line);
    }

    private static String named(JsonNode event) {
        return event.path("type").asText() + " "
                + event.at("/object/metadata/name").asText();
    }

    private void create(String name) {
        served.client().create(ConfigMap.named(name).data("key", "value").build());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aSilentWatchOutlivesTheIdleTime(HttpClient.Version version) throws IOException {
        idleAfter(IDLE);
        create("first");
        try (BufferedReader events = watchOnAUsedConnection(version)) {
            assertThat(named(next(events))).isEqualTo("ADDED first");
            served.untilAnIdleConnectionIsClosed();
            served.untilAnIdleConnectionIsClosed();

            create("late");

            assertThat(named(next(events))).isEqualTo("ADDED late");
        }
    }

    /** Of what is not a watch. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void anAnswerThatTakesLongerThanTheIdleTimeIsGiven(HttpClient.Version version) throws Exception {
        served.close();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch admitted = new CountDownLatch(1);
        served = new ServedCluster(
                ApiServer.onPort(0).idleTimeout(IDLE),
                cluster -> cluster.admission(Admission.validating(
                        ConfigMap.TYPE, request -> awaitUnlessOther(request.name(), begun, admitted))));
        HttpRequest request = served.to(MAPS)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"slow\"}}"))
                .build();
        CompletableFuture<HttpResponse<String>> answer = sentUntilItBegins(version, request, begun);
        served.untilAnIdleConnectionIsClosed();
        served.untilAnIdleConnectionIsClosed();
        admitted.countDown();
        assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }

    /** As {@link #watchOnAUsedConnection}. */
    private CompletableFuture<HttpResponse<String>> sentUntilItBegins(
            HttpClient.Version version, HttpRequest request, CountDownLatch begun) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
        for (int i = 0; i < TRIES && begun.getCount() > 0; i++) {
            answer = served.usedHttp(version).sendAsync(request, HttpResponse.BodyHandlers.ofString());
            while (!answer.isDone() && !begun.await(20, TimeUnit.MILLISECONDS)) {
                // Either will come.
            }
        }
        return answer;
    }

    private static void awaitUnlessOther(String name, CountDownLatch begun, CountDownLatch admitted) {
        try {
            if (name.equals("slow")) {
                begun.countDown();
                if (!admitted.await(200, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody lets it in");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aServerThatClosesEndsItsWatchesInOrder(HttpClient.Version version) throws IOException {
        List<BufferedReader> watches = new ArrayList<>();
        HttpClient http = served.http(version);
        for (int i = 0; i < 10; i++) {
            watches.add(watch(http, "&fieldSelector=metadata.name%3Dnone"));
        }

        served.close();

        for (BufferedReader events : watches) {
            assertThat(events.readLine()).isNull();
        }
        assertThat(ServedCluster.serverThreads()).isEmpty();
    }

    @Test
    void aWatcherThatTakesNothingIsCutOffAndDelaysNobody() throws IOException {
        // On a busy machine, who takes everything must have the time to do so.
        idleAfter(Duration.ofSeconds(2));
        String large = "x".repeat(500_000);
        try (BufferedReader lazy = watchOnAUsedConnection(HttpClient.Version.HTTP_1_1);
                BufferedReader busy = watchOnAUsedConnection(HttpClient.Version.HTTP_1_1)) {
            // More than what sockets and clients hold back.
            for (int i = 0; i < 40; i++) {
                served.client()
                        .create(ConfigMap.named("large-" + i).data("key", large).build());
                assertThat(named(next(busy))).isEqualTo("ADDED large-" + i);
            }
            HttpClient other = served.usedHttp(HttpClient.Version.HTTP_2);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ServedCluster.exchange(
                                            other, served.to("/readyz").build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode())
                            .isEqualTo(200));
            Throwable cut = catchThrowable(() -> {
                served.untilAnIdleConnectionIsClosed();
                lazy.lines().forEach(line -> {});
            });
            assertThat(cut).isNotNull();
        }
    }

    @Test
    void aWatchEndsWhenItsTimeIsUp() throws IOException {
        create("first");
        try (BufferedReader events = watch(served.http(HttpClient.Version.HTTP_2), "&timeoutSeconds=1")) {
            assertThat(named(next(events))).isEqualTo("ADDED first");
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void initialEventsEndWithABookmarkThatSaysSo() throws IOException {
        create("first");
        try (BufferedReader events = watch(
                served.http(HttpClient.Version.HTTP_2),
                "&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan")) {
            assertThat(named(next(events))).isEqualTo("ADDED first");
            JsonNode mark = next(events);
            assertThat(mark.path("type").asText()).isEqualTo("BOOKMARK");
            assertThat(mark.at("/object/kind").asText()).isEqualTo("ConfigMap");
            assertThat(mark.at("/object/metadata/annotations/k8s.io~1initial-events-end")
                            .asText())
                    .isEqualTo("true");
        }
    }

    @Test
    void aWatchFromAVersionTellsWhatCameAfterIt() throws IOException {
        String version = served.get(MAPS).json().at("/metadata/resourceVersion").asText();
        create("after");
        try (BufferedReader events = watch(served.http(HttpClient.Version.HTTP_2), "&resourceVersion=" + version)) {
            assertThat(named(next(events))).isEqualTo("ADDED after");
            served.send("DELETE", MAPS + "/after", ServedCluster.NO_TYPE, "");
            JsonNode gone = next(events);
            assertThat(named(gone)).isEqualTo("DELETED after");
            assertThat(gone.at("/object/metadata/resourceVersion").asLong()).isGreaterThan(Long.parseLong(version));
        }
    }

    @Test
    void anObjectThatLeavesTheSelectionIsDeletedForItsWatcher() throws IOException {
        served.client().create(ConfigMap.named("picked").label("tier", "web").build());
        try (BufferedReader events = watch(served.http(HttpClient.Version.HTTP_2), "&labelSelector=tier%3Dweb")) {
            assertThat(named(next(events))).isEqualTo("ADDED picked");
            served.send(
                    "PATCH",
                    MAPS + "/picked",
                    "application/merge-patch+json",
                    "{\"metadata\":{\"labels\":{\"tier\":\"db\"}}}");
            assertThat(named(next(events))).isEqualTo("DELETED picked");
        }
    }
}
