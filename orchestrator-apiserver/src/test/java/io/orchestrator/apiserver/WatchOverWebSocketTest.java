package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class WatchOverWebSocketTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /** Every namespace also gets a map with the authority's certificate, at its own time. */
    private static final String OURS = "fieldSelector=metadata.name!%3Dkube-root-ca.crt";

    private ServedCluster served = new ServedCluster(ApiServer.onPort(0));

    @AfterEach
    void close() {
        served.close();
    }

    /** Short only where idleness is what is tested: on a busy machine, a new connection may be idle for as long. */
    private void idleAfter(Duration idle) {
        served.close();
        served = new ServedCluster(ApiServer.onPort(0).idleTimeout(idle));
    }

    private TestSocket watch(String query) {
        return watch(served.http(HttpClient.Version.HTTP_1_1), query);
    }

    private TestSocket watch(HttpClient http, String query) {
        return TestSocket.open(http, url() + query);
    }

    private String url() {
        return served.url() + MAPS + "?" + OURS + "&watch=true";
    }

    private static String next(TestSocket events) throws IOException {
        JsonNode event = ServedCluster.JSON.readTree(events.next());
        return event.path("type").asText() + " "
                + event.at("/object/metadata/name").asText();
    }

    private void create(String name) {
        served.client().create(ConfigMap.named(name).data("key", "value").build());
    }

    @Test
    void eachEventIsOneMessage() throws IOException {
        create("first");
        try (TestSocket events = watch("")) {
            assertThat(next(events)).isEqualTo("ADDED first");
            create("second");
            assertThat(next(events)).isEqualTo("ADDED second");
            served.send("DELETE", MAPS + "/first", ServedCluster.NO_TYPE, "");
            assertThat(next(events)).isEqualTo("DELETED first");
        }
    }

    @Test
    void aSilentOneOutlivesTheIdleTime() throws Exception {
        idleAfter(Duration.ofMillis(300));
        try (TestSocket events = watch(served.usedHttp(HttpClient.Version.HTTP_1_1), "")) {
            served.untilAnIdleConnectionIsClosed();
            served.untilAnIdleConnectionIsClosed();
            create("late");
            assertThat(next(events)).isEqualTo("ADDED late");
        }
    }

    @Test
    void itsTimeIsUpInOrder() throws IOException {
        create("first");
        try (TestSocket events = watch("&timeoutSeconds=1")) {
            assertThat(next(events)).isEqualTo("ADDED first");
            assertThat(events.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void whatIsWrongWithTheRequestIsAnsweredBeforeTheUpgrade() {
        assertThatThrownBy(() -> watch("&labelSelector=%3D%3D"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void aClientThatTakesNothingIsCutOffAndDelaysNobody() throws Exception {
        // On a busy machine, who takes everything must have the time to do so.
        idleAfter(Duration.ofSeconds(2));
        String large = "x".repeat(500_000);
        try (TestSocket lazy = TestSocket.lazy(served.usedHttp(HttpClient.Version.HTTP_1_1), url());
                TestSocket busy = watch(served.usedHttp(HttpClient.Version.HTTP_1_1), "")) {
            for (int i = 0; i < 40; i++) {
                served.client()
                        .create(ConfigMap.named("large-" + i).data("key", large).build());
                assertThat(next(busy)).isEqualTo("ADDED large-" + i);
            }
            served.untilAnIdleConnectionIsClosed();
            served.untilAnIdleConnectionIsClosed();
            lazy.readOn();
            assertThat(lazy.closeCode()).isEqualTo(1006);
        }
    }

    @Test
    void aServerThatClosesEndsThemInOrder() {
        TestSocket events = watch("");

        served.close();

        assertThat(events.closeCode()).isEqualTo(1000);
        assertThat(ServedCluster.serverThreads()).isEmpty();
    }
}
