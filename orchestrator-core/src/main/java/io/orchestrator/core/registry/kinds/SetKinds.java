package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetStatus;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetStatus;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.SetDefaults;
import io.orchestrator.core.registry.validation.SetValidation;
import java.util.List;

/** The kinds whose pods have places of their own: numbers or nodes. */
final class SetKinds {
    private SetKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(statefulSet(), daemonSet());
    }

    private static ResourceStrategy<StatefulSet> statefulSet() {
        return ResourceStrategy.of(StatefulSet.TYPE)
                .defaults(SetDefaults::of)
                .prepareCreate(set -> set.withStatus(StatefulSetStatus.EMPTY))
                .validation(SetValidation::statefulSet)
                .updateValidation(SetValidation::statefulSetUpdate)
                .status((set, source) -> set.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(StatefulSet::spec)
                .subresource(Scales.ofStatefulSets())
                .build();
    }

    private static ResourceStrategy<DaemonSet> daemonSet() {
        return ResourceStrategy.of(DaemonSet.TYPE)
                .defaults(SetDefaults::of)
                .prepareCreate(set -> set.withStatus(DaemonSetStatus.EMPTY))
                .validation(SetValidation::daemonSet)
                .updateValidation(SetValidation::daemonSetUpdate)
                .status((set, source) -> set.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(DaemonSet::spec)
                .build();
    }
}
