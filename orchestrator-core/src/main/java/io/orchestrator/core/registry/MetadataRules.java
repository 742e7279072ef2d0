package io.orchestrator.core.registry;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import java.time.Instant;

/** What the server, not the client, decides about metadata. Pure functions. */
final class MetadataRules {
    private MetadataRules() {}

    /** Metadata of a new object. */
    static ObjectMeta created(
            ObjectMeta wanted, String namespace, String name, String uid, Instant now, boolean generation) {
        return ObjectMetaBuilder.builder(wanted)
                .name(name)
                .namespace(namespace)
                .uid(uid)
                .selfLink("")
                .resourceVersion("")
                .creationTimestamp(Time.of(now))
                .deletionTimestamp(null)
                .deletionGracePeriodSeconds(null)
                .generation(generation ? 1 : 0)
                .build();
    }

    /** Metadata of a replacement: labels, annotations, owners, finalizers and managers are the client's, the rest stays. */
    static ObjectMeta updated(ObjectMeta wanted, ObjectMeta current) {
        return ObjectMetaBuilder.builder(wanted)
                .name(current.name())
                .namespace(current.namespace())
                .generateName(current.generateName())
                .uid(current.uid())
                .selfLink(current.selfLink())
                .resourceVersion(current.resourceVersion())
                .creationTimestamp(current.creationTimestamp())
                .deletionTimestamp(current.deletionTimestamp())
                .deletionGracePeriodSeconds(current.deletionGracePeriodSeconds())
                .generation(current.generation())
                .managedFields(wanted.managedFields().isEmpty() ? current.managedFields() : wanted.managedFields())
                .build();
    }

    /**
     * Metadata of a status write.
     *
     * @param labels whether the kind lets labels be written with its status
     * @param accounted whether the wanted metadata has the account of who owns what
     */
    static ObjectMeta withStatus(ObjectMeta wanted, ObjectMeta current, boolean labels, boolean accounted) {
        return ObjectMetaBuilder.builder(current)
                .annotations(wanted.annotations())
                .labels(labels ? wanted.labels() : current.labels())
                .managedFields(accounted ? wanted.managedFields() : current.managedFields())
                .build();
    }
}
