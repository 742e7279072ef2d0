package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("The object without which a token is not valid.")
@RecordBuilder
public record BoundObjectReference(
        @Field(value = "The kind of the object.", tag = 1) String kind,

        @Field(value = "The group and version of the object.", tag = 2)
        String apiVersion,

        @Field(value = "The name of the object.", tag = 3) String name,

        @Field(value = "The unique id of the object.", tag = 4)
        String uid)
        implements BoundObjectReferenceBuilder.With {
    public static final BoundObjectReference EMPTY =
            BoundObjectReferenceBuilder.builder().build();

    public BoundObjectReference {
        kind = Fields.text(kind);
        apiVersion = Fields.text(apiVersion);
        name = Fields.text(name);
        uid = Fields.text(uid);
    }
}
