package io.orchestrator.core.registry.admission.advice;

import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.core.registry.validation.Path;
import java.util.List;
import java.util.Map;

/** Labels of nodes that have others in their place by now. Pure functions. */
final class NodeLabels {
    private static final Map<String, String> DEPRECATED = Map.of(
            "beta.kubernetes.io/arch", since("1.14", "kubernetes.io/arch"),
            "beta.kubernetes.io/os", since("1.14", "kubernetes.io/os"),
            "failure-domain.beta.kubernetes.io/region", since("1.17", "topology.kubernetes.io/region"),
            "failure-domain.beta.kubernetes.io/zone", since("1.17", "topology.kubernetes.io/zone"),
            "beta.kubernetes.io/instance-type", since("1.17", "node.kubernetes.io/instance-type"),
            "node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead");

    private NodeLabels() {}

    private static String since(String version, String other) {
        return "deprecated since v" + version + "; use \"" + other + "\" instead";
    }

    /** What to say of the label; empty where nothing is wrong with it. */
    static String advice(String label) {
        return DEPRECATED.getOrDefault(label, "");
    }

    static void term(NodeSelectorTerm term, Path path, List<String> found) {
        for (int i = 0; i < term.matchExpressions().size(); i++) {
            String label = term.matchExpressions().get(i).key();
            is(label, path.child("matchExpressions").index(i).child("key"), found);
        }
    }

    /** @param path where the label is named */
    static void is(String label, Path path, List<String> found) {
        String advice = advice(label);
        if (!advice.isEmpty()) {
            found.add(path + ": " + label + " is " + advice);
        }
    }
}
