package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One variable of the environment.")
@RecordBuilder
public record EnvVar(
        @Field(value = "The name of the variable.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The value, in which $(NAME) stands for the variable of that name.", tag = 2)
        String value,

        @Field(value = "Where the value comes from, if it is not given.", tag = 3) @Nullable
        EnvVarSource valueFrom)
        implements EnvVarBuilder.With {
    public static final EnvVar EMPTY = EnvVarBuilder.builder().build();

    public EnvVar {
        name = Fields.text(name);
        value = Fields.text(value);
    }
}
