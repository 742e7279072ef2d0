package io.orchestrator.core.control.job;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ContainerStateTerminated;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the Job controller wants to know of a pod. */
final class JobPods {
    /** Held by each pod until it is counted. */
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    /** The label and the annotation that bear a pod's completion index. */
    static final String INDEX = "batch.kubernetes.io/job-completion-index";

    /** How often pods of its index failed before it, those failures aside that are ignored. */
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";

    /** How often pods of its index failed before it and were ignored. */
    static final String IGNORED_FAILURES = "batch.kubernetes.io/job-index-ignored-failure-count";

    static final int NO_INDEX = -1;

    private JobPods() {}

    static boolean isTracked(Pod pod) {
        return pod.metadata().finalizers().contains(FINALIZER);
    }

    /** The metadata of the pod once it is counted, or need not be. */
    static ObjectMeta untracked(Pod pod) {
        List<String> finalizers = new ArrayList<>(pod.metadata().finalizers());
        finalizers.remove(FINALIZER);
        return pod.metadata().withFinalizers(finalizers);
    }

    static boolean hasSucceeded(Pod pod) {
        return pod.status().phase().equals(PodPhase.SUCCEEDED);
    }

    /** Asked to go, and still running. */
    static boolean isTerminating(Pod pod) {
        return pod.metadata().deletionTimestamp() != null && !PodFacts.hasEnded(pod);
    }

    /** {@link #NO_INDEX} where none is told. */
    static int index(Pod pod) {
        return number(pod.metadata().annotations().get(INDEX), NO_INDEX);
    }

    static int failuresBefore(Pod pod) {
        return number(pod.metadata().annotations().get(FAILURES), 0);
    }

    static int ignoredFailuresBefore(Pod pod) {
        return number(pod.metadata().annotations().get(IGNORED_FAILURES), 0);
    }

    /** When the last container ended, or what comes nearest to it. */
    static Instant endedAt(Pod pod) {
        Optional<Instant> ended = containers(pod)
                .map(JobPods::terminated)
                .flatMap(Optional::stream)
                .map(ContainerStateTerminated::finishedAt)
                .filter(Objects::nonNull)
                .map(Time::instant)
                .max(Instant::compareTo);
        return ended.or(() -> PodFacts.condition(pod, PodConditionType.READY)
                        .map(PodCondition::lastTransitionTime)
                        .map(Time::instant))
                .or(() ->
                        Optional.ofNullable(pod.metadata().deletionTimestamp()).map(Time::instant))
                .or(() ->
                        Optional.ofNullable(pod.metadata().creationTimestamp()).map(Time::instant))
                .orElse(Instant.EPOCH);
    }

    /** How often its containers were started again, all together. */
    static int restarts(Pod pod) {
        return containers(pod).mapToInt(ContainerStatus::restartCount).sum();
    }

    static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.concat(pod.status().containerStatuses().stream(), pod.status().initContainerStatuses().stream());
    }

    static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
        return Optional.ofNullable(container.state()).map(state -> state.terminated());
    }

    private static int number(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return otherwise; // somebody else's annotation: as if it were not there
        }
    }
}
