package io.orchestrator.core.control.namespace;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceCondition;
import io.orchestrator.api.model.core.NamespaceConditionBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The conditions that say what a terminating namespace waits for, in the words that users of Kubernetes know. */
final class NamespaceConditions {
    private NamespaceConditions() {}

    /**
     * The namespace with conditions that match; the same instance where nothing changed. Which kinds there are need not be asked for
     * here, so those of Kubernetes' conditions that are about that always stand well: who looks for all five finds them.
     */
    static Namespace tell(Namespace namespace, Remains remains, Clock clock) {
        List<NamespaceCondition> conditions = new ArrayList<>(namespace.status().conditions());
        Time now = Time.of(clock.instant());
        put(
                conditions,
                "NamespaceDeletionDiscoveryFailure",
                false,
                "ResourcesDiscovered",
                "All resources successfully discovered",
                now);
        put(
                conditions,
                "NamespaceDeletionGroupVersionParsingFailure",
                false,
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed",
                now);
        put(
                conditions,
                "NamespaceDeletionContentFailure",
                !remains.failures().isEmpty(),
                remains.failures().isEmpty() ? "ContentDeleted" : "ContentDeletionFailed",
                remains.failures().isEmpty()
                        ? "All content successfully deleted, may be waiting on finalization"
                        : "Failed to delete all resource types, "
                                + remains.failures().size() + " remaining: " + listed(remains.failures(), ": "),
                now);
        put(
                conditions,
                "NamespaceContentRemaining",
                !remains.counts().isEmpty(),
                remains.counts().isEmpty() ? "ContentRemoved" : "SomeResourcesRemain",
                remains.counts().isEmpty()
                        ? "All content successfully removed"
                        : "Some resources are remaining: "
                                + remains.counts().entrySet().stream()
                                        .map(each -> each.getKey() + " has " + each.getValue() + " resource instances")
                                        .collect(Collectors.joining(", ")),
                now);
        put(
                conditions,
                "NamespaceFinalizersRemaining",
                !remains.finalizers().isEmpty(),
                remains.finalizers().isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
                remains.finalizers().isEmpty()
                        ? "All content-preserving finalizers finished"
                        : "Some content in the namespace has finalizers remaining: "
                                + remains.finalizers().entrySet().stream()
                                        .map(each -> each.getKey() + " in " + each.getValue() + " resource instances")
                                        .collect(Collectors.joining(", ")),
                now);
        return namespace.withStatus(namespace.status().withConditions(conditions));
    }

    private static void put(
            List<NamespaceCondition> conditions, String type, boolean holds, String reason, String message, Time now) {
        String status = holds ? "True" : "False";
        for (int i = 0; i < conditions.size(); i++) {
            NamespaceCondition old = conditions.get(i);
            if (!old.type().equals(type)) {
                continue;
            }
            if (!old.status().equals(status)
                    || !old.reason().equals(reason)
                    || !old.message().equals(message)) {
                Time since = old.status().equals(status) ? old.lastTransitionTime() : now;
                conditions.set(i, condition(type, status, reason, message, since));
            }
            return;
        }
        conditions.add(condition(type, status, reason, message, now));
    }

    private static NamespaceCondition condition(
            String type, String status, String reason, String message, @org.jspecify.annotations.Nullable Time since) {
        return NamespaceConditionBuilder.builder()
                .type(type)
                .status(status)
                .reason(reason)
                .message(message)
                .lastTransitionTime(since)
                .build();
    }

    private static String listed(Map<String, String> map, String between) {
        return map.entrySet().stream()
                .map(each -> each.getKey() + between + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
