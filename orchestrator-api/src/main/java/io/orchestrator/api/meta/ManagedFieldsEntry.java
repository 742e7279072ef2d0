package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Managed fields entry.")
@RecordBuilder
public record ManagedFieldsEntry(
        @Field(value = "Manager.", tag = 1) String manager,
        @Field(value = "Operation.", tag = 2) String operation,
        @Field(value = "Api version.", tag = 3) String apiVersion,
        @Field(value = "Time.", tag = 4) @Nullable Time time,
        @Field(value = "Fields type.", tag = 6) String fieldsType,
        @Field(value = "Fields v1.", tag = 7) @Nullable RawJson fieldsV1,
        @Field(value = "Subresource.", tag = 8) String subresource)
        implements ManagedFieldsEntryBuilder.With {
    public static final ManagedFieldsEntry EMPTY =
            ManagedFieldsEntryBuilder.builder().build();

    public ManagedFieldsEntry {
        manager = Fields.text(manager);
        operation = Fields.text(operation);
        apiVersion = Fields.text(apiVersion);
        fieldsType = Fields.text(fieldsType);
        subresource = Fields.text(subresource);
    }
}
