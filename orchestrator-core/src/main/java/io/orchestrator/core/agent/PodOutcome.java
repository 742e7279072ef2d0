package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.RestartPolicy;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import java.time.Instant;
import java.util.Optional;

/** How a pod ended for good, where it did. Pure. @param reason empty where the containers' own ends say all */
record PodOutcome(String phase, String reason, String message) {
    private static final PodOutcome PAST_DEADLINE = new PodOutcome(
            PodPhase.FAILED, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");

    static Optional<PodOutcome> of(PodFacts facts) {
        Pod pod = facts.pod();
        PodMemory.Rejection rejection = facts.memory().rejection();
        if (rejection != null) {
            return Optional.of(new PodOutcome(PodPhase.FAILED, rejection.reason(), rejection.message()));
        }
        if (PodPlan.isOver(facts)) {
            return Optional.of(new PodOutcome(
                    pod.status().phase(), pod.status().reason(), pod.status().message()));
        }
        if (deadlineExceeded(pod, facts.now())) {
            return Optional.of(PAST_DEADLINE);
        }
        return ofContainers(facts);
    }

    /** The outcome of a pod that ends for its own deadline, and for nothing before that. */
    static Optional<PodOutcome> pastDeadline(PodFacts facts) {
        return of(facts).filter(outcome -> outcome == PAST_DEADLINE);
    }

    /** When the pod's own deadline is over; empty without one. */
    static Optional<Instant> deadline(Pod pod) {
        Long seconds = pod.spec().activeDeadlineSeconds();
        Time start = pod.status().startTime();
        return seconds == null || start == null
                ? Optional.empty()
                : Optional.of(start.instant().plusSeconds(seconds));
    }

    private static boolean deadlineExceeded(Pod pod, Instant now) {
        return deadline(pod).filter(end -> !now.isBefore(end)).isPresent();
    }

    private static Optional<PodOutcome> ofContainers(PodFacts facts) {
        String policy = facts.pod().spec().restartPolicy();
        if (policy.equals(RestartPolicy.NEVER)) {
            boolean initFailed = facts.pod().spec().initContainers().stream()
                    .filter(init -> !PodFacts.isSidecar(init))
                    .anyMatch(init -> ended(facts, init) && exitCode(facts, init) != 0);
            if (initFailed) {
                return Optional.of(new PodOutcome(PodPhase.FAILED, "", ""));
            }
        }
        boolean allEnded = !policy.equals(RestartPolicy.ALWAYS)
                && !policy.isEmpty()
                && facts.pod().spec().containers().stream().allMatch(container -> ended(facts, container));
        if (!allEnded) {
            return Optional.empty();
        }
        boolean allSucceeded =
                facts.pod().spec().containers().stream().allMatch(container -> exitCode(facts, container) == 0);
        if (allSucceeded) {
            return Optional.of(new PodOutcome(PodPhase.SUCCEEDED, "", ""));
        }
        return policy.equals(RestartPolicy.NEVER)
                ? Optional.of(new PodOutcome(PodPhase.FAILED, "", ""))
                : Optional.empty();
    }

    private static boolean ended(PodFacts facts, Container container) {
        return facts.latest(container.name())
                .filter(state -> state.phase() == Phase.EXITED && !facts.isToRestart(state))
                .isPresent();
    }

    private static int exitCode(PodFacts facts, Container container) {
        return facts.latest(container.name()).map(PodOutcome::codeOf).orElse(0);
    }

    private static int codeOf(ContainerState state) {
        return PodPlan.exitCode(state);
    }
}
