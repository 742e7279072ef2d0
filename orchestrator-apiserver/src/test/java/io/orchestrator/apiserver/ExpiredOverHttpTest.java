package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.apiserver.ServedCluster.Answer;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions that the store does not know any more, and what clients that ask for them are told. */
@Timeout(60)
class ExpiredOverHttpTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @Test
    void whoComesTooLateIsToldToListAgain() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServedCluster served = new ServedCluster(
                ApiServer.onPort(0),
                builder -> builder.store(new MemoryStore(threads, MemoryStoreOptions.keeping(20))))) {
            for (int i = 0; i < 4; i++) {
                served.client().create(ConfigMap.named("first-" + i).build());
            }
            JsonNode page = served.get(MAPS + "?limit=1").json().path("metadata");
            for (int i = 0; i < 60; i++) {
                served.client().create(ConfigMap.named("later-" + i).build());
            }

            Answer next = served.get(
                    MAPS + "?limit=1&continue=" + page.path("continue").asText());
            assertThat(next.code()).isEqualTo(410);
            assertThat(next.json().path("reason").asText()).isEqualTo("Expired");

            String version = page.path("resourceVersion").asText();
            Answer exact = served.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + version);
            assertThat(exact.code()).isEqualTo(410);

            Answer watch = served.get(MAPS + "?watch=true&resourceVersion=1");
            assertThat(watch.code()).isEqualTo(200);
            JsonNode event = watch.json();
            assertThat(event.path("type").asText()).isEqualTo("ERROR");
            assertThat(event.at("/object/kind").asText()).isEqualTo("Status");
            assertThat(event.at("/object/code").asInt()).isEqualTo(410);
        } finally {
            threads.shutdownNow();
        }
    }
}
