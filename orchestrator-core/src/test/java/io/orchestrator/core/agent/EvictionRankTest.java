package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeStorage.OfVolume;
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
                EvictionRank.byMemory(using(Map.of("modest", 50L, "greedy", 50L, "greedier", 60L, "system", 90L)));

        assertThat(rank.order(List.of(modest, greedy, greedier, system))).containsExactly(greedier, greedy, modest);
    }

    @Test
    void ofTheDiskWhoeverHasMostBeyondItsRequestGoesFirst() {
        Pod modest = pod("modest", "1Mi", 0);
        Pod important = pod("important", "1Mi", 100);
        Pod full = pod("full", "1Mi", 0);
        Pod fuller = pod("fuller", "1Mi", 0);
        PodIdentity one = new PodIdentity("default", "full", "full");
        PodIdentity other = new PodIdentity("default", "fuller", "fuller");
        PodIdentity third = new PodIdentity("default", "important", "important");
        OfVolume volume = new OfVolume("data", "", false, 900, 1, 1);
        OfVolume memory = new OfVolume("memory", "", true, 9_000, 1, 1);
        OfVolume claim = new OfVolume("claim", "claim", false, 9_000, 1, 1);
        NodeStorage storage = new NodeStorage(
                Instant.EPOCH,
                List.of(
                        new NodeStorage.OfPod(one, List.of(volume, memory, claim), Map.of("web", 50L)),
                        new NodeStorage.OfPod(other, List.of(volume), Map.of("web", 100L)),
                        new NodeStorage.OfPod(third, List.of(volume, volume), Map.of())),
                0);

        assertThat(EvictionRank.byDisk(storage).order(List.of(modest, important, full, fuller)))
                .containsExactly(fuller, full, important, modest);
    }

    @Test
    void whereNobodyKnowsWhoUsesWhatImportanceAloneDecides() {
        Pod important = pod("important", "1Mi", 100);
        Pod other = pod("other", "1Gi", 0);

        assertThat(EvictionRank.blind().order(List.of(important, other))).containsExactly(other, important);
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
