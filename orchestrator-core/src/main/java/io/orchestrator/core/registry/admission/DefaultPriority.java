package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.core.registry.Failures;
import java.util.List;
import java.util.Map;

/** Gives pods the number behind their priority class. There are only Kubernetes' two own classes as yet; others are refused. */
public final class DefaultPriority extends PodAdmission {
    private static final Map<String, Integer> CLASSES =
            Map.of("system-node-critical", 2_000_001_000, "system-cluster-critical", 2_000_000_000);

    @Override
    Pod complete(Pod pod) {
        PodSpec spec = pod.spec();
        Integer known = CLASSES.get(spec.priorityClassName());
        Integer priority = spec.priority() != null ? spec.priority() : known == null ? Integer.valueOf(0) : known;
        return pod.withSpec(PodSpecBuilder.builder(spec)
                .priority(priority)
                .preemptionPolicy(spec.preemptionPolicy() == null ? "PreemptLowerPriority" : spec.preemptionPolicy())
                .build());
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        boolean created =
                request.operation() == Operation.CREATE && request.subresource().isEmpty();
        if (created && request.object() instanceof Pod pod) {
            String name = pod.spec().priorityClassName();
            if (!name.isEmpty() && !CLASSES.containsKey(name)) {
                throw Failures.forbidden(
                        request.type(), request.name(), "no PriorityClass with name " + name + " was found", List.of());
            }
        }
    }
}
