package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What keeps a namespace from going away.")
@RecordBuilder
public record NamespaceSpec(
        @Field(value = "Parties that must each agree before the namespace can go.", tag = 1, listType = ListType.ATOMIC)
        List<String> finalizers)
        implements NamespaceSpecBuilder.With {
    public static final NamespaceSpec EMPTY = NamespaceSpecBuilder.builder().build();

    public NamespaceSpec {
        finalizers = Fields.list(finalizers);
    }
}
