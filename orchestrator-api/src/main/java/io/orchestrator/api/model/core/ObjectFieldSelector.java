package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Names a field of the pod.")
@Atomic
@RecordBuilder
public record ObjectFieldSelector(
        @Field(value = "The version whose field names are used.", tag = 1)
        String apiVersion,

        @Field(value = "The path of the field, such as metadata.name.", tag = 2, required = true, alwaysWritten = true)
        String fieldPath)
        implements ObjectFieldSelectorBuilder.With {
    public static final ObjectFieldSelector EMPTY =
            ObjectFieldSelectorBuilder.builder().build();

    public ObjectFieldSelector {
        apiVersion = Fields.text(apiVersion);
        fieldPath = Fields.text(fieldPath);
    }
}
