package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Bound object reference.")
@RecordBuilder
public record BoundObjectReference(
        @Field(value = "Kind.", tag = 1) String kind,
        @Field(value = "Api version.", tag = 2) String apiVersion,
        @Field(value = "Name.", tag = 3) String name,
        @Field(value = "Uid.", tag = 4) String uid)
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
