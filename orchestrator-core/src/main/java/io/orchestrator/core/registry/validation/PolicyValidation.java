package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.PreemptionPolicy;
import io.orchestrator.api.model.node.RuntimeClass;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetSpec;
import io.orchestrator.api.model.policy.UnhealthyPodEvictionPolicyType;
import io.orchestrator.api.model.scheduling.PriorityClass;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of budgets, priorities and runtimes. */
public final class PolicyValidation {
    private static final Path SPEC = Path.of("spec");
    private static final Path NAME = Path.of("metadata").child("name");
    private static final int HIGHEST_OF_USERS = 1_000_000_000;
    private static final String SYSTEM = "system-";

    /** The classes of the system, which nobody may change. */
    private static final Map<String, Integer> SYSTEM_CLASSES =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    private PolicyValidation() {}

    public static void disruptionBudget(PodDisruptionBudget budget, Violations violations) {
        PodDisruptionBudgetSpec spec = budget.spec();
        if (spec.minAvailable() != null && spec.maxUnavailable() != null) {
            violations.invalid(SPEC, "", "minAvailable and maxUnavailable cannot be both set");
        }
        share(SPEC.child("minAvailable"), spec.minAvailable(), violations);
        share(SPEC.child("maxUnavailable"), spec.maxUnavailable(), violations);
        SelectorValidation.selector(spec.selector(), SPEC.child("selector"), violations);
        if (spec.unhealthyPodEvictionPolicy() != null) {
            violations.oneOf(
                    SPEC.child("unhealthyPodEvictionPolicy"),
                    spec.unhealthyPodEvictionPolicy(),
                    List.of(
                            UnhealthyPodEvictionPolicyType.ALWAYS_ALLOW,
                            UnhealthyPodEvictionPolicyType.IF_HEALTHY_BUDGET));
        }
    }

    private static void share(Path field, @Nullable IntOrString value, Violations violations) {
        int before = violations.count();
        Check.countOrPercent(field, value, violations);
        if (value != null && value.isText() && violations.count() == before) {
            String digits = value.text().substring(0, value.text().length() - 1);
            if (Integer.parseInt(digits) > 100) {
                violations.invalid(field, value.text(), "must not be greater than 100%");
            }
        }
    }

    public static void priorityClass(PriorityClass priority, Violations violations) {
        String name = priority.metadata().name();
        Integer known = SYSTEM_CLASSES.get(name);
        if (name.startsWith(SYSTEM) && (known == null || known != priority.value())) {
            violations.forbidden(
                    NAME, "priority class names with '" + SYSTEM + "' prefix are reserved for system use only");
        } else if (known == null && priority.value() > HIGHEST_OF_USERS) {
            violations.forbidden(
                    Path.of("value"), "maximum allowed value of a user defined priority is " + HIGHEST_OF_USERS);
        }
        if (priority.preemptionPolicy() != null) {
            violations.oneOf(
                    Path.of("preemptionPolicy"),
                    priority.preemptionPolicy(),
                    List.of(PreemptionPolicy.PREEMPT_LOWER_PRIORITY, PreemptionPolicy.NEVER));
        }
    }

    public static void priorityClassUpdate(PriorityClass wanted, PriorityClass current, Violations violations) {
        if (wanted.value() != current.value()) {
            violations.forbidden(Path.of("value"), "may not be changed in an update.");
        }
        Check.immutable(Path.of("preemptionPolicy"), wanted.preemptionPolicy(), current.preemptionPolicy(), violations);
    }

    public static void runtimeClass(RuntimeClass runtime, Violations violations) {
        violations.invalid(Path.of("handler"), runtime.handler(), Names.dnsLabel(runtime.handler()));
        if (runtime.overhead() != null) {
            Path field = Path.of("overhead").child("podFixed");
            runtime.overhead()
                    .podFixed()
                    .forEach((resource, quantity) -> notNegative(field.key(resource), quantity, violations));
        }
        if (runtime.scheduling() != null) {
            Path field = Path.of("scheduling");
            MetadataValidation.labels(runtime.scheduling().nodeSelector(), field.child("nodeSelector"), violations);
            SchedulingValidation.tolerations(
                    runtime.scheduling().tolerations(), field.child("tolerations"), violations);
        }
    }

    public static void runtimeClassUpdate(RuntimeClass wanted, RuntimeClass current, Violations violations) {
        Check.immutable(Path.of("handler"), wanted.handler(), current.handler(), violations);
    }

    static void notNegative(Path field, Quantity quantity, Violations violations) {
        if (quantity.signum() < 0) {
            violations.invalid(field, quantity, "must be greater than or equal to 0");
        }
    }
}
