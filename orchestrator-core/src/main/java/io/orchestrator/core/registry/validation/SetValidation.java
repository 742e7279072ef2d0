package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetSpec;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategyType;
import io.orchestrator.api.model.apps.PersistentVolumeClaimRetentionPolicyType;
import io.orchestrator.api.model.apps.PodManagementPolicyType;
import io.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import io.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.orchestrator.api.model.apps.StatefulSetSpec;
import io.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import io.orchestrator.api.model.apps.StatefulSetUpdateStrategyType;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimVolumeSourceBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must hold of the kinds whose pods have places of their own. */
public final class SetValidation {
    private static final Path SPEC = Path.of("spec");
    private static final Path STRATEGY = SPEC.child("updateStrategy");
    private static final List<String> RETENTION =
            List.of(PersistentVolumeClaimRetentionPolicyType.RETAIN, PersistentVolumeClaimRetentionPolicyType.DELETE);

    private SetValidation() {}

    public static void statefulSet(StatefulSet set, Violations violations) {
        StatefulSetSpec spec = set.spec();
        violations.oneOf(
                SPEC.child("podManagementPolicy"),
                spec.podManagementPolicy(),
                List.of(PodManagementPolicyType.ORDERED_READY, PodManagementPolicyType.PARALLEL));
        strategy(spec, violations);
        Check.notNegative(SPEC.child("replicas"), spec.replicas(), violations);
        Check.notNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds(), violations);
        Check.notNegative(SPEC.child("revisionHistoryLimit"), spec.revisionHistoryLimit(), violations);
        if (spec.ordinals() != null) {
            Check.notNegative(
                    SPEC.child("ordinals").child("start"), spec.ordinals().start(), violations);
        }
        StatefulSetPersistentVolumeClaimRetentionPolicy retention = spec.persistentVolumeClaimRetentionPolicy();
        if (retention != null) {
            Path field = SPEC.child("persistentVolumeClaimRetentionPolicy");
            violations.oneOf(field.child("whenDeleted"), retention.whenDeleted(), RETENTION);
            violations.oneOf(field.child("whenScaled"), retention.whenScaled(), RETENTION);
        }
        SelectorValidation.ofWorkload(
                spec.selector(), spec.template().metadata().labels(), "statefulset", SPEC, violations);
        WorkloadValidation.template(withClaims(spec), "StatefulSet", violations);
    }

    /** The template as its pods will have it: a claim is a volume of its name, in place of one that the template has. */
    private static PodTemplateSpec withClaims(StatefulSetSpec spec) {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        for (PersistentVolumeClaim claim : spec.volumeClaimTemplates()) {
            String name = claim.metadata().name();
            volumes.put(
                    name,
                    VolumeBuilder.builder()
                            .name(name)
                            .persistentVolumeClaim(PersistentVolumeClaimVolumeSourceBuilder.builder()
                                    .claimName(name)
                                    .build())
                            .build());
        }
        if (volumes.isEmpty()) {
            return spec.template();
        }
        List<Volume> all = new ArrayList<>(spec.template().spec().volumes());
        all.removeIf(volume -> volumes.containsKey(volume.name()));
        all.addAll(volumes.values());
        return spec.template().withSpec(spec.template().spec().withVolumes(all));
    }

    private static void strategy(StatefulSetSpec spec, Violations violations) {
        String type = spec.updateStrategy().type();
        RollingUpdateStatefulSetStrategy rolling = spec.updateStrategy().rollingUpdate();
        violations.oneOf(
                STRATEGY.child("type"),
                type,
                List.of(StatefulSetUpdateStrategyType.ROLLING_UPDATE, StatefulSetUpdateStrategyType.ON_DELETE));
        if (rolling == null) {
            return;
        }
        Path field = STRATEGY.child("rollingUpdate");
        if (type.equals(StatefulSetUpdateStrategyType.ON_DELETE)) {
            violations.invalid(field, "", "only allowed for updateStrategy 'RollingUpdate'");
        }
        Check.notNegative(field.child("partition"), rolling.partition(), violations);
        if (rolling.maxUnavailable() != null) {
            int before = violations.count();
            Check.countOrPercent(field.child("maxUnavailable"), rolling.maxUnavailable(), violations);
            if (violations.count() == before && WorkloadValidation.isNothing(rolling.maxUnavailable())) {
                violations.invalid(field.child("maxUnavailable"), rolling.maxUnavailable(), "cannot be 0");
            }
        }
    }

    public static void statefulSetUpdate(StatefulSet wanted, StatefulSet current, Violations violations) {
        StatefulSetSpec next = wanted.spec();
        StatefulSetSpec changeable = StatefulSetSpecBuilder.builder(current.spec())
                .replicas(next.replicas())
                .ordinals(next.ordinals())
                .template(next.template())
                .updateStrategy(next.updateStrategy())
                .persistentVolumeClaimRetentionPolicy(next.persistentVolumeClaimRetentionPolicy())
                .minReadySeconds(next.minReadySeconds())
                .build();
        if (!next.equals(changeable)) {
            violations.forbidden(
                    SPEC,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'"
                            + " are forbidden");
        }
    }

    public static void daemonSet(DaemonSet set, Violations violations) {
        DaemonSetSpec spec = set.spec();
        SelectorValidation.ofWorkload(
                spec.selector(), spec.template().metadata().labels(), "daemonset", SPEC, violations);
        WorkloadValidation.template(spec.template(), "DaemonSet", violations);
        Check.notNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds(), violations);
        Check.notNegative(SPEC.child("revisionHistoryLimit"), spec.revisionHistoryLimit(), violations);
        String type = spec.updateStrategy().type();
        violations.oneOf(
                STRATEGY.child("type"),
                type,
                List.of(DaemonSetUpdateStrategyType.ON_DELETE, DaemonSetUpdateStrategyType.ROLLING_UPDATE));
        RollingUpdateDaemonSet rolling = spec.updateStrategy().rollingUpdate();
        if (type.equals(DaemonSetUpdateStrategyType.ROLLING_UPDATE)) {
            if (rolling == null) {
                violations.required(STRATEGY.child("rollingUpdate"));
            } else {
                rolling(rolling, STRATEGY.child("rollingUpdate"), violations);
            }
        }
    }

    private static void rolling(RollingUpdateDaemonSet rolling, Path field, Violations violations) {
        int before = violations.count();
        Check.countOrPercent(field.child("maxUnavailable"), rolling.maxUnavailable(), violations);
        Check.countOrPercent(field.child("maxSurge"), rolling.maxSurge(), violations);
        if (violations.count() > before) {
            return;
        }
        boolean noSurge = WorkloadValidation.isNothing(rolling.maxSurge());
        boolean noneMissing = WorkloadValidation.isNothing(rolling.maxUnavailable());
        if (noSurge && noneMissing) {
            violations.invalid(
                    field.child("maxUnavailable"), rolling.maxUnavailable(), "cannot be 0 when maxSurge is 0");
        } else if (!noSurge && !noneMissing) {
            violations.invalid(
                    field.child("maxSurge"), rolling.maxSurge(), "may not be set when maxUnavailable is non-zero");
        }
    }

    public static void daemonSetUpdate(DaemonSet wanted, DaemonSet current, Violations violations) {
        Check.immutable(
                SPEC.child("selector"), wanted.spec().selector(), current.spec().selector(), violations);
    }
}
