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

@Description("What every stored object carries, whatever its kind.")
@RecordBuilder
public record ObjectMeta(
        @Field(value = "The name, unique among objects of the kind in the namespace; it never changes.", tag = 1)
        String name,

        @Field(value = "A beginning to which the server adds random characters when no name is given.", tag = 2)
        String generateName,

        @Field(value = "The namespace that the object lives in; empty for kinds that live in none.", tag = 3)
        String namespace,

        @Field(value = "No longer filled in.", tag = 4) String selfLink,

        @Field(value = "An id that no other object in space or time has.", tag = 5)
        String uid,

        @Field(
                value = "An opaque mark of this version; sent back with an update, it guards against lost changes.",
                tag = 6)
        String resourceVersion,

        @Field(value = "Counts the changes of what is wanted.", tag = 7)
        long generation,

        @Field(value = "When the server made the object.", tag = 8, alwaysWritten = true) @Nullable
        Time creationTimestamp,

        @Field(value = "When the object is going to be gone, once its deletion has been asked for.", tag = 9) @Nullable
        Time deletionTimestamp,

        @Field(value = "How long it has for an orderly end; set together with the deletion time.", tag = 10) @Nullable
        Long deletionGracePeriodSeconds,

        @Field(value = "Short values to group and select objects by.", tag = 11)
        Map<String, String> labels,

        @Field(value = "Values of any form that tools keep with the object; nothing selects by them.", tag = 12)
        Map<String, String> annotations,

        @Field(
                value = "The objects that this one depends on; once all are gone it is collected too.",
                tag = 13,
                mergeKey = "uid",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "uid")
        List<OwnerReference> ownerReferences,

        @Field(
                value = "Parties that must each remove their entry before the object can go.",
                tag = 14,
                patch = PatchStrategy.MERGE,
                listType = ListType.SET)
        List<String> finalizers,

        @Field(value = "Which manager has set which fields.", tag = 17, listType = ListType.ATOMIC)
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
