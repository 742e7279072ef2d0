package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Description("Object meta.")
@RecordBuilder
public record ObjectMeta(
        @Field(value = "Name.", tag = 1) String name,
        @Field(value = "Generate name.", tag = 2) String generateName,
        @Field(value = "Namespace.", tag = 3) String namespace,
        @Field(value = "Self link.", tag = 4) String selfLink,
        @Field(value = "Uid.", tag = 5) String uid,
        @Field(value = "Resource version.", tag = 6) String resourceVersion,
        @Field(value = "Generation.", tag = 7) long generation,

        @Field(value = "Creation timestamp.", tag = 8, alwaysWritten = true) @Nullable
        Time creationTimestamp,

        @Field(value = "Deletion timestamp.", tag = 9) @Nullable
        Time deletionTimestamp,

        @Field(value = "Deletion grace period seconds.", tag = 10) @Nullable
        Long deletionGracePeriodSeconds,

        @Field(value = "Labels.", tag = 11) Map<String, String> labels,
        @Field(value = "Annotations.", tag = 12) Map<String, String> annotations,

        @Field(
                value = "Owner references.",
                tag = 13,
                mergeKey = "uid",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "uid")
        List<OwnerReference> ownerReferences,

        @Field(value = "Finalizers.", tag = 14, patch = PatchStrategy.MERGE, listType = ListType.SET)
        List<String> finalizers,

        @Field(value = "Managed fields.", tag = 17, listType = ListType.ATOMIC)
        List<ManagedFieldsEntry> managedFields)
        implements ObjectMetaBuilder.With {
    public static final ObjectMeta EMPTY = ObjectMetaBuilder.builder().build();

    public ObjectMeta {
        name = Fields.text(name);
        generateName = Fields.text(generateName);
        namespace = Fields.text(namespace);
        selfLink = Fields.text(selfLink);
        uid = Fields.text(uid);
        resourceVersion = Fields.text(resourceVersion);
        labels = Fields.map(labels);
        annotations = Fields.map(annotations);
        ownerReferences = Fields.list(ownerReferences);
        finalizers = Fields.list(finalizers);
        managedFields = Fields.list(managedFields);
    }

    public static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().name(name).build();
    }

    public static ObjectMeta named(String namespace, String name) {
        return ObjectMetaBuilder.builder().namespace(namespace).name(name).build();
    }

    /** Whether someone has asked for its deletion; it then only waits for its grace period and its finalizers. */
    public boolean isDeleting() {
        return deletionTimestamp != null;
    }

    /** The one owner that manages this object. */
    public Optional<OwnerReference> controller() {
        return ownerReferences.stream()
                .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                .findFirst();
    }

    public boolean isControlledBy(Resource owner) {
        return controller()
                .filter(reference -> reference.uid().equals(owner.metadata().uid()))
                .isPresent();
    }

    public ObjectMeta withLabel(String key, String value) {
        return withLabels(Fields.put(labels, key, value));
    }

    public ObjectMeta withAnnotation(String key, String value) {
        return withAnnotations(Fields.put(annotations, key, value));
    }
}
