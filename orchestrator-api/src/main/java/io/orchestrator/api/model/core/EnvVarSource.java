package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Where the value of a variable comes from; exactly one field is set.")
@RecordBuilder
public record EnvVarSource(
        @Field(value = "A field of the pod.", tag = 1) @Nullable
        ObjectFieldSelector fieldRef,

        @Field(value = "A request or limit of a container.", tag = 2) @Nullable
        ResourceFieldSelector resourceFieldRef,

        @Field(value = "A key of a config map.", tag = 3) @Nullable
        ConfigMapKeySelector configMapKeyRef,

        @Field(value = "A key of a secret.", tag = 4) @Nullable
        SecretKeySelector secretKeyRef)
        implements EnvVarSourceBuilder.With {
    public static final EnvVarSource EMPTY = EnvVarSourceBuilder.builder().build();
}
