package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStateBuilder;
import io.orchestrator.api.model.core.ContainerStateRunning;
import io.orchestrator.api.model.core.ContainerStateTerminated;
import io.orchestrator.api.model.core.ContainerStateWaiting;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.ContainerStatusBuilder;
import io.orchestrator.api.model.core.PodQOSClass;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of one container, as people know it from kubectl. Pure. */
final class ContainerReport {
    private static final int POD_MESSAGES_LIMIT = 12 * 1024;

    private final PodFacts facts;
    private final String runtimeName;
    private final boolean podOver;

    /** @param podOver whether nothing of the pod is started any more */
    ContainerReport(PodFacts facts, String runtimeName, boolean podOver) {
        this.facts = facts;
        this.runtimeName = runtimeName;
        this.podOver = podOver;
    }

    /**
     * Of a container that runs to the pod's end: what it is granted and has belongs to its status. Also where that is nothing, but in a
     * pod without any amounts, which cannot be given some.
     */
    ContainerStatus ofMain(Container container, String waitingFor) {
        ContainerStatus status = of(container, false, waitingFor);
        ResourceRequirements granted = facts.grantedTo(container);
        if (granted.requests().isEmpty()
                && granted.limits().isEmpty()
                && QosClass.of(facts.pod()).equals(PodQOSClass.BEST_EFFORT)) {
            return status;
        }
        Resources actual = facts.latest(container.name())
                .filter(state -> state.phase() == Phase.RUNNING)
                .map(ContainerState::resources)
                .orElse(null);
        return ContainerStatusBuilder.builder(status)
                .allocatedResources(granted.requests())
                .resources(ContainerAmounts.inForce(granted, actual))
                .build();
    }

    /** @param waitingFor why it has not begun, where nothing failed */
    ContainerStatus of(Container container, boolean init, String waitingFor) {
        Optional<ContainerState> latest = facts.latest(container.name());
        Optional<ContainerStatus> reported = facts.reported(container.name());
        if (latest.isEmpty()) {
            return reported.filter(status -> !status.containerID().isEmpty() && podOver)
                    .orElseGet(() -> waiting(container, waitingFor, reported));
        }
        ContainerState state = latest.get();
        ContainerStatusBuilder status = ContainerStatusBuilder.builder()
                .name(container.name())
                .image(state.image())
                .imageID(state.imageId())
                .containerID(idOf(state))
                .restartCount(state.attempt())
                .lastState(lastOf(facts.previous(container.name()), reported));
        switch (state.phase()) {
            case CREATED ->
                status.state(waitingState(reasonOf(container.name(), waitingFor)))
                        .ready(false)
                        .started(false)
                        .containerID(reported.map(ContainerStatus::containerID).orElse(""));
            case RUNNING -> {
                PodMemory.Verdict verdict = facts.memory().verdict(state.id());
                status.state(ContainerStateBuilder.builder()
                                .running(new ContainerStateRunning(time(state.startedAt())))
                                .build())
                        .started(verdict.started())
                        .ready(verdict.ready());
            }
            case EXITED -> {
                boolean succeeded = init && !PodFacts.isSidecar(container) && PodPlan.exitCode(state) == 0;
                status.started(false).ready(succeeded);
                ContainerStateWaiting resting = succeeded ? null : resting(container, state);
                if (resting == null) {
                    status.state(terminatedState(state));
                } else {
                    status.state(waitingState(resting)).lastState(terminatedState(state));
                }
            }
        }
        return status.build();
    }

    private ContainerStatus waiting(Container container, String waitingFor, Optional<ContainerStatus> reported) {
        return ContainerStatusBuilder.builder()
                .name(container.name())
                .image(container.image())
                .state(waitingState(reasonOf(container.name(), waitingFor)))
                .lastState(lastOf(Optional.empty(), reported))
                .restartCount(reported.map(ContainerStatus::restartCount).orElse(0))
                .started(false)
                .ready(false)
                .build();
    }

    private ContainerStateWaiting reasonOf(String name, String waitingFor) {
        return facts.memory()
                .launchFailure(name)
                .map(failure -> new ContainerStateWaiting(failure.reasonAt(facts.now()), messageOf(name, failure)))
                .orElseGet(() -> new ContainerStateWaiting(waitingFor, ""));
    }

