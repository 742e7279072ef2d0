package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("All keys of a secret as variables.")
@RecordBuilder
public record SecretEnvSource(
        @Field(value = "The name of the secret.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Whether it is fine that the object or the key does not exist.", tag = 2) @Nullable
        Boolean optional)
        implements SecretEnvSourceBuilder.With {
    public static final SecretEnvSource EMPTY = SecretEnvSourceBuilder.builder().build();

    public SecretEnvSource {
        name = Fields.text(name);
    }
}
