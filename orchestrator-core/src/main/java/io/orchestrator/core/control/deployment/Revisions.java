package io.orchestrator.core.control.deployment;

import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.core.control.pods.AvailabilityFloor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The annotations by which a Deployment's sets form a history. */
final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
    static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

    private static final int MAX_HISTORY_LENGTH = 2000;

    /** Belong to one of the two alone. */
    private static final Set<String> NOT_COPIED = Set.of(
            REVISION,
            HISTORY,
            DESIRED_REPLICAS,
            MAX_REPLICAS,
            AvailabilityFloor.ANNOTATION,
            "kubectl.kubernetes.io/last-applied-configuration",
            "deprecated.deployment.rollback.to");

    private Revisions() {}

    /** 0 where none is known. */
    static long revision(ReplicaSet set) {
        return number(set.metadata().annotations().get(REVISION)).orElse(0L);
    }

    static long latest(Collection<ReplicaSet> sets) {
        return sets.stream().mapToLong(Revisions::revision).max().orElse(0);
    }

    /** The number of replicas that the Deployment had when the set got its size. */
    static Optional<Integer> desiredReplicas(ReplicaSet set) {
        return number(set.metadata().annotations().get(DESIRED_REPLICAS)).map(Math::toIntExact);
    }

    static Optional<Integer> maxReplicas(ReplicaSet set) {
        return number(set.metadata().annotations().get(MAX_REPLICAS)).map(Math::toIntExact);
    }

    /** The annotations of the current set: the Deployment's own, and a revision behind all others. */
    static Map<String, String> ofCurrent(Deployment deployment, Map<String, String> before, long revision) {
        Map<String, String> annotations = new LinkedHashMap<>(before);
        deployment.metadata().annotations().forEach((key, value) -> {
            if (!NOT_COPIED.contains(key)) {
                annotations.put(key, value);
            }
        });
        String was = before.get(REVISION);
        if (number(was).orElse(0L) < revision) {
            annotations.put(REVISION, Long.toString(revision));
            if (was != null) {
                annotations.put(HISTORY, appended(before.get(HISTORY), was));
            }
        }
        return annotations;
    }

    /** With a note of the sizes that the set was made for. */
    static Map<String, String> sized(Rollout rollout, Map<String, String> before) {
        Map<String, String> annotations = new LinkedHashMap<>(before);
        annotations.put(DESIRED_REPLICAS, Integer.toString(rollout.wanted()));
        annotations.put(
                MAX_REPLICAS,
                Integer.toString(rollout.wanted() + rollout.limits().maxSurge()));
        return AvailabilityFloor.noted(annotations, rollout.floor());
    }

    /** Each revision once, the newest last; the oldest are dropped when the list grows too long. */
    private static String appended(@Nullable String history, String revision) {
        List<String> revisions = new ArrayList<>();
        if (history != null && !history.isEmpty()) {
            revisions.addAll(Arrays.asList(history.split(",", -1)));
        }
        revisions.remove(revision);
        revisions.add(revision);
        while (String.join(",", revisions).length() > MAX_HISTORY_LENGTH) {
            revisions.remove(0);
        }
        return String.join(",", revisions);
    }

    private static Optional<Long> number(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty(); // somebody else's annotation: as if it were not there
        }
    }
}
