package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Env var.")
@RecordBuilder
public record EnvVar(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Value.", tag = 2) String value,
        @Field(value = "Value from.", tag = 3) @Nullable EnvVarSource valueFrom)
        implements EnvVarBuilder.With {
    public static final EnvVar EMPTY = EnvVarBuilder.builder().build();

    public EnvVar {
        name = Fields.text(name);
        value = Fields.text(value);
    }
}
