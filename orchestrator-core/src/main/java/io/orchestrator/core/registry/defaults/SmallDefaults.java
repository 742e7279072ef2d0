package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.LimitRangeItem;
import io.orchestrator.api.model.core.LimitType;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.PreemptionPolicy;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.api.model.scheduling.PriorityClass;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Kubernetes fills in for the kinds that need little. */
public final class SmallDefaults {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private SmallDefaults() {}

    /** {@code stringData} is for writing only: it becomes {@code data}. */
    public static Secret of(Secret secret) {
        Map<String, Bytes> data = new LinkedHashMap<>(secret.data());
        secret.stringData().forEach((key, text) -> data.put(key, Bytes.utf8(text)));
        return SecretBuilder.builder(secret)
                .type(ContainerDefaults.or(secret.type(), "Opaque"))
                .data(data)
                .stringData(Map.of())
                .build();
    }

    /** Every namespace carries its name as a label, for selectors. */
    public static Namespace of(Namespace namespace) {
        String name = namespace.metadata().name();
        if (name.isEmpty() || name.equals(namespace.metadata().labels().get(NAME_LABEL))) {
            return namespace;
        }
        Map<String, String> labels = new LinkedHashMap<>(namespace.metadata().labels());
        labels.put(NAME_LABEL, name);
        return NamespaceBuilder.builder(namespace)
                .metadata(ObjectMetaBuilder.builder(namespace.metadata())
                        .labels(labels)
                        .build())
                .build();
    }

    public static PriorityClass of(PriorityClass priority) {
        return priority.preemptionPolicy() == null
                ? priority.withPreemptionPolicy(PreemptionPolicy.PREEMPT_LOWER_PRIORITY)
                : priority;
    }

    /** What a container may have at most it gets if it does not say, and what it gets it is promised. */
    public static LimitRange of(LimitRange range) {
        return range.withSpec(range.spec().withLimits(Each.of(range.spec().limits(), SmallDefaults::limit)));
    }

    private static LimitRangeItem limit(LimitRangeItem item) {
        if (!item.type().equals(LimitType.CONTAINER)) {
            return item;
        }
        Map<String, Quantity> limits = new LinkedHashMap<>(item.defaults());
        item.max().forEach(limits::putIfAbsent);
        Map<String, Quantity> requests = new LinkedHashMap<>(item.defaultRequest());
        limits.forEach(requests::putIfAbsent);
        item.min().forEach(requests::putIfAbsent);
        return item.withDefaults(limits).withDefaultRequest(requests);
    }
}
