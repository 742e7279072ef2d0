package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodQOSClass;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.core.placement.NodeSelectors;
import io.orchestrator.core.placement.Tolerations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which pods the node takes: the scheduler may have seen an older state of it than the node itself. Guarded by its monitor, under
 * which nobody is called.
 */
final class Admission {
    private static final String NODE_AFFINITY = "NodeAffinity";
    private static final String OS_LABEL = "kubernetes.io/os";
    private static final String TAINT_TOLERATION = "TaintToleration";
    private static final Taint MEMORY_TAINT = TaintBuilder.builder()
            .key("node.kubernetes.io/memory-pressure")
            .effect(TaintEffect.NO_SCHEDULE)
            .build();

    private final Map<String, Quantity> allocatable;
    private final Map<String, String> labels;
    private final String nodeName;
    private final Map<String, Pod> admitted = new LinkedHashMap<>();
    private boolean shuttingDown;
    private Supplier<Set<Shortage>> pressure = Set::of;
    private volatile Runnable onRoom = () -> {};

    /** @param labels in force until the node's own are known */
    Admission(String nodeName, Map<String, Quantity> allocatable, Map<String, String> labels) {
        this.nodeName = nodeName;
        this.allocatable = Map.copyOf(allocatable);
        this.labels = Map.copyOf(labels);
    }

    /**
     * Counts the pod in, or says why not.
     *
     * @param runsAlready whether it was admitted before this agent started
     * @param node as the API has it; null while that is not known
     */
    synchronized Optional<Rejection> admit(Pod pod, boolean runsAlready, @Nullable Node node) {
        if (!runsAlready) {
            Optional<Rejection> rejection = check(pod, node);
            if (rejection.isPresent()) {
                return rejection;
            }
        }
        admitted.put(pod.metadata().uid(), pod);
        return Optional.empty();
    }

    /**
     * Counts a pod that runs with what it asks for now, in the place of what it had, or says why not: for ever, or until others
     * make room.
     */
    Optional<Rejection> resize(Pod wanted, @Nullable Node node) {
        Optional<Rejection> rejection;
        synchronized (this) {
            Map<String, Quantity> room = room(node);
            rejection = lacking(wanted, Map.of(), room)
                    .map(lack -> new Rejection(PodResizeStatus.INFEASIBLE, lack.message()))
                    .or(() -> lacking(wanted, usedByOthers(wanted), room)
                            .map(lack -> new Rejection(PodResizeStatus.DEFERRED, lack.message())));
            if (rejection.isEmpty()) {
                admitted.put(wanted.metadata().uid(), wanted);
            }
        }
        if (rejection.isEmpty()) {
            onRoom.run();
        }
        return rejection;
    }

    /** The pod has ended or gone: its resources are free. */
    void release(String podUid) {
        boolean held;
        synchronized (this) {
            held = admitted.remove(podUid) != null;
        }
        if (held) {
            onRoom.run();
        }
    }

    /** @param onRoom called, without the monitor, when pods may take less than before. To be set before the first pod. */
    void whenRoom(Runnable onRoom) {
        this.onRoom = onRoom;
    }

    private Optional<Rejection> check(Pod pod, @Nullable Node node) {
        if (shuttingDown) {
            return Optional.of(new Rejection("NodeShutdown", "Pod was rejected as the node is shutting down."));
        }
        Optional<String> sysctl = SafeSysctls.objection(pod);
        if (sysctl.isPresent()) {
            return Optional.of(new Rejection("SysctlForbidden", sysctl.get()));
        }
        Optional<Rejection> pressed = checkPressure(pod);
        if (pressed.isPresent()) {
            return pressed;
        }
        String system = node == null || node.status().nodeInfo() == null
                ? NodeObject.operatingSystem()
                : node.status().nodeInfo().operatingSystem();
        String labelled = pod.spec().nodeSelector().get(OS_LABEL);
        if (labelled != null && !labelled.equals(system)) {
            return rejection(
                    "PodOSSelectorNodeLabelDoesNotMatch",
                    "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label");
        }
        if (pod.spec().os() != null && !pod.spec().os().name().equals(system)) {
            return rejection("PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS");
        }
        if (!NodeSelectors.admit(
                pod.spec(), nodeName, node == null ? labels : node.metadata().labels())) {
            return rejection(NODE_AFFINITY, "Predicate NodeAffinity failed");
        }
        for (Pod other : admitted.values()) {
            if (hostPortsMeet(pod, other)) {
                return rejection("NodePorts", "Predicate NodePorts failed");
            }
        }
        boolean tolerated = node == null
                || node.spec().taints().stream()
                        .filter(taint -> taint.effect().equals(TaintEffect.NO_EXECUTE))
                        .allMatch(taint -> Tolerations.tolerate(pod.spec().tolerations(), taint));
        if (!tolerated) {
            return rejection(TAINT_TOLERATION, "Predicate TaintToleration failed");
        }
        return lacking(pod, usedByOthers(pod), room(node));
    }

