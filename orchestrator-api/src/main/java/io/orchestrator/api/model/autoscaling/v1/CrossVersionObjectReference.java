package io.orchestrator.api.model.autoscaling.v1;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Atomic
@Description("Refers to an object without insisting on a version.")
@RecordBuilder
public record CrossVersionObjectReference(
        @Field(value = "The kind of the object.", tag = 1, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The name of the object.", tag = 2, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The group and version of the object.", tag = 3)
        String apiVersion)
        implements CrossVersionObjectReferenceBuilder.With {
    public static final CrossVersionObjectReference EMPTY =
            CrossVersionObjectReferenceBuilder.builder().build();

    public CrossVersionObjectReference {
        kind = Fields.text(kind);
        name = Fields.text(name);
        apiVersion = Fields.text(apiVersion);
    }
}
