package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists that are sent in many pieces. */
@Timeout(60)
class LongListTest {
    private static final String MAPS =
            "/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name!%3Dkube-root-ca.crt";
    /** Some fit many times into what is sent at once, some hardly, some not at all. */
    private static final int[] SIZES = {10, 4_000, 16_000, 100_000, 130_000, 131_000, 132_000, 300_000, 20, 5_000};

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void itemsOfEachSizeArriveWholeAndInOrder(HttpClient.Version version) throws IOException {
        try (ServedCluster served = new ServedCluster(ApiServer.onPort(0))) {
            for (int i = 0; i < SIZES.length * 4; i++) {
                served.client()
                        .create(ConfigMap.named(String.format("m%02d", i))
                                .data("key", "x".repeat(SIZES[i % SIZES.length]))
                                .build());
            }
            JsonNode items = items(served, version);
            assertThat(items).hasSize(SIZES.length * 4);
            for (int i = 0; i < items.size(); i++) {
                assertThat(items.get(i).at("/metadata/name").asText()).isEqualTo(String.format("m%02d", i));
                assertThat(items.get(i).at("/data/key").asText()).hasSize(SIZES[i % SIZES.length]);
            }
        }
    }

    @Test
    void nothingIsAListToo() throws IOException {
        try (ServedCluster served = new ServedCluster(ApiServer.onPort(0))) {
            assertThat(items(served, HttpClient.Version.HTTP_1_1)).isEmpty();
        }
    }

    private static JsonNode items(ServedCluster served, HttpClient.Version version) throws IOException {
        HttpResponse<String> answer = ServedCluster.exchange(
                served.http(version), served.to(MAPS).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return ServedCluster.JSON.readTree(answer.body()).path("items");
    }
}
