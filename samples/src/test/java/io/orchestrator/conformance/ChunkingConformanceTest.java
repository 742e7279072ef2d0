package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.testkit.junit.Conformance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Of a store that forgets what was before the last few hundred changes. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChunkingConformanceTest {
    private static final String TEMPLATES = "/api/v1/namespaces/default/podtemplates";
    private static final int COUNT = 120;
    private static final int HISTORY = 400;

    private static ExecutorService threads;
    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        threads = Executors.newCachedThreadPool();
        cluster = new HttpCluster(
                "chunks", builder -> builder.store(new MemoryStore(threads, MemoryStoreOptions.keeping(HISTORY))));
        for (int i = 0; i < COUNT; i++) {
            cluster.create(
                    TEMPLATES,
                    "{apiVersion: v1, kind: PodTemplate, metadata: {name: template-%04d}, template: {spec: {containers:"
                                    .formatted(i)
                            + " [{name: c, image: app}]}}}");
        }
    }

    @AfterAll
    static void close() {
        cluster.close();
        threads.shutdownNow();
    }

    @Test
    @Order(1)
    @Conformance(
            "[sig-api-machinery] Servers with support for API chunking should return chunks of results for list calls")
    void aListComesInPagesOfOneVersion() {
        for (int limit : new int[] {1 + COUNT / 3, 17, COUNT - 1, COUNT + 1}) {
            List<String> names = new ArrayList<>();
            String version = "";
            String next = "";
            do {
                JsonNode page = page(limit, next).mustBe(200).json();
                page.path("items")
                        .forEach(item -> names.add(item.at("/metadata/name").asText()));
                String own = page.at("/metadata/resourceVersion").asText();
                assertThat(own).isEqualTo(version.isEmpty() ? own : version);
                version = own;
                next = page.at("/metadata/continue").asText();
                assertThat(page.at("/metadata/remainingItemCount").asInt(0)).isEqualTo(COUNT - names.size());
                assertThat(next.isEmpty()).isEqualTo(names.size() == COUNT);
            } while (!next.isEmpty());
            assertThat(names).hasSize(COUNT).isSorted().doesNotHaveDuplicates();
        }
        assertThat(cluster.get(TEMPLATES).json().path("items")).hasSize(COUNT);
    }

    @Test
    @Order(2)
    @Conformance(
            "[sig-api-machinery] Servers with support for API chunking should support continue listing from the last"
                    + " key if the original version has been compacted away")
    void aListWhoseVersionIsForgottenGoesOnInTheNewestOne() {
        int limit = 40;
        JsonNode first = page(limit, "").mustBe(200).json();
        String token = first.at("/metadata/continue").asText();
        for (int i = 0; i < 2 * HISTORY; i++) {
            cluster.client().create(ConfigMap.named("filler-" + i).build());
        }
        Answer expired = page(limit, token).mustBe(410);
        assertThat(expired.json().path("reason").asText()).isEqualTo("Expired");
        String inconsistent = expired.json().at("/metadata/continue").asText();
        assertThat(inconsistent).isNotEmpty();

        JsonNode second = page(limit, inconsistent).mustBe(200).json();
        assertThat(second.path("items")).hasSize(limit);
        assertThat(second.at("/items/0/metadata/name").asText()).isEqualTo("template-%04d".formatted(limit));
        String version = second.at("/metadata/resourceVersion").asText();
        assertThat(Long.parseLong(version))
                .isGreaterThan(first.at("/metadata/resourceVersion").asLong());
        JsonNode third = page(limit, second.at("/metadata/continue").asText())
                .mustBe(200)
                .json();
        assertThat(third.at("/metadata/resourceVersion").asText()).isEqualTo(version);
        assertThat(third.at("/items/0/metadata/name").asText()).isEqualTo("template-%04d".formatted(2 * limit));
        assertThat(third.at("/metadata/continue").asText()).isEmpty();
    }

    private static Answer page(int limit, String token) {
        return cluster.get(TEMPLATES + "?limit=" + limit + (token.isEmpty() ? "" : "&continue=" + token));
    }
}
