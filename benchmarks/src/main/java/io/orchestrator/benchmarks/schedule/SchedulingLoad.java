package io.orchestrator.benchmarks.schedule;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.AffinityBuilder;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityTermBuilder;
import io.orchestrator.api.model.core.PodAntiAffinityBuilder;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes in ten zones, and pods that have a rule. */
record SchedulingLoad(String rule, int count) {
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int ZONES = 10;
    private static final int PER_APP = 50;
    private static final String WHOLE_NODE = "32";

    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "node-" + i;
            nodes.add(NodeBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .name(name)
                            .uid(name)
                            .resourceVersion("1")
                            .labels(Map.of(HOSTNAME, name, ZONE, "zone-" + i % ZONES))
                            .build())
                    .status(NodeStatusBuilder.builder()
                            .allocatable(Map.of(
                                    "cpu",
                                    Quantity.parse(WHOLE_NODE),
                                    "memory",
                                    Quantity.parse("256Gi"),
                                    "pods",
                                    Quantity.of(1000)))
                            .build())
                    .build());
        }
        return nodes;
    }

    /** The pods that are there already. */
    List<Pod> there() {
        List<Pod> there = new ArrayList<>();
        if (rule.equals("preemption")) {
            for (int i = 0; i < count; i++) {
                Pod low = pod("low-" + i, "low", WHOLE_NODE, 0);
                there.add(low.withSpec(low.spec().withNodeName("node-" + i)));
            }
        }
        return there;
    }

    Pod pod(int number) {
        String app = "app-" + number / PER_APP;
        String name = "pod-" + number;
        if (rule.equals("preemption")) {
            return pod(name, "high", WHOLE_NODE, 1000);
        }
        Pod pod = pod(name, app, "10m", 0);
        return switch (rule) {
            case "plain" -> pod;
            case "spread" ->
                pod.withSpec(pod.spec()
                        .withTopologySpreadConstraints(
                                List.of(spread(ZONE, app, "DoNotSchedule"), spread(HOSTNAME, app, "ScheduleAnyway"))));
            case "anti-affinity" ->
                pod.withSpec(pod.spec()
                        .withAffinity(AffinityBuilder.builder()
                                .podAntiAffinity(PodAntiAffinityBuilder.builder()
                                        .requiredDuringSchedulingIgnoredDuringExecution(
                                                List.of(PodAffinityTermBuilder.builder()
                                                        .topologyKey(HOSTNAME)
                                                        .labelSelector(LabelSelector.of(Map.of("app", app)))
                                                        .build()))
                                        .build())
                                .build()));
            default -> throw new IllegalArgumentException("there is no rule " + rule);
        };
    }

    private static TopologySpreadConstraint spread(String key, String app, String otherwise) {
        return TopologySpreadConstraintBuilder.builder()
                .maxSkew(1)
                .topologyKey(key)
                .whenUnsatisfiable(otherwise)
                .labelSelector(LabelSelector.of(Map.of("app", app)))
                .build();
    }

    private static Pod pod(String name, String app, String cpu, int priority) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .uid("uid-" + name)
                        .labels(Map.of("app", app))
                        .build())
                .spec(PodSpecBuilder.builder()
                        .schedulerName("default-scheduler")
                        .priority(priority)
                        .containers(List.of(ContainerBuilder.builder()
                                .name("main")
                                .image("registry.example.com/app:1")
                                .resources(ResourceRequirementsBuilder.builder()
                                        .requests(Map.of("cpu", Quantity.parse(cpu), "memory", Quantity.parse("16Mi")))
                                        .build())
                                .build()))
                        .build())
                .build();
    }
}
