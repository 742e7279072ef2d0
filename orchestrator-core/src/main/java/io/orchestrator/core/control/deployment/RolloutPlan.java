package io.orchestrator.core.control.deployment;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.core.control.pods.AvailabilityFloor;
import io.orchestrator.core.control.pods.TemplateHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides what to write next. Pure: the same roll-out gives the same steps. */
final class RolloutPlan {
    private RolloutPlan() {}

    /**
     * The next steps, in order.
     *
     * @param oldPodsRun whether pods of old sets are still there, on their way out or not; of interest for Recreate only
     */
    static List<Step> of(Rollout rollout, boolean oldPodsRun) {
        List<Step> steps = new ArrayList<>();
        ReplicaSet current = rollout.current();
        if (current != null) {
            ReplicaSet annotated = annotated(rollout, current);
            if (!annotated.equals(current)) {
                return List.of(new Step.Annotate(annotated));
            }
        }
        List<Step> floors = floors(rollout);
        if (!floors.isEmpty()) {
            return floors;
        }
        if (rollout.deployment().spec().paused() || ProportionalScaling.isDue(rollout)) {
            steps.addAll(resizes(rollout, ProportionalScaling.resize(rollout)));
            return steps.isEmpty() && rollout.deployment().spec().paused() ? forget(rollout) : steps;
        }
        steps.addAll(rollout.isRolling() ? rolling(rollout) : recreate(rollout, oldPodsRun));
        return steps.isEmpty() && isComplete(rollout) ? forget(rollout) : steps;
    }

    /** Sets that wait with the deletion of available pods are told how many are needed now. */
    private static List<Step> floors(Rollout rollout) {
        List<Step> steps = new ArrayList<>();
        for (ReplicaSet set : rollout.all()) {
            if (set.status().replicas() > Rollout.size(set)) {
                Map<String, String> before = set.metadata().annotations();
                Map<String, String> noted = AvailabilityFloor.noted(before, rollout.floor());
                if (!noted.equals(before)) {
                    steps.add(new Step.Annotate(set.withMetadata(set.metadata().withAnnotations(noted))));
                }
            }
        }
        return steps;
    }

    /** The replicas of the current set are all there and available, and no others are. */
    static boolean isComplete(Rollout rollout) {
        ReplicaSet current = rollout.current();
        int wanted = rollout.wanted();
        return current != null
                && current.status().replicas() == wanted
                && rollout.all().stream()
                                .mapToInt(set -> set.status().replicas())
                                .sum()
                        == wanted
                && rollout.all().stream()
                                .mapToInt(set -> set.status().availableReplicas())
                                .sum()
                        == wanted;
    }

    private static List<Step> rolling(Rollout rollout) {
        ReplicaSet current = rollout.current();
        return current == null
                ? List.of(new Step.Create(created(rollout, RollingUpdate.newSize(rollout, 0))))
                : resizes(rollout, RollingUpdate.resize(rollout, current));
    }

    private static List<Step> recreate(Rollout rollout, boolean oldPodsRun) {
        Map<ReplicaSet, Integer> down = new LinkedHashMap<>();
        Rollout.active(rollout.old()).forEach(set -> down.put(set, 0));
        if (!down.isEmpty()) {
            return resizes(rollout, down);
        }
        if (oldPodsRun) {
            return List.of();
        }
        ReplicaSet current = rollout.current();
        return current == null
                ? List.of(new Step.Create(created(rollout, rollout.wanted())))
                : resizes(rollout, Map.of(current, rollout.wanted()));
    }

    /** Old sets beyond the limit, the oldest revisions first; only such as are empty and know it. */
    private static List<Step> forget(Rollout rollout) {
        Integer limit = rollout.deployment().spec().revisionHistoryLimit();
        if (limit == null) {
            return List.of();
        }
        List<ReplicaSet> alive = rollout.old().stream()
                .filter(set -> set.metadata().deletionTimestamp() == null)
                .toList();
        return alive.stream()
                .sorted(Comparator.comparingLong(Revisions::revision).thenComparing(Rollout.OLDEST_FIRST))
                .limit(Math.max(0, alive.size() - limit))
                .filter(set -> Rollout.size(set) == 0 && set.status().replicas() == 0)
                .filter(set -> set.metadata().generation() <= set.status().observedGeneration())
                .map(set -> (Step) new Step.Remove(set))
                .toList();
    }

    private static List<Step> resizes(Rollout rollout, Map<ReplicaSet, Integer> sizes) {
        List<Step> steps = new ArrayList<>();
        sizes.forEach((set, size) -> {
            ReplicaSet resized = Rollout.resized(set, size)
                    .withMetadata(set.metadata()
                            .withAnnotations(
                                    Revisions.sized(rollout, set.metadata().annotations())));
            if (!resized.equals(set)) {
                steps.add(new Step.Resize(resized, Rollout.size(set), size));
            }
        });
        return steps;
    }

    private static ReplicaSet annotated(Rollout rollout, ReplicaSet current) {
        long revision = Revisions.latest(rollout.old()) + 1;
        Map<String, String> annotations =
                Revisions.ofCurrent(rollout.deployment(), current.metadata().annotations(), revision);
        int minReady = rollout.deployment().spec().minReadySeconds();
        return ReplicaSetBuilder.builder(current)
                .metadata(current.metadata().withAnnotations(annotations))
                .spec(current.spec().withMinReadySeconds(minReady))
                .build();
    }

    private static ReplicaSet created(Rollout rollout, int replicas) {
        Deployment deployment = rollout.deployment();
        PodTemplateSpec template = deployment.spec().template();
        String hash = TemplateHash.of(template, deployment.status().collisionCount());
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.put(Rollout.TEMPLATE_HASH, hash);
        LabelSelector selector = Objects.requireNonNullElse(deployment.spec().selector(), LabelSelector.EMPTY);
        Map<String, String> selected = new LinkedHashMap<>(selector.matchLabels());
        selected.put(Rollout.TEMPLATE_HASH, hash);
        long revision = Revisions.latest(rollout.old()) + 1;
        return ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(deployment.metadata().name() + "-" + hash)
                        .namespace(deployment.metadata().namespace())
                        .labels(labels)
                        .annotations(Revisions.sized(rollout, Revisions.ofCurrent(deployment, Map.of(), revision)))
                        .ownerReferences(List.of(reference(deployment)))
                        .build())
                .spec(ReplicaSetSpecBuilder.builder()
                        .replicas(replicas)
                        .minReadySeconds(deployment.spec().minReadySeconds())
                        .selector(LabelSelectorBuilder.builder(selector)
                                .matchLabels(selected)
                                .build())
                        .template(template.withMetadata(template.metadata().withLabels(labels)))
                        .build())
                .build();
    }

    static OwnerReference reference(Deployment deployment) {
        return OwnerReferenceBuilder.builder()
                .apiVersion(Deployment.TYPE.apiVersion())
                .kind(Deployment.TYPE.kind())
                .name(deployment.metadata().name())
                .uid(deployment.metadata().uid())
                .controller(true)
                .blockOwnerDeletion(true)
                .build();
    }
}
