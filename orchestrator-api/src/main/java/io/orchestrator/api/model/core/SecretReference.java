package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Names a secret in any namespace.")
@Atomic
@RecordBuilder
public record SecretReference(
        @Field(value = "The name of the secret.", tag = 1) String name,

        @Field(value = "The namespace of the secret.", tag = 2)
        String namespace)
        implements SecretReferenceBuilder.With {
    public static final SecretReference EMPTY = SecretReferenceBuilder.builder().build();

    public SecretReference {
        name = Fields.text(name);
        namespace = Fields.text(namespace);
    }
}
