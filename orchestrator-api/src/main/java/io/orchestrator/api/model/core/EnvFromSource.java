package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Env from source.")
@RecordBuilder
public record EnvFromSource(
        @Field(value = "Prefix.", tag = 1) String prefix,
        @Field(value = "Config map ref.", tag = 2) @Nullable ConfigMapEnvSource configMapRef,
        @Field(value = "Secret ref.", tag = 3) @Nullable SecretEnvSource secretRef)
        implements EnvFromSourceBuilder.With {
    public static final EnvFromSource EMPTY = EnvFromSourceBuilder.builder().build();

    public EnvFromSource {
        prefix = Fields.text(prefix);
    }
}
