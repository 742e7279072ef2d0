package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaStatus;
import io.orchestrator.api.model.node.RuntimeClass;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import io.orchestrator.api.model.scheduling.PriorityClass;
import io.orchestrator.api.model.scheduling.PriorityClassBuilder;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.SmallDefaults;
import io.orchestrator.core.registry.validation.PolicyValidation;
import io.orchestrator.core.registry.validation.QuotaValidation;
import java.util.List;

/** What bounds pods: how many may go, how much they may take, which come first. */
final class PolicyKinds {
    private PolicyKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(disruptionBudget(), limitRange(), resourceQuota(), priorityClass(), runtimeClass());
    }

    private static ResourceStrategy<PodDisruptionBudget> disruptionBudget() {
        return ResourceStrategy.of(PodDisruptionBudget.TYPE)
                .validation(PolicyValidation::disruptionBudget)
                .prepareCreate(budget -> budget.withStatus(PodDisruptionBudgetStatus.EMPTY))
                .status((budget, source) -> budget.withStatus(source.status()))
                .generationOf(PodDisruptionBudget::spec)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<LimitRange> limitRange() {
        return ResourceStrategy.of(LimitRange.TYPE)
                .validation(QuotaValidation::limitRange)
                .defaults(SmallDefaults::of)
                .createOnUpdate()
                .build();
    }

    private static ResourceStrategy<ResourceQuota> resourceQuota() {
        return ResourceStrategy.of(ResourceQuota.TYPE)
                .validation(QuotaValidation::resourceQuota)
                .updateValidation(QuotaValidation::resourceQuotaUpdate)
                .prepareCreate(quota -> quota.withStatus(ResourceQuotaStatus.EMPTY))
                .status((quota, source) -> quota.withStatus(source.status()))
                .build();
    }

    private static ResourceStrategy<PriorityClass> priorityClass() {
        return ResourceStrategy.of(PriorityClass.TYPE)
                .validation(PolicyValidation::priorityClass)
                .updateValidation(PolicyValidation::priorityClassUpdate)
                .defaults(SmallDefaults::of)
                .generationOf(PriorityClass::value)
                .presets(List.of(
                        system("system-cluster-critical", 2_000_000_000, "What the cluster needs, on whichever node."),
                        system("system-node-critical", 2_000_001_000, "What a node cannot do without.")))
                .build();
    }

    private static PriorityClass system(String name, int value, String description) {
        return PriorityClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .value(value)
                .description(description)
                .build();
    }

    private static ResourceStrategy<RuntimeClass> runtimeClass() {
        return ResourceStrategy.of(RuntimeClass.TYPE)
                .validation(PolicyValidation::runtimeClass)
                .updateValidation(PolicyValidation::runtimeClassUpdate)
                .versionRequired()
                .build();
    }
}
