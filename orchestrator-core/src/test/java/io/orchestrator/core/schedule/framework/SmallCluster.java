package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Nodes and pods for tests, in few words. */
public final class SmallCluster {

    private SmallCluster() {}

    public static Node node(String name, String cpu, String memory) {
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .uid("uid-" + name)
                        .build())
                .status(NodeStatusBuilder.builder()
                        .allocatable(quantities("cpu", cpu, "memory", memory, "pods", "110"))
                        .build())
                .build();
    }

    public static Node tainted(Node node, String key, String value, String effect) {
        Taint taint =
                TaintBuilder.builder().key(key).value(value).effect(effect).build();
        return node.withSpec(NodeSpecBuilder.builder().taints(List.of(taint)).build());
    }

    public static Node labelled(Node node, Map<String, String> labels) {
        return node.withMetadata(node.metadata().withLabels(labels));
    }

    public static Pod pod(String name, String cpu, String memory) {
        return pod(name, spec -> spec.containers(List.of(container("main", "cpu", cpu, "memory", memory))));
    }

    public static Pod pod(String name, UnaryOperator<PodSpecBuilder> edit) {
        PodSpec spec = edit.apply(PodSpecBuilder.builder()
                        .schedulerName(Profile.DEFAULT_SCHEDULER)
                        .containers(List.of(container("main"))))
                .build();
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .uid("uid-" + name)
                        .build())
                .spec(spec)
                .build();
    }

    public static Container container(String name, String... requests) {
        return ContainerBuilder.builder()
                .name(name)
                .resources(ResourceRequirementsBuilder.builder()
                        .requests(quantities(requests))
                        .build())
                .build();
    }

    public static Container withHostPort(Container container, String address, int port) {
        return container.withPorts(List.of(ContainerPortBuilder.builder()
                .containerPort(port)
                .hostPort(port)
                .hostIP(address)
                .protocol("TCP")
                .build()));
    }

    public static Pod on(Pod pod, String node) {
        return pod.withSpec(pod.spec().withNodeName(node));
    }

    public static NodeView view(Node node, Pod... pods) {
        return NodeView.of(node, List.of(pods).stream().map(PodView::of).toList());
    }

    public static Map<String, Quantity> quantities(String... namesAndAmounts) {
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        for (int i = 0; i < namesAndAmounts.length; i += 2) {
            quantities.put(namesAndAmounts[i], Quantity.parse(namesAndAmounts[i + 1]));
        }
        return quantities;
    }
}
