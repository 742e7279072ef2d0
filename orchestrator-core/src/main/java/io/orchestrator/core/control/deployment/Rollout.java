package io.orchestrator.core.control.deployment;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStrategyType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment and its ReplicaSets, at one moment.
 *
 * @param current the set of today's template; null before it was made
 * @param old the sets of earlier templates, the oldest first
 */
record Rollout(Deployment deployment, @Nullable ReplicaSet current, List<ReplicaSet> old) {
    /** The label that tells the pods of one template from those of another. */
    static final String TEMPLATE_HASH = "pod-template-hash";

    static final Comparator<ReplicaSet> OLDEST_FIRST = Comparator.comparing(Rollout::created)
            .thenComparing(set -> set.metadata().name());

    Rollout {
        old = List.copyOf(old);
    }

    /** Where several sets have today's template, the oldest is the current one. */
    static Rollout of(Deployment deployment, Collection<ReplicaSet> sets) {
        List<ReplicaSet> old = new ArrayList<>(sets);
        old.sort(OLDEST_FIRST);
        ReplicaSet current = old.stream()
                .filter(set -> isOf(set, deployment.spec().template()))
                .findFirst()
                .orElse(null);
        old.remove(current);
        return new Rollout(deployment, current, old);
    }

    static boolean isOf(ReplicaSet set, PodTemplateSpec template) {
        return withoutHash(set.spec().template()).equals(withoutHash(template));
    }

    private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
        if (!template.metadata().labels().containsKey(TEMPLATE_HASH)) {
            return template;
        }
        Map<String, String> labels = new HashMap<>(template.metadata().labels());
        labels.remove(TEMPLATE_HASH);
        return template.withMetadata(template.metadata().withLabels(labels));
    }

    int wanted() {
        return Objects.requireNonNullElse(deployment.spec().replicas(), 1);
    }

    RolloutLimits limits() {
        return RolloutLimits.of(deployment.spec());
    }

    /** How many pods must be available at least while old ones make way. */
    int floor() {
        return isRolling() ? wanted() - limits().maxUnavailable() : 0;
    }

    boolean isRolling() {
        return deployment.spec().strategy().type().equals(DeploymentStrategyType.ROLLING_UPDATE);
    }

    /** The old ones and then the current one. */
    List<ReplicaSet> all() {
        List<ReplicaSet> all = new ArrayList<>(old);
        if (current != null) {
            all.add(current);
        }
        return all;
    }

    /** The same with one set as it stands now. */
    Rollout with(ReplicaSet set) {
        List<ReplicaSet> sets = new ArrayList<>(all());
        sets.removeIf(other -> other.metadata().uid().equals(set.metadata().uid()));
        sets.add(set);
        return of(deployment, sets);
    }

    Rollout without(ReplicaSet gone) {
        List<ReplicaSet> sets = new ArrayList<>(all());
        sets.removeIf(other -> other.metadata().uid().equals(gone.metadata().uid()));
        return of(deployment, sets);
    }

    Rollout with(Deployment edited) {
        return new Rollout(edited, current, old);
    }

    /** How many pods the set is to have. */
    static int size(ReplicaSet set) {
        return Objects.requireNonNullElse(set.spec().replicas(), 1);
    }

    static int size(Collection<ReplicaSet> sets) {
        return sets.stream().mapToInt(Rollout::size).sum();
    }

    /**
     * How many available pods may be counted on: none until the set has told of its latest size, as it may be about to delete
     * some of those it told of before.
     */
    static int available(ReplicaSet set) {
        return isObserved(set) ? Math.min(set.status().availableReplicas(), size(set)) : 0;
    }

    /** How many pods are of no use, as far as is known. */
    static int useless(ReplicaSet set) {
        return isObserved(set) ? size(set) - available(set) : 0;
    }

    private static boolean isObserved(ReplicaSet set) {
        return set.status().observedGeneration() >= set.metadata().generation();
    }

    static int available(Collection<ReplicaSet> sets) {
        return sets.stream().mapToInt(Rollout::available).sum();
    }

    /**
     * How many pods may be there beside those of these sets. When a set is to shrink, its pods that are not gone yet still
     * count, so that their successors wait for them; before it has told how many these are, there is no room at all.
     */
    int roomBeside(Collection<ReplicaSet> sets) {
        if (!sets.stream().allMatch(Rollout::isObserved)) {
            return 0;
        }
        int occupied = sets.stream()
                .mapToInt(set -> Math.max(size(set), set.status().replicas()))
                .sum();
        return Math.max(0, wanted() + limits().maxSurge() - occupied);
    }

    static List<ReplicaSet> active(Collection<ReplicaSet> sets) {
        return sets.stream().filter(set -> size(set) > 0).toList();
    }

    static ReplicaSet resized(ReplicaSet set, int replicas) {
        return ReplicaSetBuilder.builder(set)
                .spec(set.spec().withReplicas(replicas))
                .build();
    }

    private static Instant created(ReplicaSet set) {
        Time created = set.metadata().creationTimestamp();
        return created == null ? Instant.MAX : created.instant();
    }
}
