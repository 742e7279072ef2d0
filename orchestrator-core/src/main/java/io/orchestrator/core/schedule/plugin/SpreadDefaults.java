package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Requirement;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import io.orchestrator.api.model.core.UnsatisfiableConstraintAction;
import io.orchestrator.core.placement.NodeSelectors;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.SpreadRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The constraints of pods that have none: over the pods that the same services and the same set choose. */
final class SpreadDefaults {
    private final List<TopologySpreadConstraint> constraints;
    private final boolean ofTheSystem;

    /** What was found out for one pod, which holds for the next where that is of the same owner and nothing else changed. */
    private record Found(
            String namespace,
            Map<String, String> labels,
            List<OwnerReference> owners,
            KnownObjects objects,
            List<SpreadRule> rules) {
        boolean holdsFor(PodView pod, KnownObjects now) {
            ObjectMeta metadata = pod.pod().metadata();
            return objects == now
                    && namespace.equals(metadata.namespace())
                    && labels.equals(metadata.labels())
                    && owners.equals(metadata.ownerReferences());
        }
    }

    private volatile @Nullable Found latest;

    private SpreadDefaults(List<TopologySpreadConstraint> constraints, boolean ofTheSystem) {
        this.constraints = List.copyOf(constraints);
        this.ofTheSystem = ofTheSystem;
    }

    static SpreadDefaults ofTheSystem() {
        return new SpreadDefaults(
                List.of(soft(3, "kubernetes.io/hostname"), soft(5, "topology.kubernetes.io/zone")), true);
    }

    static SpreadDefaults ofTheCluster(List<TopologySpreadConstraint> constraints) {
        return new SpreadDefaults(constraints, false);
    }

    private static TopologySpreadConstraint soft(int maxSkew, String key) {
        return TopologySpreadConstraintBuilder.builder()
                .maxSkew(maxSkew)
                .topologyKey(key)
                .whenUnsatisfiable(UnsatisfiableConstraintAction.SCHEDULE_ANYWAY)
                .build();
    }

    boolean isEmpty() {
        return constraints.isEmpty();
    }

    /** A node need not have the labels of all of these. */
    boolean isOfTheSystem() {
        return ofTheSystem;
    }

    List<SpreadRule> rules(PodView pod, KnownObjects objects) {
        if (constraints.isEmpty() || pod.pod().metadata().labels().isEmpty()) {
            return List.of();
        }
        Found found = latest;
        if (found == null || !found.holdsFor(pod, objects)) {
            ObjectMeta metadata = pod.pod().metadata();
            found = new Found(
                    metadata.namespace(),
                    metadata.labels(),
                    metadata.ownerReferences(),
                    objects,
                    like(pod, objects).map(this::over).orElse(List.of()));
            latest = found;
        }
        return found.rules();
    }

    private List<SpreadRule> over(Selector selector) {
        return constraints.stream()
                .map(constraint -> SpreadRule.of(constraint, selector))
                .toList();
    }

    /** The pods that are of one kind with this one. */
    private static Optional<Selector> like(PodView pod, KnownObjects objects) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, String> own = pod.pod().metadata().labels();
        for (Service service : objects.list(Service.TYPE, pod.namespace())) {
            Map<String, String> selector = service.spec().selector();
            if (!selector.isEmpty() && NodeSelectors.have(own, selector)) {
                labels.putAll(selector);
            }
        }
        List<Requirement> all = new ArrayList<>(Selector.of(labels).requirements());
        for (OwnerReference owner : pod.pod().metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                all.addAll(ofOwner(pod, owner, objects));
            }
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Selector.of(all.stream().distinct().toList()));
    }

    private static List<Requirement> ofOwner(PodView pod, OwnerReference owner, KnownObjects objects) {
        ObjectKey key = new ObjectKey(pod.namespace(), owner.name());
        Optional<LabelSelector> selector = switch (owner.kind()) {
            case "ReplicaSet" ->
                objects.find(ReplicaSet.TYPE, key).map(set -> set.spec().selector());
            case "StatefulSet" ->
                objects.find(StatefulSet.TYPE, key).map(set -> set.spec().selector());
            case "ReplicationController" ->
                objects.find(ReplicationController.TYPE, key)
                        .map(controller -> LabelSelector.of(controller.spec().selector()));
            default -> Optional.empty();
        };
        return selector.map(found -> Selector.of(found).requirements()).orElse(List.of());
    }
}
