package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenLayersTest {
    private final Pod pod = Pod.named("web")
            .container("small", "web:1", c -> c.limit("ephemeral-storage", "1Mi"))
            .container("free", "web:1")
            .build();

    @Test
    void aContainerMayWriteSoMuchAndNoMore() {
        assertThat(WrittenLayers.excess(pod, Map.of("small", 1L << 20, "free", 1L << 30)))
                .isEmpty();
        assertThat(WrittenLayers.excess(pod, Map.of("small", (1L << 20) + 1)))
                .hasValue("Container small exceeded its local ephemeral storage limit \"1Mi\". ");
    }

    @Test
    void whatCouldNotBeMeasuredIsNotTooMuch() {
        assertThat(WrittenLayers.excess(pod, Map.of())).isEmpty();
    }
}
