package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.core.placement.NodeSelectors;
import io.orchestrator.core.placement.Tolerations;
import java.util.List;

/**
 * Whether a DaemonSet's pod belongs on a node.
 *
 * @param run a pod is to be there
 * @param stay a pod that is there may stay
 */
record NodeFit(boolean run, boolean stay) {
    private static final NodeFit NEVER = new NodeFit(false, false);

    static NodeFit of(DaemonSet set, Node node) {
        PodSpec spec = set.spec().template().spec();
        String name = node.metadata().name();
        boolean elsewhere = !spec.nodeName().isEmpty() && !spec.nodeName().equals(name);
        if (elsewhere || !NodeSelectors.admit(spec, name, node.metadata().labels())) {
            return NEVER;
        }
        List<Toleration> tolerations = DaemonPods.tolerations(spec);
        boolean drivenOff = isRepelled(node, tolerations, TaintEffect.NO_EXECUTE);
        boolean keptAway = drivenOff || isRepelled(node, tolerations, TaintEffect.NO_SCHEDULE);
        return new NodeFit(!keptAway, !drivenOff);
    }

    private static boolean isRepelled(Node node, List<Toleration> tolerations, String effect) {
        return node.spec().taints().stream()
                .anyMatch(taint -> taint.effect().equals(effect) && !Tolerations.tolerate(tolerations, taint));
    }
}
