package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Secret env source.")
@RecordBuilder
public record SecretEnvSource(
        @Field(value = "Name.", tag = 1, within = 1, defaultValue = "\"\"")
        String name,

        @Field(value = "Optional.", tag = 2) @Nullable Boolean optional)
        implements SecretEnvSourceBuilder.With {
    public static final SecretEnvSource EMPTY = SecretEnvSourceBuilder.builder().build();

    public SecretEnvSource {
        name = Fields.text(name);
    }
}
