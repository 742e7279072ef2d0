package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Secret reference.")
@Atomic
@RecordBuilder
public record SecretReference(
        @Field(value = "Name.", tag = 1) String name,
        @Field(value = "Namespace.", tag = 2) String namespace) implements SecretReferenceBuilder.With {
    public static final SecretReference EMPTY = SecretReferenceBuilder.builder().build();

    public SecretReference {
        name = Fields.text(name);
        namespace = Fields.text(namespace);
    }
}
