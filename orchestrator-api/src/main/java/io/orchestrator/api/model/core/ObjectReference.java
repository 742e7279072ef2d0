package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Object reference.")
@Atomic
@RecordBuilder
public record ObjectReference(
        @Field(value = "Kind.", tag = 1) String kind,
        @Field(value = "Namespace.", tag = 2) String namespace,
        @Field(value = "Name.", tag = 3) String name,
        @Field(value = "Uid.", tag = 4) String uid,
        @Field(value = "Api version.", tag = 5) String apiVersion,
        @Field(value = "Resource version.", tag = 6) String resourceVersion,
        @Field(value = "Field path.", tag = 7) String fieldPath)
        implements ObjectReferenceBuilder.With {
    public static final ObjectReference EMPTY = ObjectReferenceBuilder.builder().build();

    public ObjectReference {
        kind = Fields.text(kind);
        namespace = Fields.text(namespace);
        name = Fields.text(name);
        uid = Fields.text(uid);
        apiVersion = Fields.text(apiVersion);
        resourceVersion = Fields.text(resourceVersion);
        fieldPath = Fields.text(fieldPath);
    }
}
