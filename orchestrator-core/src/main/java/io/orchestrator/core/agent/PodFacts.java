package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that the plan and the report of one pod are computed from: immutable.
 *
 * @param intent what is to become of the pod
 * @param sandboxes of this pod, as the runtime has them
 * @param containers of this pod, as the runtime has them
 * @param graceLimitSeconds the most that an end may take, whatever the pod says
 */
record PodFacts(
        Pod pod,
        Intent intent,
        List<SandboxState> sandboxes,
        List<ContainerState> containers,
        PodMemory memory,
        long graceLimitSeconds,
        Instant now) {

    private static final long LEAST_GRACE_SECONDS = 2;

    PodFacts {
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
    }

    /** What is to become of the pod. */
    enum Intent {
        RUN,
        /** The API asks for its end: graceful, with a last report. */
        TERMINATE,
        /** The API does not know it any more: only the runtime is to be cleaned. */
        REMOVE
    }

    /** The newest sandbox, ready or not. */
    Optional<SandboxState> sandbox() {
        return sandboxes.stream().max(Comparator.comparingInt(SandboxState::attempt));
    }

    Optional<SandboxState> readySandbox() {
        return sandbox().filter(SandboxState::ready);
    }

    /** The newest attempt of the container of this name. */
    Optional<ContainerState> latest(String name) {
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .max(Comparator.comparingInt(ContainerState::attempt));
    }

    /** The newest attempt of the container, where that is in the newest sandbox. */
    Optional<ContainerState> current(String name) {
        return latest(name)
                .filter(container -> sandbox()
                        .filter(newest -> newest.id().equals(container.sandboxId()))
                        .isPresent());
    }

    /** The attempt before the newest one, where the runtime still has it. */
    Optional<ContainerState> previous(String name) {
        return latest(name)
                .flatMap(newest -> containers.stream()
                        .filter(container -> container.name().equals(name) && container.attempt() < newest.attempt())
                        .max(Comparator.comparingInt(ContainerState::attempt)));
    }

    List<ContainerState> running() {
        return containers.stream()
                .filter(container -> container.phase() == ContainerState.Phase.RUNNING)
                .toList();
    }

    /** What the API had of the container of this name. */
    Optional<io.orchestrator.api.model.core.ContainerStatus> reported(String name) {
        return java.util.stream.Stream.of(
                        pod.status().containerStatuses(),
                        pod.status().initContainerStatuses(),
                        pod.status().ephemeralContainerStatuses())
                .flatMap(List::stream)
                .filter(status -> status.name().equals(name))
                .findFirst();
    }

    /** The pod as if its containers asked for what they are granted. */
    Pod granted() {
        PodAllocation allocation = memory.allocation();
        return allocation == null ? pod : allocation.applyTo(pod);
    }

    /** What the container is granted. */
    ResourceRequirements grantedTo(Container container) {
        PodAllocation allocation = memory.allocation();
        return allocation == null ? container.resources() : allocation.of(container);
    }

    /** What a container that runs is to have in the place of what the engine took for it; empty where that is the same. */
    Optional<Resources> change(Container container, ContainerState running) {
        ResizeMemory.Taken taken = memory.resizes().taken().get(running.id());
        Resources reported = running.resources();
        if (taken == null || reported == null) {
            return Optional.empty();
        }
        Resources wanted = ContainerAmounts.of(grantedTo(container), reported.oomScoreAdj());
        return taken.sure() && ContainerAmounts.areSame(wanted, taken.amounts())
                ? Optional.empty()
                : Optional.of(wanted);
    }

    /** Whether the container must begin anew to have what is wanted. */
    boolean mustRestart(Container container, Resources wanted, ContainerState running) {
        ResizeMemory.Taken taken = memory.resizes().taken().get(running.id());
        return taken != null && ContainerAmounts.mustRestart(container, wanted, taken.amounts());
    }

    /** Whether the API has that a resize is under way, so that an agent after this one would know what a container ended for. */
    boolean isResizeReported() {
        PodAllocation allocation = memory.allocation();
        return (allocation != null && !allocation.verdict().isEmpty())
                || pod.status().resize().equals(PodResizeStatus.IN_PROGRESS);
    }

    /** Whether it has ended only to begin anew. */
    boolean isToRestart(ContainerState ended) {
        return intent == Intent.RUN && memory.resizes().restarting().contains(ended.id());
    }

    static boolean isSidecar(Container init) {
        return "Always".equals(init.restartPolicy());
    }

    boolean isStarted(ContainerState container) {
        return memory.verdict(container.id()).started();
    }

    /** Of the time that the pod's deletion allows, with a little for what comes to its end only when that is over. */
    long graceLeft() {
        Time end = pod.metadata().deletionTimestamp();
        long grace = graceSeconds();
        if (end == null || grace == 0) {
            return grace;
        }
        long left = Duration.between(now, end.instant()).toSeconds();
        return Math.min(grace, Math.max(LEAST_GRACE_SECONDS, left));
    }

    long graceSeconds() {
        Long asked = pod.metadata().deletionGracePeriodSeconds();
        Long own = pod.spec().terminationGracePeriodSeconds();
        long grace = asked != null ? asked : own != null ? own : 30;
        return Math.min(grace, graceLimitSeconds);
    }
}
