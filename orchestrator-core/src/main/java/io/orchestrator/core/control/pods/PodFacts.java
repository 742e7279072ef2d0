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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        PodCondition ready = find(pod, PodConditionType.READY);
        return ready != null && ready.status().equals(ConditionStatus.TRUE);
    }

    /** Since when the pod is ready; empty while it is not. */
    public static Optional<Instant> readySince(Pod pod) {
        PodCondition ready = find(pod, PodConditionType.READY);
        return ready != null && ready.status().equals(ConditionStatus.TRUE)
                ? Optional.ofNullable(ready.lastTransitionTime()).map(Time::instant)
                : Optional.empty();
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
        return Optional.ofNullable(find(pod, type));
    }

    /** Asked of every pod at every look at all of them: an iterator for each would be an eighth of what a roll-out allocates. */
    private static @Nullable PodCondition find(Pod pod, String type) {
        List<PodCondition> conditions = pod.status().conditions();
        for (int i = 0; i < conditions.size(); i++) {
            PodCondition condition = conditions.get(i);
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /** The most restarts that one of its containers had. */
    public static int restarts(Pod pod) {
        int most = 0;
        List<ContainerStatus> statuses = pod.status().containerStatuses();
        for (int i = 0; i < statuses.size(); i++) {
            most = Math.max(most, statuses.get(i).restartCount());
        }
        return most;
    }
}
