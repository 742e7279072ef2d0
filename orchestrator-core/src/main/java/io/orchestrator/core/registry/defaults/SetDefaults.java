package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetBuilder;
import io.orchestrator.api.model.apps.DaemonSetSpec;
import io.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategyType;
import io.orchestrator.api.model.apps.PersistentVolumeClaimRetentionPolicyType;
import io.orchestrator.api.model.apps.PodManagementPolicyType;
import io.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import io.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetBuilder;
import io.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.orchestrator.api.model.apps.StatefulSetSpec;
import io.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import io.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import io.orchestrator.api.model.apps.StatefulSetUpdateStrategyType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for the kinds whose pods have places of their own. */
public final class SetDefaults {
    private static final int HISTORY = 10;

    private SetDefaults() {}

    public static StatefulSet of(StatefulSet set) {
        StatefulSetSpec spec = set.spec();
        return StatefulSetBuilder.builder(set)
                .spec(StatefulSetSpecBuilder.builder(spec)
                        .replicas(or(spec.replicas(), 1))
                        .revisionHistoryLimit(or(spec.revisionHistoryLimit(), HISTORY))
                        .podManagementPolicy(
                                ContainerDefaults.or(spec.podManagementPolicy(), PodManagementPolicyType.ORDERED_READY))
                        .updateStrategy(of(spec.updateStrategy()))
                        .persistentVolumeClaimRetentionPolicy(of(spec.persistentVolumeClaimRetentionPolicy()))
                        .volumeClaimTemplates(spec.volumeClaimTemplates().stream()
                                .map(StorageDefaults::of)
                                .toList())
                        .template(PodDefaults.of(spec.template()))
                        .build())
                .build();
    }

    private static StatefulSetUpdateStrategy of(StatefulSetUpdateStrategy strategy) {
        String type = ContainerDefaults.or(strategy.type(), StatefulSetUpdateStrategyType.ROLLING_UPDATE);
        RollingUpdateStatefulSetStrategy rolling = strategy.rollingUpdate();
        if (type.equals(StatefulSetUpdateStrategyType.ROLLING_UPDATE)) {
            RollingUpdateStatefulSetStrategy given = rolling == null ? RollingUpdateStatefulSetStrategy.EMPTY : rolling;
            rolling = given.withPartition(or(given.partition(), 0));
        }
        return new StatefulSetUpdateStrategy(type, rolling);
    }

    private static StatefulSetPersistentVolumeClaimRetentionPolicy of(
            @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy policy) {
        String retain = PersistentVolumeClaimRetentionPolicyType.RETAIN;
        return policy == null
                ? new StatefulSetPersistentVolumeClaimRetentionPolicy(retain, retain)
                : new StatefulSetPersistentVolumeClaimRetentionPolicy(
                        ContainerDefaults.or(policy.whenDeleted(), retain),
                        ContainerDefaults.or(policy.whenScaled(), retain));
    }

    public static DaemonSet of(DaemonSet set) {
        DaemonSetSpec spec = set.spec();
        return DaemonSetBuilder.builder(set)
                .spec(DaemonSetSpecBuilder.builder(spec)
                        .revisionHistoryLimit(or(spec.revisionHistoryLimit(), HISTORY))
                        .updateStrategy(of(spec.updateStrategy()))
                        .template(PodDefaults.of(spec.template()))
                        .build())
                .build();
    }

    private static DaemonSetUpdateStrategy of(DaemonSetUpdateStrategy strategy) {
        String type = ContainerDefaults.or(strategy.type(), DaemonSetUpdateStrategyType.ROLLING_UPDATE);
        RollingUpdateDaemonSet rolling = strategy.rollingUpdate();
        if (type.equals(DaemonSetUpdateStrategyType.ROLLING_UPDATE)) {
            RollingUpdateDaemonSet given = rolling == null ? RollingUpdateDaemonSet.EMPTY : rolling;
            rolling = new RollingUpdateDaemonSet(
                    given.maxUnavailable() == null ? IntOrString.of(1) : given.maxUnavailable(),
                    given.maxSurge() == null ? IntOrString.of(0) : given.maxSurge());
        }
        return new DaemonSetUpdateStrategy(type, rolling);
    }

    private static Integer or(@Nullable Integer given, int otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}
