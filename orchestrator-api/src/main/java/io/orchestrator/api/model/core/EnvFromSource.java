package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A source whose every key becomes a variable.")
@RecordBuilder
public record EnvFromSource(
        @Field(value = "What is put before each key.", tag = 1)
        String prefix,

        @Field(value = "A config map.", tag = 2) @Nullable ConfigMapEnvSource configMapRef,
        @Field(value = "A secret.", tag = 3) @Nullable SecretEnvSource secretRef)
        implements EnvFromSourceBuilder.With {
    public static final EnvFromSource EMPTY = EnvFromSourceBuilder.builder().build();

    public EnvFromSource {
        prefix = Fields.text(prefix);
    }
}
