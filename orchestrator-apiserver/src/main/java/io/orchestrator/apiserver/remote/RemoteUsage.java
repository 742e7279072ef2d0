package io.orchestrator.apiserver.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.runtime.PodIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A kubelet's {@code Summary}, read. Pure. */
final class RemoteUsage {
    /** At which our agents measure; a summary does not say. */
    private static final Duration WINDOW = Duration.ofSeconds(15);

    private RemoteUsage() {}

    static NodeUsage of(JsonNode summary) {
        List<NodeUsage.OfPod> pods = new ArrayList<>();
        for (JsonNode pod : summary.path("pods")) {
            List<NodeUsage.OfContainer> containers = new ArrayList<>();
            for (JsonNode container : pod.path("containers")) {
                JsonNode cpu = container.path("cpu");
                containers.add(new NodeUsage.OfContainer(
                        container.path("name").asText(),
                        time(cpu),
                        WINDOW,
                        cpu.path("usageNanoCores").asLong(),
                        cpu.path("usageCoreNanoSeconds").asLong(),
                        container.path("memory").path("workingSetBytes").asLong(),
                        container.has("startTime")
                                ? Instant.parse(container.path("startTime").asText())
                                : null));
            }
            JsonNode reference = pod.path("podRef");
            pods.add(new NodeUsage.OfPod(
                    new PodIdentity(
                            reference.path("namespace").asText(),
                            reference.path("name").asText(),
                            reference.path("uid").asText()),
                    containers));
        }
        JsonNode ofNode = summary.path("node").path("cpu");
        return new NodeUsage(
                time(ofNode), WINDOW, pods, ofNode.path("usageCoreNanoSeconds").asLong());
    }

    private static Instant time(JsonNode measured) {
        String text = measured.path("time").asText();
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }
}
