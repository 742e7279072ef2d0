package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ContainerImage;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Taint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node as plugins see it, with the pods that hold room on it. Immutable; {@link #with} and {@link #without} give the next
 * state at the cost of the difference.
 *
 * @param position its place in the snapshot that it is of
 * @param allowedPods how many pods the node takes
 * @param images the images that are there, by every name, with their sizes in bytes
 * @param requested the room that its pods take
 * @param scored the room its pods take with the assumptions of scores
 * @param hostPorts the ports its pods take
 */
public record NodeView(
        Node node,
        int position,
        Resources allocatable,
        long allowedPods,
        Map<String, Long> images,
        Resources requested,
        Resources scored,
        List<HostPort> hostPorts,
        List<PodView> pods) {

    public NodeView {
        images = Map.copyOf(images);
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
                node,
                0,
                Resources.of(offered),
                allowed == null ? 0 : allowed.value(),
                images(node),
                requested,
                scored,
                ports,
                List.copyOf(pods));
    }

    public String name() {
        return node.metadata().name();
    }

    public Map<String, String> labels() {
        return node.metadata().labels();
    }

    public List<Taint> taints() {
        return node.spec().taints();
    }

    public boolean unschedulable() {
        return node.spec().unschedulable();
    }

    /** The same at another place. */
    public NodeView at(int place) {
        return place == position
                ? this
                : new NodeView(node, place, allocatable, allowedPods, images, requested, scored, hostPorts, pods);
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
            throw new IllegalStateException("pod " + pod.key() + " holds nothing on node " + name());
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

    /** The same node with a newer state of a pod that takes what it took before. */
    public NodeView withNewer(PodView pod) {
        List<PodView> newer = new ArrayList<>(pods);
        newer.replaceAll(each -> each.uid().equals(pod.uid()) ? pod : each);
        return holding(requested, scored, hostPorts, newer);
    }

    private NodeView holding(Resources newRequested, Resources newScored, List<HostPort> ports, List<PodView> newPods) {
        return new NodeView(node, position, allocatable, allowedPods, images, newRequested, newScored, ports, newPods);
    }

    private static Map<String, Long> images(Node node) {
        Map<String, Long> images = new HashMap<>();
        for (ContainerImage image : node.status().images()) {
            image.names().forEach(name -> images.put(name, image.sizeBytes()));
        }
        return images;
    }
}
