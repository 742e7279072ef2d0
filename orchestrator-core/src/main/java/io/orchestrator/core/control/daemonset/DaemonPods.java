package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.NodeAffinity;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.NodeSelectorOperator;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationOperator;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pods of a DaemonSet: each is made for one node, and puts up with what befalls a node. */
final class DaemonPods {
    static final String REVISION = "controller-revision-hash";

    private static final String GENERATION = "pod-template-generation";
    private static final String DEPRECATED_GENERATION = "deprecated.daemonset.template.generation";
    private static final String NAME_FIELD = "metadata.name";
    private static final String TAINT = "node.kubernetes.io/";

    private DaemonPods() {}

    static String revision(Pod pod) {
        return pod.metadata().labels().getOrDefault(REVISION, "");
    }

    /** The node that the pod is on, or made for; empty when it says neither. */
    static Optional<String> nodeOf(Pod pod) {
        if (!pod.spec().nodeName().isEmpty()) {
            return Optional.of(pod.spec().nodeName());
        }
        Affinity affinity = pod.spec().affinity();
        NodeAffinity nodes = affinity == null ? null : affinity.nodeAffinity();
        NodeSelector required = nodes == null ? null : nodes.requiredDuringSchedulingIgnoredDuringExecution();
        if (required == null) {
            return Optional.empty();
        }
        return required.nodeSelectorTerms().stream()
                .flatMap(term -> term.matchFields().stream())
                .filter(field -> field.key().equals(NAME_FIELD)
                        && field.operator().equals(NodeSelectorOperator.IN)
                        && field.values().size() == 1)
                .map(field -> field.values().get(0))
                .findFirst();
    }

    static Pod make(DaemonSet set, String node, String name, String revision) {
        Pod pod = PodFactory.fromTemplate(
                set.spec().template(), set.metadata().namespace(), name, Ownership.referenceTo(set, DaemonSet.TYPE));
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        String generation = set.metadata().annotations().get(DEPRECATED_GENERATION);
        if (generation != null) {
            labels.put(GENERATION, generation);
        }
        labels.put(REVISION, revision);
        return pod.withMetadata(pod.metadata().withLabels(labels)).withSpec(specFor(set, node));
    }

    /** What a pod of the set asks for on this node. */
    private static PodSpec specFor(DaemonSet set, String node) {
        PodSpec spec = set.spec().template().spec();
        return PodSpecBuilder.builder(spec)
                .affinity(boundTo(node, spec.affinity()))
                .tolerations(tolerations(spec))
                .build();
    }

    /** Other requirements were met when the node was chosen; nothing but the node itself may be left to the scheduler. */
    private static Affinity boundTo(String node, @Nullable Affinity given) {
        Affinity affinity = given == null ? Affinity.EMPTY : given;
        NodeAffinity nodes = affinity.nodeAffinity() == null ? NodeAffinity.EMPTY : affinity.nodeAffinity();
        NodeSelectorRequirement name = new NodeSelectorRequirement(NAME_FIELD, NodeSelectorOperator.IN, List.of(node));
        NodeSelector only = new NodeSelector(List.of(new NodeSelectorTerm(List.of(), List.of(name))));
        return affinity.withNodeAffinity(nodes.withRequiredDuringSchedulingIgnoredDuringExecution(only));
    }

    /** Those of the template, and those that keep a daemon on its node when others leave. */
    static List<Toleration> tolerations(PodSpec spec) {
        List<Toleration> tolerations = new ArrayList<>(spec.tolerations());
        add(tolerations, "not-ready", TaintEffect.NO_EXECUTE);
        add(tolerations, "unreachable", TaintEffect.NO_EXECUTE);
        add(tolerations, "disk-pressure", TaintEffect.NO_SCHEDULE);
        add(tolerations, "memory-pressure", TaintEffect.NO_SCHEDULE);
        add(tolerations, "pid-pressure", TaintEffect.NO_SCHEDULE);
        add(tolerations, "unschedulable", TaintEffect.NO_SCHEDULE);
        if (Boolean.TRUE.equals(spec.hostNetwork())) {
            add(tolerations, "network-unavailable", TaintEffect.NO_SCHEDULE);
        }
        return tolerations;
    }

    /** In place of one that differs only in how long it lasts. */
    private static void add(List<Toleration> tolerations, String taint, String effect) {
        Toleration wanted = new Toleration(TAINT + taint, TolerationOperator.EXISTS, "", effect, null);
        tolerations.removeIf(given -> given.withTolerationSeconds(null).equals(wanted));
        tolerations.add(wanted);
    }
}
