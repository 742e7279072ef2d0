package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.node.NodeUsage.OfContainer;
import io.orchestrator.spi.node.NodeUsage.OfPod;
import io.orchestrator.spi.runtime.PodIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvictionRankTest {

    @Test
    void whoeverExceedsTheRequestGoesBeforeTheLessImportant() {
        Pod modest = pod("modest", "100Mi", 0);
        Pod greedy = pod("greedy", "10Mi", 100);
        Pod greedier = pod("greedier", "10Mi", 100);
        Pod system = pod("system", "1Mi", EvictionRank.CRITICAL);
        EvictionRank rank =
                new EvictionRank(using(Map.of("modest", 50L, "greedy", 50L, "greedier", 60L, "system", 90L)));

        assertThat(rank.order(List.of(modest, greedy, greedier, system), Shortage.MEMORY))
                .containsExactly(greedier, greedy, modest);
    }

    @Test
    void ofTheDiskImportanceAloneDecides() {
        Pod important = pod("important", "1Mi", 100);
        Pod other = pod("other", "1Gi", 0);

        assertThat(new EvictionRank(using(Map.of())).order(List.of(important, other), Shortage.DISK))
                .containsExactly(other, important);
    }

    private static Pod pod(String name, String memory, int priority) {
        Pod pod = Pod.named(name)
                .container("web", "web:1", c -> c.request("memory", memory))
                .spec(spec -> spec.priority(priority))
                .build();
        return pod.withMetadata(
                ObjectMetaBuilder.builder(pod.metadata()).uid(name).build());
    }

    private static NodeUsage using(Map<String, Long> mebibytes) {
        return new NodeUsage(
                Instant.EPOCH,
                Duration.ZERO,
                mebibytes.entrySet().stream()
                        .map(each -> new OfPod(
                                new PodIdentity("default", each.getKey(), each.getKey()),
                                List.of(new OfContainer(
                                        "web", Instant.EPOCH, Duration.ZERO, 0, 0, each.getValue() << 20))))
                        .toList());
    }
}
