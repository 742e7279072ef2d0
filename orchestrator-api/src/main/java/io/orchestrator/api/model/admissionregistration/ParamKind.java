package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A kind of objects that give parameters.")
@Atomic
@RecordBuilder
public record ParamKind(
        @Field(value = "The group and version of the object.", tag = 1)
        String apiVersion,

        @Field(value = "The kind of the object.", tag = 2) String kind)
        implements ParamKindBuilder.With {
    public static final ParamKind EMPTY = ParamKindBuilder.builder().build();

    public ParamKind {
        apiVersion = Fields.text(apiVersion);
        kind = Fields.text(kind);
    }
}
