package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerState;
import io.orchestrator.api.model.core.ContainerStateTerminated;
import io.orchestrator.api.model.core.ContainerStateWaiting;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Pods: the STATUS column tells in one word what a reader would find out from conditions and container states. */
final class PodRows {
    private PodRows() {}

    static RowPrinter<Pod> printer() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Ready", "Containers that are ready, of all"),
                        Column.text("Status", "What the pod is doing or why it is not running"),
                        Column.text("Restarts", "Restarts of its containers, and when the last was"),
                        Column.age(),
                        Column.text("IP", "The pod's address").wide(),
                        Column.text("Node", "The node it is bound to").wide(),
                        Column.text("Nominated Node", "Where it shall run once others have made room")
                                .wide(),
                        Column.text("Readiness Gates", "Conditions of others that it waits for")
                                .wide()),
                PodRows::cells);
    }

    private static List<Object> cells(Pod pod, Instant now) {
        PodStatus status = pod.status();
        Set<String> sidecars = sidecarsOf(pod);
        long ready = status.containerStatuses().stream()
                        .filter(ContainerStatus::ready)
                        .count()
                + status.initContainerStatuses().stream()
                        .filter(each -> sidecars.contains(each.name()) && each.ready())
                        .count();
        int total = pod.spec().containers().size() + sidecars.size();
        return List.of(
                pod.metadata().name(),
                ready + "/" + total,
                statusOf(pod, sidecars),
                restartsOf(pod, sidecars, now),
                Age.of(pod, now),
                status.podIPs().isEmpty()
                        ? orNone(status.podIP())
                        : status.podIPs().get(0).ip(),
                orNone(pod.spec().nodeName()),
                orNone(status.nominatedNodeName()),
                gatesOf(pod));
    }

    static String statusOf(Pod pod, Set<String> sidecars) {
        PodStatus status = pod.status();
        String reason = status.reason().isEmpty() ? status.phase() : status.reason();
        if (status.conditions().stream()
                .anyMatch(each ->
                        each.type().equals("PodScheduled") && each.reason().equals("SchedulingGated"))) {
            reason = "SchedulingGated";
        }
        Optional<String> initializing = initReason(pod, sidecars);
        if (initializing.isPresent()) {
            reason = initializing.get();
        } else {
            reason = runningReason(pod, reason);
        }
        if (pod.metadata().deletionTimestamp() != null) {
            return status.reason().equals("NodeLost") ? "Unknown" : isOver(pod) ? reason : "Terminating";
        }
        return reason;
    }

    /** Why the pod is still on its init containers; empty once it is past them. */
    private static Optional<String> initReason(Pod pod, Set<String> sidecars) {
        List<ContainerStatus> statuses = pod.status().initContainerStatuses();
        for (int i = 0; i < statuses.size(); i++) {
            ContainerStatus each = statuses.get(i);
            ContainerStateTerminated ended = each.state().terminated();
            boolean passed = ended != null && ended.exitCode() == 0
                    || sidecars.contains(each.name()) && Boolean.TRUE.equals(each.started());
            if (passed) {
                continue;
            }
            if (ended != null) {
                return Optional.of("Init:" + endReason(ended));
            }
            ContainerStateWaiting waiting = each.state().waiting();
            if (waiting != null
                    && !waiting.reason().isEmpty()
                    && !waiting.reason().equals("PodInitializing")) {
                return Optional.of("Init:" + waiting.reason());
            }
            return Optional.of("Init:" + i + "/" + pod.spec().initContainers().size());
        }
        return Optional.empty();
    }

    private static String runningReason(Pod pod, String otherwise) {
        String reason = otherwise;
        boolean hasRunning = false;
        List<ContainerStatus> statuses = pod.status().containerStatuses();
        for (int i = statuses.size() - 1; i >= 0; i--) {
            ContainerState state = statuses.get(i).state();
            ContainerStateWaiting waiting = state.waiting();
            ContainerStateTerminated ended = state.terminated();
            if (waiting != null && !waiting.reason().isEmpty()) {
                reason = waiting.reason();
            } else if (ended != null) {
                reason = endReason(ended);
            } else if (statuses.get(i).ready() && state.running() != null) {
                hasRunning = true;
            }
        }
        if (reason.equals("Completed") && hasRunning) {
            boolean ready = pod.status().conditions().stream().anyMatch(PodRows::isReady);
            return ready ? "Running" : "NotReady";
        }
        return reason;
    }

    private static String endReason(ContainerStateTerminated ended) {
        if (!ended.reason().isEmpty()) {
            return ended.reason();
        }
        return ended.signal() != 0 ? "Signal:" + ended.signal() : "ExitCode:" + ended.exitCode();
    }

    private static String restartsOf(Pod pod, Set<String> sidecars, Instant now) {
        List<ContainerStatus> counted =
                pod.status().containerStatuses().stream().toList();
        List<ContainerStatus> inits = pod.status().initContainerStatuses().stream()
                .filter(each -> sidecars.contains(each.name()) || counted.isEmpty() || isInitializing(pod))
                .toList();
        int restarts = counted.stream().mapToInt(ContainerStatus::restartCount).sum()
                + inits.stream().mapToInt(ContainerStatus::restartCount).sum();
        if (restarts == 0) {
            return "0";
        }
        Optional<Time> last = java.util.stream.Stream.concat(counted.stream(), inits.stream())
                .map(each -> each.lastState().terminated())
                .filter(Objects::nonNull)
                .map(ContainerStateTerminated::finishedAt)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(Time::instant));
        return last.map(time -> restarts + " (" + Age.since(time, now) + " ago)")
                .orElse(String.valueOf(restarts));
    }

    private static boolean isInitializing(Pod pod) {
        return pod.status().containerStatuses().stream()
                .map(each -> each.state().waiting())
                .anyMatch(waiting -> waiting != null && waiting.reason().equals("PodInitializing"));
    }

    private static Set<String> sidecarsOf(Pod pod) {
        Set<String> names = new HashSet<>();
        for (Container container : pod.spec().initContainers()) {
            if ("Always".equals(container.restartPolicy())) {
                names.add(container.name());
            }
        }
        return names;
    }

    private static boolean isReady(PodCondition condition) {
        return condition.type().equals("Ready") && condition.status().equals("True");
    }

    private static boolean isOver(Pod pod) {
        return pod.status().phase().equals("Succeeded") || pod.status().phase().equals("Failed");
    }

    private static String gatesOf(Pod pod) {
        if (pod.spec().readinessGates().isEmpty()) {
            return "<none>";
        }
        long met = pod.spec().readinessGates().stream()
                .filter(gate -> pod.status().conditions().stream()
                        .anyMatch(each -> each.type().equals(gate.conditionType())
                                && each.status().equals("True")))
                .count();
        return met + "/" + pod.spec().readinessGates().size();
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }
}