    /** Short of memory, a node still takes pods that ask for some; short of anything else, only critical ones. */
    private Optional<Rejection> checkPressure(Pod pod) {
        Set<Shortage> shortages = pressure.get();
        boolean memoryAlone = shortages.equals(Set.of(Shortage.MEMORY));
        boolean tolerates = memoryAlone
                && (!QosClass.of(pod).equals(PodQOSClass.BEST_EFFORT)
                        || Tolerations.tolerate(pod.spec().tolerations(), MEMORY_TAINT));
        if (shortages.isEmpty() || tolerates || EvictionRank.mayStay(pod)) {
            return Optional.empty();
        }
        List<String> conditions =
                shortages.stream().sorted().map(Shortage::condition).toList();
        return Optional.of(new Rejection(
                NodePressure.EVICTED, "The node had condition: [" + String.join(" ", conditions) + "]. "));
    }

    /** What neither the agent nor the node object knows is somebody else's resource, and is not counted here. */
    private Map<String, Quantity> room(@Nullable Node node) {
        Map<String, Quantity> room =
                new HashMap<>(node == null ? Map.of() : node.status().allocatable());
        room.putAll(allocatable);
        return room;
    }

    private Map<String, Quantity> usedByOthers(Pod pod) {
        Map<String, Quantity> used = new HashMap<>();
        admitted.forEach((uid, other) -> {
            if (!uid.equals(pod.metadata().uid())) {
                PodRequests.of(other).forEach((name, value) -> used.merge(name, value, Quantity::plus));
            }
        });
        return used;
    }

    private static Optional<Rejection> lacking(Pod pod, Map<String, Quantity> used, Map<String, Quantity> room) {
        for (Map.Entry<String, Quantity> wanted : PodRequests.of(pod).entrySet()) {
            String name = wanted.getKey();
            Quantity capacity = room.get(name);
            Quantity inUse = used.getOrDefault(name, Quantity.ZERO);
            if (capacity != null
                    && wanted.getValue().signum() > 0
                    && inUse.plus(wanted.getValue()).compareTo(capacity) > 0) {
                return rejection(
                        "OutOf" + name,
                        "Node didn't have enough resource: " + name + ", requested: " + amount(name, wanted.getValue())
                                + ", used: " + amount(name, inUse) + ", capacity: " + amount(name, capacity));
            }
        }
        return Optional.empty();
    }

    /** Whether a newer look at the node may find otherwise: it may have been changed just before the pod came. */
    static boolean dependsOnNode(Rejection rejection) {
        return rejection.reason().equals(NODE_AFFINITY) || rejection.reason().equals(TAINT_TOLERATION);
    }

    /** @param pressure what the node is short of; asked for each pod */
    synchronized void heed(Supplier<Set<Shortage>> pressure) {
        this.pressure = pressure;
    }

    /** From now on nothing more is admitted. */
    synchronized void shutDown() {
        shuttingDown = true;
    }

    synchronized boolean isShutDown() {
        return shuttingDown;
    }

    private static Optional<Rejection> rejection(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }

    private static long amount(String name, Quantity value) {
        return name.equals("cpu") ? value.milliValue() : value.value();
    }

    private static boolean hostPortsMeet(Pod one, Pod other) {
        List<ContainerPort> mine = HostPorts.of(one);
        return HostPorts.of(other).stream().anyMatch(taken -> mine.stream().anyMatch(port -> meet(port, taken)));
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
