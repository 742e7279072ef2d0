package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.PodMemory.Rejection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which pods the node takes: the scheduler may have seen an older state of it than the node itself. Guarded by its monitor;
 * calls nobody.
 */
final class Admission {
    private final Map<String, Quantity> allocatable;
    private final Map<String, String> labels;
    private final Map<String, Pod> admitted = new LinkedHashMap<>();

    Admission(Map<String, Quantity> allocatable, Map<String, String> labels) {
        this.allocatable = Map.copyOf(allocatable);
        this.labels = Map.copyOf(labels);
    }

    /** Counts the pod in, or says why not. @param runsAlready whether it was admitted before this agent started */
    synchronized Optional<Rejection> admit(Pod pod, boolean runsAlready) {
        if (!runsAlready) {
            Optional<Rejection> rejection = check(pod);
            if (rejection.isPresent()) {
                return rejection;
            }
        }
        admitted.put(pod.metadata().uid(), pod);
        return Optional.empty();
    }

    /** The pod has ended or gone: its resources are free. */
    synchronized void release(String podUid) {
        admitted.remove(podUid);
    }

    private Optional<Rejection> check(Pod pod) {
        for (Map.Entry<String, String> wanted : pod.spec().nodeSelector().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return rejection("NodeAffinity", "Predicate NodeAffinity failed");
            }
        }
        for (Pod other : admitted.values()) {
            if (hostPortsMeet(pod, other)) {
                return rejection("NodePorts", "Predicate NodePorts failed");
            }
        }
        Map<String, Quantity> used = new HashMap<>();
        admitted.values()
                .forEach(other -> requests(other).forEach((name, value) -> used.merge(name, value, Quantity::plus)));
        for (Map.Entry<String, Quantity> wanted : requests(pod).entrySet()) {
            String name = wanted.getKey();
            Quantity capacity = allocatable.getOrDefault(name, Quantity.ZERO);
            Quantity inUse = used.getOrDefault(name, Quantity.ZERO);
            if (wanted.getValue().signum() > 0 && inUse.plus(wanted.getValue()).compareTo(capacity) > 0) {
                return rejection(
                        "OutOf" + name,
                        "Node didn't have enough resource: " + name + ", requested: " + amount(name, wanted.getValue())
                                + ", used: " + amount(name, inUse) + ", capacity: " + amount(name, capacity));
            }
        }
        return Optional.empty();
    }

    private static Optional<Rejection> rejection(String reason, String message) {
        return Optional.of(new Rejection(reason, "Pod was rejected: " + message));
    }

    private static long amount(String name, Quantity value) {
        return name.equals("cpu") ? value.milliValue() : value.value();
    }

    /** The sum over containers, or the largest init container where that is more; one of the node's pods. */
    private static Map<String, Quantity> requests(Pod pod) {
        Map<String, Quantity> sum = new TreeMap<>();
        for (Container container : pod.spec().containers()) {
            container.resources().requests().forEach((name, value) -> sum.merge(name, value, Quantity::plus));
        }
        for (Container init : pod.spec().initContainers()) {
            boolean sidecar = "Always".equals(init.restartPolicy());
            init.resources()
                    .requests()
                    .forEach((name, value) -> sum.merge(
                            name,
                            value,
                            (one, other) -> sidecar ? one.plus(other) : one.compareTo(other) >= 0 ? one : other));
        }
        pod.spec().overhead().forEach((name, value) -> sum.merge(name, value, Quantity::plus));
        sum.put("pods", Quantity.of(1));
        return sum;
    }

    private static boolean hostPortsMeet(Pod one, Pod other) {
        List<ContainerPort> mine = hostPorts(one);
        return hostPorts(other).stream().anyMatch(taken -> mine.stream().anyMatch(port -> meet(port, taken)));
    }

    private static List<ContainerPort> hostPorts(Pod pod) {
        return pod.spec().containers().stream()
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.hostPort() > 0)
                .toList();
    }

    private static boolean meet(ContainerPort one, ContainerPort other) {
        boolean sameAddress =
                isAny(one.hostIP()) || isAny(other.hostIP()) || one.hostIP().equals(other.hostIP());
        return one.hostPort() == other.hostPort() && one.protocol().equals(other.protocol()) && sameAddress;
    }

    private static boolean isAny(String address) {
        return address.isEmpty() || address.equals("0.0.0.0");
    }
}
