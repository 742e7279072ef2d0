package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One manager's fields in an object.")
@RecordBuilder
public record ManagedFieldsEntry(
        @Field(value = "The name of the program or person that set the fields.", tag = 1)
        String manager,

        @Field(value = "Whether they came by apply or by any other write.", tag = 2)
        String operation,

        @Field(value = "The version whose field names the entry uses.", tag = 3)
        String apiVersion,

        @Field(value = "When the manager last changed its fields.", tag = 4) @Nullable
        Time time,

        @Field(value = "The form of the set of fields; there is one so far.", tag = 6)
        String fieldsType,

        @Field(value = "The set of fields as a tree.", tag = 7) @Nullable
        RawJson fieldsV1,

        @Field(value = "The subresource that the write went through; empty for the object itself.", tag = 8)
        String subresource)
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
