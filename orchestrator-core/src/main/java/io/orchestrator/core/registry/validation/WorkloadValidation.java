package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentSpec;
import io.orchestrator.api.model.apps.DeploymentStrategy;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetSpec;
import io.orchestrator.api.model.apps.RollingUpdateDeployment;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of the kinds that keep pods alive. */
public final class WorkloadValidation {
    private static final Path SPEC = Path.of("spec");
    private static final Path TEMPLATE = SPEC.child("template");

    private WorkloadValidation() {}

    public static void deployment(Deployment deployment, Violations violations) {
        DeploymentSpec spec = deployment.spec();
        Check.notNegative(SPEC.child("replicas"), spec.replicas(), violations);
        SelectorValidation.ofWorkload(
                spec.selector(), spec.template().metadata().labels(), "deployment", SPEC, violations);
        template(spec.template(), "Deployment", violations);
        strategy(spec.strategy(), violations);
        Check.notNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds(), violations);
        Check.notNegative(SPEC.child("revisionHistoryLimit"), spec.revisionHistoryLimit(), violations);
        Integer deadline = spec.progressDeadlineSeconds();
        if (deadline != null) {
            Check.notNegative(SPEC.child("progressDeadlineSeconds"), deadline, violations);
            if (deadline <= spec.minReadySeconds()) {
                violations.invalid(
                        SPEC.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
            }
        }
    }

    private static void strategy(DeploymentStrategy strategy, Violations violations) {
        Path field = SPEC.child("strategy");
        RollingUpdateDeployment rolling = strategy.rollingUpdate();
        switch (strategy.type()) {
            case "Recreate" -> {
                if (rolling != null) {
                    violations.forbidden(
                            field.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling == null) {
                    violations.required(field.child("rollingUpdate"), "this should be defaulted and never be nil");
                } else {
                    rolling(rolling, field.child("rollingUpdate"), violations);
                }
            }
            default ->
                violations.notSupported(field.child("type"), strategy.type(), List.of("Recreate", "RollingUpdate"));
        }
    }

    private static void rolling(RollingUpdateDeployment rolling, Path field, Violations violations) {
        int before = violations.count();
        Check.countOrPercent(field.child("maxUnavailable"), rolling.maxUnavailable(), violations);
        Check.countOrPercent(field.child("maxSurge"), rolling.maxSurge(), violations);
        if (violations.count() > before) {
            return;
        }
        if (isNothing(rolling.maxUnavailable()) && isNothing(rolling.maxSurge())) {
            violations.invalid(
                    field.child("maxUnavailable"), rolling.maxUnavailable(), "may not be 0 when `maxSurge` is 0");
        }
        IntOrString unavailable = rolling.maxUnavailable();
        if (unavailable != null && unavailable.isPercent() && unavailable.scaled(100, true) > 100) {
            violations.invalid(field.child("maxUnavailable"), unavailable.text(), "must not be greater than 100%");
        }
    }

    static boolean isNothing(@Nullable IntOrString value) {
        return value == null || value.scaled(100, true) == 0;
    }

    public static void deploymentUpdate(Deployment wanted, Deployment current, Violations violations) {
        Check.immutable(
                SPEC.child("selector"), wanted.spec().selector(), current.spec().selector(), violations);
    }

    public static void replicaSet(ReplicaSet set, Violations violations) {
        ReplicaSetSpec spec = set.spec();
        Check.notNegative(SPEC.child("replicas"), spec.replicas(), violations);
        Check.notNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds(), violations);
        SelectorValidation.ofWorkload(
                spec.selector(), spec.template().metadata().labels(), "replicaset", SPEC, violations);
        template(spec.template(), "ReplicaSet", violations);
    }

    public static void replicaSetUpdate(ReplicaSet wanted, ReplicaSet current, Violations violations) {
        Check.immutable(
                SPEC.child("selector"), wanted.spec().selector(), current.spec().selector(), violations);
    }

    public static void replicationController(ReplicationController controller, Violations violations) {
        ReplicationControllerSpec spec = controller.spec();
        Check.notNegative(SPEC.child("replicas"), spec.replicas(), violations);
        Check.notNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds(), violations);
        if (spec.selector().isEmpty()) {
            violations.required(SPEC.child("selector"));
        }
        PodTemplateSpec template = spec.template();
        if (template == null) {
            violations.required(TEMPLATE);
            return;
        }
        if (!spec.selector().isEmpty()
                && !Selector.of(spec.selector()).matches(template.metadata().labels())) {
            SelectorValidation.mismatch(template.metadata().labels(), SPEC, violations);
        }
        template(template, "ReplicationController", violations);
    }

    /** Pods that a controller replaces run for ever: nothing else would make sense. */
    static void template(PodTemplateSpec template, String kind, Violations violations) {
        PodValidation.template(template, TEMPLATE, violations);
        violations.oneOf(
                TEMPLATE.child("spec").child("restartPolicy"), template.spec().restartPolicy(), List.of("Always"));
        if (template.spec().activeDeadlineSeconds() != null) {
            violations.forbidden(
                    TEMPLATE.child("spec").child("activeDeadlineSeconds"),
                    "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    public static void controllerRevision(ControllerRevision revision, Violations violations) {
        Check.notNegative(Path.of("revision"), revision.revision(), violations);
        if (revision.data() == null) {
            violations.required(Path.of("data"), "data is mandatory");
        }
    }

    public static void controllerRevisionUpdate(
            ControllerRevision wanted, ControllerRevision current, Violations violations) {
        Check.immutable(Path.of("data"), wanted.data(), current.data(), violations);
    }
}
