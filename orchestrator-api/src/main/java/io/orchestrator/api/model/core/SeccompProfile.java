package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Which system calls are allowed.")
@RecordBuilder
public record SeccompProfile(
        @Field(
                value = "Where the profile comes from.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    SeccompProfileType.UNCONFINED,
                    SeccompProfileType.RUNTIME_DEFAULT,
                    SeccompProfileType.LOCALHOST
                })
        String type,

        @Field(value = "The file of the profile on the node.", tag = 2) @Nullable
        String localhostProfile)
        implements SeccompProfileBuilder.With {
    public static final SeccompProfile EMPTY = SeccompProfileBuilder.builder().build();

    public SeccompProfile {
        type = Fields.text(type);
    }
}
