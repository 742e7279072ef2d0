package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Points at an object, or at a part of one.")
@Atomic
@RecordBuilder
public record ObjectReference(
        @Field(value = "The kind of the object.", tag = 1) String kind,

        @Field(value = "The namespace of the object.", tag = 2)
        String namespace,

        @Field(value = "The name of the object.", tag = 3) String name,

        @Field(value = "The unique id of the object.", tag = 4)
        String uid,

        @Field(value = "The group and version of the object.", tag = 5)
        String apiVersion,

        @Field(value = "The version that is meant.", tag = 6)
        String resourceVersion,

        @Field(value = "The part of the object that is meant.", tag = 7)
        String fieldPath)
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
