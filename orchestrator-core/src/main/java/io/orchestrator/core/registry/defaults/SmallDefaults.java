package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.SecretBuilder;
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
}
