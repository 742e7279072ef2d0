package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Env var source.")
@RecordBuilder
public record EnvVarSource(
        @Field(value = "Field ref.", tag = 1) @Nullable ObjectFieldSelector fieldRef,

        @Field(value = "Resource field ref.", tag = 2) @Nullable
        ResourceFieldSelector resourceFieldRef,

        @Field(value = "Config map key ref.", tag = 3) @Nullable
        ConfigMapKeySelector configMapKeyRef,

        @Field(value = "Secret key ref.", tag = 4) @Nullable SecretKeySelector secretKeyRef)
        implements EnvVarSourceBuilder.With {
    public static final EnvVarSource EMPTY = EnvVarSourceBuilder.builder().build();
}
