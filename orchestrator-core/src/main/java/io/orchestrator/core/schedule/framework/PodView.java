package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.core.placement.ContainerRequests;
import java.util.ArrayList;
import java.util.List;

/**
 * A pod as plugins see it: what they would work out again for every node is worked out once.
 *
 * @param requests the room it takes
 * @param scored the same with assumptions for containers that ask for nothing; for scores only
 * @param hostPorts the node's ports it takes
 * @param claims the names of the volume claims it uses, in its own namespace
 * @param rules what it says about other pods
 */
public record PodView(
        Pod pod, Resources requests, Resources scored, List<HostPort> hostPorts, List<String> claims, PodRules rules) {
    public PodView {
        hostPorts = List.copyOf(hostPorts);
        claims = List.copyOf(claims);
    }

    public static PodView of(Pod pod) {
        PodSpec spec = pod.spec();
        return new PodView(
                pod, PodRequests.of(pod), PodRequests.scored(pod), hostPorts(spec), claims(pod), PodRules.of(pod));
    }

    /** The same pod in a newer state, at little cost where nothing changed that matters here. */
    public PodView as(Pod newer) {
        boolean same = asksForTheSame(newer.spec(), pod.spec())
                && newer.metadata().labels().equals(pod.metadata().labels())
                && ContainerRequests.countAlike(newer, pod);
        return same ? new PodView(newer, requests, scored, hostPorts, claims, rules) : of(newer);
    }

    /** Also where nothing came but the name of the node. */
    private static boolean asksForTheSame(PodSpec newer, PodSpec older) {
        if (older.nodeName().isEmpty() && !newer.nodeName().isEmpty()) {
            return newer.equals(
                    PodSpecBuilder.builder(older).nodeName(newer.nodeName()).build());
        }
        return newer.equals(older);
    }

    public ObjectKey key() {
        return ObjectKey.of(pod);
    }

    public String uid() {
        return pod.metadata().uid();
    }

    public String namespace() {
        return pod.metadata().namespace();
    }

    public PodSpec spec() {
        return pod.spec();
    }

    public int priority() {
        Integer priority = pod.spec().priority();
        return priority == null ? 0 : priority;
    }

    /** Whether it was told to end. */
    public boolean ending() {
        return pod.metadata().deletionTimestamp() != null;
    }

    private static List<String> claims(Pod pod) {
        List<String> claims = new ArrayList<>();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.persistentVolumeClaim() != null) {
                claims.add(volume.persistentVolumeClaim().claimName());
            } else if (volume.ephemeral() != null) {
                claims.add(pod.metadata().name() + "-" + volume.name());
            }
        }
        return claims;
    }

    private static List<HostPort> hostPorts(PodSpec spec) {
        List<HostPort> ports = new ArrayList<>();
        spec.containers().forEach(container -> addPorts(container, ports));
        spec.initContainers().stream().filter(PodRequests::isSidecar).forEach(container -> addPorts(container, ports));
        return ports;
    }

    private static void addPorts(Container container, List<HostPort> ports) {
        for (ContainerPort port : container.ports()) {
            if (port.hostPort() != 0) {
                ports.add(new HostPort(port.protocol(), port.hostIP(), port.hostPort()));
            }
        }
    }
}
