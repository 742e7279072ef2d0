package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Namespace spec.")
@RecordBuilder
public record NamespaceSpec(
        @Field(value = "Finalizers.", tag = 1, listType = ListType.ATOMIC)
        List<String> finalizers) implements NamespaceSpecBuilder.With {
    public static final NamespaceSpec EMPTY = NamespaceSpecBuilder.builder().build();

    public NamespaceSpec {
        finalizers = Fields.list(finalizers);
    }
}
