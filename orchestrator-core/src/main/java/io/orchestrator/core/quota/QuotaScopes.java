package io.orchestrator.core.quota;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.ResourceQuotaSpec;
import io.orchestrator.api.model.core.ScopedResourceSelectorRequirement;
import io.orchestrator.api.model.core.WeightedPodAffinityTerm;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which objects a quota is about: with scopes, pods that match all of them; without, everything. */
final class QuotaScopes {
    private QuotaScopes() {}

    static boolean include(ResourceQuotaSpec quota, Resource object) {
        List<ScopedResourceSelectorRequirement> selected = quota.scopeSelector() == null
                ? List.of()
                : quota.scopeSelector().matchExpressions();
        if (quota.scopes().isEmpty() && selected.isEmpty()) {
            return true;
        }
        return object instanceof Pod pod
                && quota.scopes().stream().allMatch(scope -> isIn(pod, scope))
                && selected.stream().allMatch(requirement -> matches(pod, requirement));
    }

    private static boolean matches(Pod pod, ScopedResourceSelectorRequirement requirement) {
        if (!requirement.scopeName().equals("PriorityClass")) {
            boolean in = isIn(pod, requirement.scopeName());
            return requirement.operator().equals("DoesNotExist") != in;
        }
        String name = pod.spec().priorityClassName();
        return switch (requirement.operator()) {
            case "In" -> requirement.values().contains(name);
            case "NotIn" -> !requirement.values().contains(name);
            case "DoesNotExist" -> name.isEmpty();
            default -> !name.isEmpty();
        };
    }

    private static boolean isIn(Pod pod, String scope) {
        Long deadline = pod.spec().activeDeadlineSeconds();
        return switch (scope) {
            case "Terminating" -> deadline != null && deadline >= 0;
            case "NotTerminating" -> deadline == null || deadline < 0;
            case "BestEffort" -> isBestEffort(pod.spec());
            case "NotBestEffort" -> !isBestEffort(pod.spec());
            case "PriorityClass" -> !pod.spec().priorityClassName().isEmpty();
            case "CrossNamespacePodAffinity" -> reachesOut(pod.spec().affinity());
            default -> false;
        };
    }

    private static boolean isBestEffort(PodSpec spec) {
        return Stream.concat(spec.containers().stream(), spec.initContainers().stream())
                .map(Container::resources)
                .allMatch(own -> own.requests().isEmpty() && own.limits().isEmpty());
    }

    private static boolean reachesOut(@Nullable Affinity affinity) {
        if (affinity == null) {
            return false;
        }
        Stream<PodAffinityTerm> towards = affinity.podAffinity() == null
                ? Stream.empty()
                : Stream.concat(
                        affinity.podAffinity().requiredDuringSchedulingIgnoredDuringExecution().stream(),
                        affinity.podAffinity().preferredDuringSchedulingIgnoredDuringExecution().stream()
                                .map(WeightedPodAffinityTerm::podAffinityTerm));
        Stream<PodAffinityTerm> away = affinity.podAntiAffinity() == null
                ? Stream.empty()
                : Stream.concat(
                        affinity.podAntiAffinity().requiredDuringSchedulingIgnoredDuringExecution().stream(),
                        affinity.podAntiAffinity().preferredDuringSchedulingIgnoredDuringExecution().stream()
                                .map(WeightedPodAffinityTerm::podAffinityTerm));
        return Stream.concat(towards, away)
                .anyMatch(term -> !term.namespaces().isEmpty() || term.namespaceSelector() != null);
    }
}
