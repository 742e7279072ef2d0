package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a controller wants to know of a pod. */
public final class PodFacts {
    private PodFacts() {}

    /** Counts as a replica: neither ended nor on its way out. */
    public static boolean isActive(Pod pod) {
        return !hasEnded(pod) && pod.metadata().deletionTimestamp() == null;
    }

    /** All its containers have ended for good. */
    public static boolean hasEnded(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    public static boolean isReady(Pod pod) {
        return condition(pod, PodConditionType.READY)
                .filter(ready -> ready.status().equals(ConditionStatus.TRUE))
                .isPresent();
    }

    /** Since when the pod is ready; empty while it is not. */
    public static Optional<Instant> readySince(Pod pod) {
        return condition(pod, PodConditionType.READY)
                .filter(ready -> ready.status().equals(ConditionStatus.TRUE))
                .map(PodCondition::lastTransitionTime)
                .map(Time::instant);
    }

    /** Has been ready for that long. */
    public static boolean isAvailable(Pod pod, int minReadySeconds, Instant now) {
        if (!isReady(pod)) {
            return false;
        }
        return minReadySeconds == 0
                || readySince(pod)
                        .filter(since -> !since.plusSeconds(minReadySeconds).isAfter(now))
                        .isPresent();
    }

    /** How long until a ready pod has been ready for that long; empty when it is so already, or not ready. */
    public static Optional<Duration> availableIn(Pod pod, int minReadySeconds, Instant now) {
        return readySince(pod)
                .map(since -> Duration.between(now, since.plusSeconds(minReadySeconds)))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** The most restarts that one of its containers had. */
    public static int restarts(Pod pod) {
        int most = 0;
        for (ContainerStatus status : pod.status().containerStatuses()) {
            most = Math.max(most, status.restartCount());
        }
        return most;
    }
}
