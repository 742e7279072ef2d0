package io.orchestrator.core.schedule;

import static io.orchestrator.core.schedule.framework.SmallCluster.container;
import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.withHostPort;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.AffinityBuilder;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityBuilder;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodAffinityTermBuilder;
import io.orchestrator.api.model.core.PodAntiAffinityBuilder;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import io.orchestrator.core.schedule.framework.SmallCluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Nodes and pods with rules of all kinds, drawn from few labels so that they meet often. */
final class RandomPods {
    private static final List<String> APPS = List.of("web", "db", "cache");
    private static final List<String> PLACES = List.of("zone", "kubernetes.io/hostname", "rack");

    private final Random random;

    RandomPods(Random random) {
        this.random = random;
    }

    Node node(String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/hostname", name);
        if (random.nextInt(8) > 0) {
            labels.put("zone", "z" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            labels.put("rack", "r" + random.nextInt(4));
        }
        labels.put("disk", random.nextBoolean() ? "ssd" : "hdd");
        Node node = labelled(SmallCluster.node(name, 2 + random.nextInt(6) + "", "64Gi"), labels);
        NodeSpecBuilder spec = NodeSpecBuilder.builder();
        if (random.nextInt(5) == 0) {
            String effect =
                    List.of("NoSchedule", "NoExecute", "PreferNoSchedule").get(random.nextInt(3));
            spec.taints(List.of(
                    TaintBuilder.builder().key("team").value("a").effect(effect).build()));
        }
        return node.withSpec(spec.unschedulable(random.nextInt(12) == 0).build());
    }

    Pod pod(String name) {
        Container main = container("main", "cpu", 100 * random.nextInt(16) + "m");
        Container ported = random.nextInt(8) == 0 ? withHostPort(main, "", 8000 + random.nextInt(2)) : main;
        Pod pod = SmallCluster.pod(name, spec -> {
            spec.containers(List.of(ported)).priority(random.nextInt(3) * 10);
            if (random.nextInt(6) == 0) {
                spec.nodeSelector(Map.of("disk", "ssd"));
            }
            if (random.nextInt(3) == 0) {
                spec.tolerations(List.of(TolerationBuilder.builder()
                        .key("team")
                        .operator("Exists")
                        .build()));
            }
            AffinityBuilder affinity = AffinityBuilder.builder();
            if (random.nextInt(5) == 0) {
                affinity.podAffinity(PodAffinityBuilder.builder()
                        .requiredDuringSchedulingIgnoredDuringExecution(terms())
                        .build());
            }
            if (random.nextInt(4) == 0) {
                affinity.podAntiAffinity(PodAntiAffinityBuilder.builder()
                        .requiredDuringSchedulingIgnoredDuringExecution(terms())
                        .build());
            }
            spec.affinity(affinity.build());
            if (random.nextInt(3) == 0) {
                spec.topologySpreadConstraints(constraints());
            }
            return spec;
        });
        return pod.withMetadata(pod.metadata()
                .withNamespace(random.nextInt(4) == 0 ? "other" : "default")
                .withLabels(Map.of("app", app())));
    }

    private List<PodAffinityTerm> terms() {
        List<PodAffinityTerm> terms = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            terms.add(PodAffinityTermBuilder.builder()
                    .labelSelector(LabelSelector.of(Map.of("app", app())))
                    .topologyKey(place())
                    .namespaces(random.nextInt(3) == 0 ? List.of("other", "default") : List.of())
                    .build());
        }
        return terms;
    }

    private List<TopologySpreadConstraint> constraints() {
        List<TopologySpreadConstraint> constraints = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            constraints.add(TopologySpreadConstraintBuilder.builder()
                    .maxSkew(1 + random.nextInt(2))
                    .topologyKey(place())
                    .whenUnsatisfiable(random.nextInt(4) > 0 ? "DoNotSchedule" : "ScheduleAnyway")
                    .labelSelector(LabelSelector.of(Map.of("app", app())))
                    .minDomains(random.nextInt(4) == 0 ? 3 : null)
                    .nodeTaintsPolicy(random.nextInt(3) == 0 ? "Honor" : "Ignore")
                    .build());
        }
        return constraints;
    }

    private String app() {
        return APPS.get(random.nextInt(APPS.size()));
    }

    private String place() {
        return PLACES.get(random.nextInt(PLACES.size()));
    }
}
