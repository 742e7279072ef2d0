package io.orchestrator.core.schedule;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Taint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A node as plugins see it, with the pods that hold room on it. Immutable; {@link #with} and {@link #without} give the next
 * state at the cost of the difference.
 *
 * @param allowedPods how many pods the node takes
 * @param requested the room that its pods take
 * @param scored the room its pods take with the assumptions of scores
 * @param hostPorts the ports its pods take
 */
public record NodeView(
        String name,
        Map<String, String> labels,
        List<Taint> taints,
        boolean unschedulable,
        Resources allocatable,
        long allowedPods,
        Resources requested,
        Resources scored,
        List<HostPort> hostPorts,
        List<PodView> pods) {

    public NodeView {
        taints = List.copyOf(taints);
        hostPorts = List.copyOf(hostPorts);
        pods = List.copyOf(pods);
    }

    public static NodeView of(Node node, Collection<PodView> pods) {
        Resources requested = Resources.NONE;
        Resources scored = Resources.NONE;
        List<HostPort> ports = new ArrayList<>();
        for (PodView pod : pods) {
            requested = requested.plus(pod.requests());
            scored = scored.plus(pod.scored());
            ports.addAll(pod.hostPorts());
        }
        // What a node can give is its allocatable; one that reports only its capacity gives all of it.
        Map<String, Quantity> offered = node.status().allocatable().isEmpty()
                ? node.status().capacity()
                : node.status().allocatable();
        Quantity allowed = offered.get("pods");
        return new NodeView(
                node.metadata().name(),
                node.metadata().labels(),
                node.spec().taints(),
                node.spec().unschedulable(),
                Resources.of(offered),
                allowed == null ? 0 : allowed.value(),
                requested,
                scored,
                ports,
                List.copyOf(pods));
    }

    /** The same node with one pod more. */
    public NodeView with(PodView pod) {
        List<PodView> more = new ArrayList<>(pods.size() + 1);
        more.addAll(pods);
        more.add(pod);
        List<HostPort> ports = hostPorts;
        if (!pod.hostPorts().isEmpty()) {
            ports = new ArrayList<>(hostPorts);
            ports.addAll(pod.hostPorts());
        }
        return holding(requested.plus(pod.requests()), scored.plus(pod.scored()), ports, more);
    }

    /** The same node without the pod of this uid, which must be there. */
    public NodeView without(PodView pod) {
        List<PodView> fewer = new ArrayList<>(pods);
        if (!fewer.removeIf(other -> other.uid().equals(pod.uid()))) {
            throw new IllegalStateException("pod " + pod.key() + " holds nothing on node " + name);
        }
        List<HostPort> ports = hostPorts;
        if (!pod.hostPorts().isEmpty()) {
            ports = new ArrayList<>(hostPorts);
            for (HostPort port : pod.hostPorts()) {
                ports.remove(port);
            }
        }
        return holding(requested.minus(pod.requests()), scored.minus(pod.scored()), ports, fewer);
    }

    private NodeView holding(Resources requested, Resources scored, List<HostPort> ports, List<PodView> pods) {
        return new NodeView(
                name, labels, taints, unschedulable, allocatable, allowedPods, requested, scored, ports, pods);
    }
}