    /** While a pull is waited for, kubectl shows for which image and why. */
    private String messageOf(String name, Failure failure) {
        if (!failure.reasonAt(facts.now()).equals("ImagePullBackOff")) {
            return failure.message();
        }
        PodSpec spec = facts.pod().spec();
        String image = Stream.concat(
                        Stream.concat(spec.initContainers().stream(), spec.containers().stream()),
                        EphemeralSpecs.of(facts.pod()))
                .filter(container -> container.name().equals(name))
                .map(Container::image)
                .findFirst()
                .orElse("");
        return "Back-off pulling image \"" + image + "\": " + failure.reason() + ": " + failure.message();
    }

    /** Null when its end is the last word for now. */
    private @Nullable ContainerStateWaiting resting(Container container, ContainerState ended) {
        if (podOver) {
            return null;
        }
        if (facts.isToRestart(ended)) {
            return null;
        }
        boolean restarts = PodPlan.startsAgain(facts.pod(), container, ended);
        Optional<Failure> failure = facts.memory()
                .launchFailure(container.name())
                .filter(why -> restarts && (!startError(ended) || why.isFresh(facts.now())));
        if (failure.isPresent()) {
            return new ContainerStateWaiting(
                    failure.get().reasonAt(facts.now()), failure.get().message());
        }
        Instant restart = RestartBackoff.restartAt(ended, container.image());
        if (!restarts || !facts.now().isBefore(restart)) {
            return null;
        }
        Duration delay = RestartBackoff.delay(RestartBackoff.quickEndsAfter(ended, container.image()));
        return new ContainerStateWaiting("CrashLoopBackOff", backOffMessage(facts, container.name(), delay));
    }

    static String backOffMessage(PodFacts facts, String container, Duration delay) {
        var metadata = facts.pod().metadata();
        return "back-off " + spell(delay) + " restarting failed container=" + container + " pod=" + metadata.name()
                + "_" + metadata.namespace() + "(" + metadata.uid() + ")";
    }

    private static String spell(Duration delay) {
        long minutes = delay.toMinutes();
        return (minutes > 0 ? minutes + "m" : "") + delay.toSecondsPart() + "s";
    }

    private io.orchestrator.api.model.core.ContainerState lastOf(
            Optional<ContainerState> previous, Optional<ContainerStatus> reported) {
        if (previous.filter(state -> state.phase() == Phase.EXITED).isPresent()) {
            return terminatedState(previous.get());
        }
        return reported.map(ContainerStatus::lastState).orElse(io.orchestrator.api.model.core.ContainerState.EMPTY);
    }

    private io.orchestrator.api.model.core.ContainerState terminatedState(ContainerState ended) {
        int code = PodPlan.exitCode(ended);
        String reason = startError(ended)
                ? "StartError"
                : ended.outOfMemory() ? "OOMKilled" : code == 0 ? "Completed" : "Error";
        String message = cut(facts.memory().messages().getOrDefault(ended.id(), ended.message()));
        return ContainerStateBuilder.builder()
                .terminated(new ContainerStateTerminated(
                        code,
                        0,
                        reason,
                        message,
                        time(startError(ended) ? Instant.EPOCH : ended.startedAt()),
                        time(ended.finishedAt()),
                        idOf(ended)))
                .build();
    }

    /** All messages of a pod together stay within what one object should carry. */
    private String cut(String message) {
        PodSpec spec = facts.pod().spec();
        int count = spec.containers().size()
                + spec.initContainers().size()
                + spec.ephemeralContainers().size();
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        int limit = POD_MESSAGES_LIMIT / Math.max(1, count);
        return bytes.length <= limit ? message : new String(bytes, 0, limit, StandardCharsets.UTF_8);
    }

    /** Whether it ended before it began: its program could not be started. */
    private static boolean startError(ContainerState ended) {
        return ended.phase() == Phase.EXITED && ended.startedAt() == null;
    }

    private static io.orchestrator.api.model.core.ContainerState waitingState(ContainerStateWaiting waiting) {
        return ContainerStateBuilder.builder().waiting(waiting).build();
    }

    private String idOf(ContainerState state) {
        return runtimeName + "://" + state.id();
    }

    private static @Nullable Time time(@Nullable Instant instant) {
        return instant == null ? null : Time.of(instant);
    }
}
